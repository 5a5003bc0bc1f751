/** What can be picked for the option that is being filled in. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { entityChoices, type Choice } from '../components/choices.ts';
import { useGuild } from '../current.ts';
import { search } from '../fuzzy.ts';
import { getState, useStore } from '../store.ts';
import { useLocale, useTexts } from '../texts.ts';
import { OptionType, type CommandEntry } from './catalogue.ts';
import { toOptions, type Field } from './fields.ts';

const DEBOUNCE_MS = 150;

export interface Suggestion extends Choice {
  /** What is sent; `value` is its text, to tell them apart. */
  sends: string | number | boolean;
}

const plain = { description: null, emoji: null, kind: 'text' as const, color: 0 };

const suggest = (label: string, sends: string | number | boolean): Suggestion => ({
  ...plain,
  label,
  value: `${typeof sends} ${sends}`,
  sends,
});

const entityKinds = {
  [OptionType.user]: 'user',
  [OptionType.channel]: 'channel',
  [OptionType.role]: 'role',
  [OptionType.mentionable]: 'mentionable',
} as const;

const searchChoices = (query: string, choices: readonly Suggestion[]): Suggestion[] =>
  search(query, choices, (choice) => ({ names: [choice.label], descriptions: [choice.description ?? ''] }));

export type Suggestions =
  | { state: 'none' | 'loading' | 'failed' }
  | { state: 'ready'; choices: Suggestion[] };

const none: Suggestions = { state: 'none' };

/** Asks the bot, once the typing pauses; an answer that comes too late is dropped. */
const useAutocomplete = (
  entry: CommandEntry,
  fields: readonly Field[],
  field: Field | undefined,
): Suggestions => {
  const locale = useLocale();
  const wanted = field?.spec.autocomplete === true && field.picked === null;
  const name = field?.spec.name ?? '';
  const typed = field?.text ?? '';
  const key = `${entry.name} ${name}`;
  const [last, setLast] = useState<{ of: string; typed: string; result: Suggestions } | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let stale = false;
    const ask = async (): Promise<Suggestions> => {
      const { me, channelId } = getState();
      const others = toOptions(fields.filter((other) => other.spec.name !== name));
      const answer = await api.interact({
        kind: 'autocomplete',
        as: me,
        channelId,
        command: entry.name,
        options: [...others, { name, value: typed }],
        focused: name,
        wait: 'replied',
      });
      if (answer.choices === null) return { state: 'failed' };
      return {
        state: 'ready',
        choices: answer.choices.map((choice) =>
          suggest(choice.name_localizations?.[locale] ?? choice.name, choice.value),
        ),
      };
    };
    const settle = async () => {
      const answer = await ask().catch((): Suggestions => ({ state: 'failed' }));
      if (!stale) setLast({ of: key, typed, result: answer });
    };
    const timer = setTimeout(() => {
      void settle();
    }, DEBOUNCE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [wanted, key, typed]);
  if (!wanted) return none;
  if (last?.of !== key) return { state: 'loading' };
  const { result } = last;
  if (last.typed === typed || result.state !== 'ready') return result;
  // While the next answer is on its way, those of the last one that fit: Enter must not take another.
  return { state: 'ready', choices: searchChoices(typed, result.choices) };
};

/** Choices, people, roles, channels, yes and no, or what the bot suggests, for one field. */
export const useSuggestions = (
  entry: CommandEntry,
  fields: readonly Field[],
  field: Field | undefined,
): Suggestions => {
  const texts = useTexts();
  const world = useStore((state) => state.world);
  const me = useStore((state) => state.me);
  const guild = useGuild();
  const asked = useAutocomplete(entry, fields, field);
  const spec = field?.spec;
  const all = useMemo((): Suggestion[] => {
    if (!spec) return [];
    if (spec.choices.length > 0) return spec.choices.map(({ label, value }) => suggest(label, value));
    if (spec.type === OptionType.boolean) return [suggest(texts.yes, true), suggest(texts.no, false)];
    const kind = entityKinds[spec.type as keyof typeof entityKinds];
    if (kind === undefined) return [];
    return entityChoices(kind, { world, guild, me }, spec.channelTypes).map((choice) => ({
      ...choice,
      sends: choice.value,
    }));
  }, [spec, texts, world, guild, me]);
  const query = field && field.picked === null ? field.text : '';
  const shown = useMemo(
    () =>
      search(query, all, (choice) => ({ names: [choice.label], descriptions: [choice.description ?? ''] })),
    [query, all],
  );
  if (all.length === 0) return asked;
  return { state: 'ready', choices: shown };
};
