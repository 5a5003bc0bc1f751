/** Rules between the fields of application commands, which Discord's specification file does not hold. */
import { textLength } from './compile.ts';
import type { Json } from './component-rules.ts';
import { issue, type Issue } from './issues.ts';

type Path = (string | number)[];

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

/** Discord's locales. */
export const locales = (
  'ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi ' +
  'zh-CN zh-TW'
).split(' ');
const known = new Set(locales);

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Lower case wherever there is such a thing. */
const isName = (name: string): boolean => NAME.test(name) && name === name.toLowerCase();

const localeIssues = (thing: Json, path: Path, issues: Issue[]): void => {
  for (const field of ['name_localizations', 'description_localizations']) {
    for (const locale of Object.keys((thing[field] as Json | null | undefined) ?? {})) {
      if (!known.has(locale))
        issues.push(
          issue([...path, field, locale], 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`),
        );
    }
  }
};

const nameIssues = (thing: Json, path: Path, issues: Issue[]): void => {
  const wrong = (where: Path) =>
    issues.push(issue(where, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'));
  if (!isName(thing['name'] as string)) wrong([...path, 'name']);
  for (const [locale, name] of Object.entries((thing['name_localizations'] as Json | null | undefined) ?? {}))
    if (!isName(name as string)) wrong([...path, 'name_localizations', locale]);
};

const choiceIssues = (option: Json, path: Path, issues: Issue[]): void => {
  const choices = (option['choices'] as Json[] | null | undefined) ?? [];
  if (choices.length > 0 && option['autocomplete'] === true)
    issues.push(
      issue(
        [...path, 'autocomplete'],
        'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
        'Choices and autocomplete cannot both be used',
      ),
    );
  const names = new Set<unknown>();
  const values = new Set<unknown>();
  for (const [index, choice] of choices.entries()) {
    const here = [...path, 'choices', index];
    if (names.has(choice['name']) || values.has(choice['value']))
      issues.push(
        issue(
          here,
          'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
          'Choice names and values must be unique',
        ),
      );
    names.add(choice['name']);
    values.add(choice['value']);
    if (typeof choice['value'] === 'string' && textLength(choice['value']) > 100)
      issues.push(issue([...here, 'value'], 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.'));
    if (option['type'] === OptionType.integer && !Number.isInteger(choice['value']))
      issues.push(
        issue([...here, 'value'], 'NUMBER_TYPE_COERCE', `Value "${String(choice['value'])}" is not int.`),
      );
    localeIssues(choice, here, issues);
  }
};

const rangeIssues = (option: Json, path: Path, issues: Issue[]): void => {
  for (const [low, high] of [
    ['min_value', 'max_value'],
    ['min_length', 'max_length'],
  ] as const) {
    if (typeof option[low] === 'number' && typeof option[high] === 'number' && option[low] > option[high])
      issues.push(
        issue([...path, low], 'APPLICATION_COMMAND_OPTIONS_RANGE_INVALID', `Must be ${high} or less`),
      );
  }
};

const nested = (option: Json): boolean =>
  option['type'] === OptionType.subcommand || option['type'] === OptionType.group;

const optionIssues = (options: readonly Json[], path: Path, issues: Issue[], depth: number): void => {
  const names = new Set<unknown>();
  let optionalSeen = false;
  for (const [index, option] of options.entries()) {
    const here = [...path, index];
    nameIssues(option, here, issues);
    localeIssues(option, here, issues);
    if (names.has(option['name']))
      issues.push(
        issue(
          [...here, 'name'],
          'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
          'An option name must be unique',
        ),
      );
    names.add(option['name']);
    if (nested(option)) {
      if (depth > 0 && option['type'] === OptionType.group)
        issues.push(
          issue(
            [...here, 'type'],
            'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
            'Sub-command and sub-command group option types are invalid here',
          ),
        );
      if (!nested(options[0]!) || options.some((other) => !nested(other)))
        issues.push(
          issue(
            [...here, 'type'],
            'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
            'Sub-command and sub-command group option types are mutually exclusive to all other types',
          ),
        );
      const inner = (option['options'] as Json[] | null | undefined) ?? [];
      optionIssues(inner, [...here, 'options'], issues, depth + 1);
      continue;
    }
    if (option['required'] === true && optionalSeen)
      issues.push(
        issue(
          here,
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        ),
      );
    optionalSeen ||= option['required'] !== true;
    choiceIssues(option, here, issues);
    rangeIssues(option, here, issues);
  }
};

const MAX_TOTAL = 8000;

/** Longest of each text and its translations, summed over names, descriptions and choice values. */
const totalSize = (thing: Json): number => {
  const longest = (field: string) => {
    const texts = [
      thing[field],
      ...Object.values((thing[`${field}_localizations`] as Json | null | undefined) ?? {}),
    ];
    return Math.max(0, ...texts.map((text) => (typeof text === 'string' ? textLength(text) : 0)));
  };
  const below = (field: string) =>
    ((thing[field] as Json[] | null | undefined) ?? []).reduce((sum, inner) => sum + totalSize(inner), 0);
  const value = typeof thing['value'] === 'string' ? textLength(thing['value']) : 0;
  return longest('name') + longest('description') + value + below('options') + below('choices');
};

/** Faults of one command beyond its schema; `path` is where it stands in the request. */
export const commandIssues = (command: Json, path: Path = []): Issue[] => {
  const issues: Issue[] = [];
  const slash = (command['type'] ?? 1) === 1;
  localeIssues(command, path, issues);
  const description = command['description'];
  if (slash) {
    nameIssues(command, path, issues);
    if (typeof description !== 'string' || description === '')
      issues.push(issue([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required'));
    optionIssues((command['options'] as Json[] | null | undefined) ?? [], [...path, 'options'], issues, 0);
  } else {
    if (typeof description === 'string' && description !== '')
      issues.push(
        issue(
          [...path, 'description'],
          'APPLICATION_COMMAND_DESCRIPTION_CANNOT_BE_SET',
          'Context menu commands cannot have description',
        ),
      );
    if (((command['options'] as unknown[] | null | undefined) ?? []).length > 0)
      issues.push(
        issue(
          [...path, 'options'],
          'APPLICATION_COMMAND_OPTIONS_CANNOT_BE_SET',
          'Context menu commands cannot have options',
        ),
      );
  }
  const size = totalSize(command);
  if (size > MAX_TOTAL)
    issues.push(
      issue(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size of ${MAX_TOTAL} (${size})`),
    );
  return issues;
};

const MAX_COMMANDS: Record<number, number> = { 1: 100, 2: 15, 3: 15 };

/** Faults of a whole set: names used twice, too many of a type. */
export const commandSetIssues = (commands: readonly Json[]): Issue[] => {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  const counts = new Map<number, number>();
  for (const [index, command] of commands.entries()) {
    const type = (command['type'] as number | null | undefined) ?? 1;
    const key = `${type} ${String(command['name'])}`;
    if (seen.has(key))
      issues.push(
        issue(
          [index, 'name'],
          'APPLICATION_COMMANDS_DUPLICATE_NAME',
          'Application command names must be unique',
        ),
      );
    seen.add(key);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  for (const [type, count] of counts)
    if (count > (MAX_COMMANDS[type] ?? 1))
      issues.push(
        issue([], 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_COMMANDS[type] ?? 1} or fewer in length.`),
      );
  return issues;
};
