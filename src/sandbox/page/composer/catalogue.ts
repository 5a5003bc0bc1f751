/** Registered commands as the slash menu lists them: subcommands on their own, in the reader's language. */
import type { APIApplicationCommandBasicOption } from 'discord.js';
import type { Command } from '../../operator-api.ts';
import { search } from '../fuzzy.ts';
import type { UiLocale } from '../texts.ts';

type Localizations = Partial<Record<string, string | null>> | null | undefined;

/** The parts of options and choices that the composer needs. */
export interface OptionSpec {
  type: number;
  name: string;
  label: string;
  description: string;
  required: boolean;
  autocomplete: boolean;
  choices: { label: string; value: string | number }[];
  minValue: number | null;
  maxValue: number | null;
  minLength: number | null;
  maxLength: number | null;
  channelTypes: readonly number[];
}

export interface CommandEntry {
  /** `settings daily`, as it is sent. */
  name: string;
  /** The same in the reader's language. */
  label: string;
  description: string;
  options: OptionSpec[];
}

export const OptionType = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

interface Node {
  type: number;
  name: string;
  description?: string;
  name_localizations?: Localizations;
  description_localizations?: Localizations;
  options?: Node[];
}

const localized = (localizations: Localizations, locale: UiLocale, text: string): string =>
  localizations?.[locale] ?? text;

const toOption = (node: Node, locale: UiLocale): OptionSpec => {
  const option = node as unknown as APIApplicationCommandBasicOption & {
    autocomplete?: boolean;
    choices?: { name: string; name_localizations?: Localizations; value: string | number }[];
    min_value?: number;
    max_value?: number;
    min_length?: number;
    max_length?: number;
    channel_types?: number[];
  };
  return {
    type: option.type,
    name: option.name,
    label: localized(node.name_localizations, locale, option.name),
    description: localized(node.description_localizations, locale, option.description),
    required: option.required === true,
    autocomplete: option.autocomplete === true,
    choices: (option.choices ?? []).map((choice) => ({
      label: localized(choice.name_localizations, locale, choice.name),
      value: choice.value,
    })),
    minValue: option.min_value ?? null,
    maxValue: option.max_value ?? null,
    minLength: option.min_length ?? null,
    maxLength: option.max_length ?? null,
    channelTypes: option.channel_types ?? [],
  };
};

const unfold = (node: Node, locale: UiLocale, names: string[], labels: string[]): CommandEntry[] => {
  const path = [...names, node.name];
  const shown = [...labels, localized(node.name_localizations, locale, node.name)];
  const nested = (node.options ?? []).filter(
    (option) => option.type === OptionType.subcommand || option.type === OptionType.group,
  );
  if (nested.length > 0) return nested.flatMap((inner) => unfold(inner, locale, path, shown));
  return [
    {
      name: path.join(' '),
      label: shown.join(' '),
      description: localized(node.description_localizations, locale, node.description ?? ''),
      options: (node.options ?? []).map((option) => toOption(option, locale)),
    },
  ];
};

/** Slash commands, sorted by name, one entry for each that can be run. */
export const toEntries = (commands: readonly Command[], locale: UiLocale): CommandEntry[] =>
  commands
    .filter((command) => (command.type as number) === 1)
    .flatMap((command) => unfold(command as unknown as Node, locale, [], []))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));

/** A command's name in the reader's language, by the name it is sent with. */
export const commandLabel = (commands: readonly Command[], name: string, locale: UiLocale): string =>
  toEntries(commands, locale).find((entry) => entry.name === name)?.label ?? name;

export const searchEntries = (query: string, entries: readonly CommandEntry[]): CommandEntry[] =>
  search(query, entries, (entry) => ({
    names: [entry.label, entry.name, ...entry.name.split(' ').slice(1), ...entry.label.split(' ').slice(1)],
    descriptions: [entry.description],
  }));
