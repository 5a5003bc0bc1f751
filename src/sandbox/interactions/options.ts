/** Command options: what a Discord client checks before it sends them, and how they are sent. */
import type { Command, OperatorError, OptionValue } from '../operator-api.ts';
import { OptionType } from '../validation/command-rules.ts';
import { textLength } from '../validation/compile.ts';
import type { Guild, World } from '../world.ts';
import { notKnown, Refusal } from './refusal.ts';
import { resolveChannel, resolveRole, resolveUser, type Resolved } from './resolved.ts';

interface OptionSpec {
  type: number;
  name: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number }[];
  options?: OptionSpec[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  channel_types?: number[];
}

interface SentOption {
  type: number;
  name: string;
  value?: string | number | boolean;
  focused?: boolean;
  options?: SentOption[];
}

export interface OptionContext {
  world: World;
  guild: Guild | null;
  userId: string;
  /** Autocomplete: options may be incomplete, and this one is being typed. */
  focused: string | null;
}

/** What is wrong with one value, or null. */
const optionFault = (
  spec: OptionSpec,
  value: OptionValue['value'],
  context: OptionContext,
  resolved: Resolved,
): string | null => {
  const { world, guild, userId } = context;
  switch (spec.type) {
    case OptionType.string: {
      if (typeof value !== 'string') return 'must be text';
      const length = textLength(value);
      if (length < (spec.min_length ?? 0)) return `must have at least ${spec.min_length} characters`;
      if (length > (spec.max_length ?? 6000))
        return `must have at most ${spec.max_length ?? 6000} characters`;
      if (spec.required === true && length === 0) return 'must not be empty';
      break;
    }
    case OptionType.integer:
    case OptionType.number:
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
      if (spec.type === OptionType.integer && !Number.isSafeInteger(value)) return 'must be a whole number';
      if (value < (spec.min_value ?? -Infinity)) return `must be at least ${spec.min_value}`;
      if (value > (spec.max_value ?? Infinity)) return `must be at most ${spec.max_value}`;
      break;
    case OptionType.boolean:
      return typeof value === 'boolean' ? null : 'must be true or false';
    case OptionType.user:
      return resolveUser(world, guild, resolved, String(value)) ? null : 'must be the id of a user';
    case OptionType.role:
      return resolveRole(guild, resolved, String(value)) ? null : 'must be the id of a role';
    case OptionType.mentionable:
      return resolveUser(world, guild, resolved, String(value)) || resolveRole(guild, resolved, String(value))
        ? null
        : 'must be the id of a user or role';
    case OptionType.channel:
      return resolveChannel(world, guild, userId, resolved, String(value), spec.channel_types)
        ? null
        : 'must be the id of a channel of the right type';
    default:
      return 'options of this type cannot be sent from here';
  }
  if (spec.choices && spec.choices.length > 0 && !spec.choices.some((choice) => choice.value === value))
    return 'must be one of the choices';
  return null;
};

/** Walks from the command to the subcommand named by the words after the command's own name. */
const descend = (specs: OptionSpec[], words: readonly string[]) => {
  const nested: OptionSpec[] = [];
  let level = specs;
  for (const word of words) {
    const next = level.find((spec) => spec.name === word && spec.type <= OptionType.group);
    if (!next) throw notKnown('subcommand');
    nested.push(next);
    level = next.options ?? [];
  }
  if (level.some((spec) => spec.type <= OptionType.group))
    throw new Refusal('This command needs a subcommand.');
  return { nested, level };
};

/**
 * Checks the given values against a command and arranges them as Discord does.
 * Throws a Refusal that names every wrong option.
 */
export const arrangeOptions = (
  command: Command,
  words: readonly string[],
  given: readonly OptionValue[],
  context: OptionContext,
): { options: SentOption[]; resolved: Resolved } => {
  const { nested, level } = descend(command.options ?? [], words);
  const resolved: Resolved = {};
  const problems: NonNullable<OperatorError['problems']> = [];
  const sent: SentOption[] = [];
  for (const { name, value } of given) {
    const spec = level.find((entry) => entry.name === name);
    if (!spec) {
      problems.push({ field: name, reason: 'is not an option of this command' });
    } else if (sent.some((entry) => entry.name === name)) {
      problems.push({ field: name, reason: 'is given twice' });
    } else if (name === context.focused) {
      if (spec.autocomplete !== true) problems.push({ field: name, reason: 'has no autocomplete' });
      sent.push({ type: spec.type, name, value: String(value), focused: true });
    } else {
      const fault = optionFault(spec, value, context, resolved);
      if (fault === null) sent.push({ type: spec.type, name, value });
      else if (context.focused === null) problems.push({ field: name, reason: fault });
    }
  }
  if (context.focused === null) {
    for (const spec of level)
      if (spec.required === true && !given.some((entry) => entry.name === spec.name))
        problems.push({ field: spec.name, reason: 'is required' });
  } else if (!given.some((entry) => entry.name === context.focused)) {
    problems.push({ field: context.focused, reason: 'is focused but not given' });
  }
  if (problems.length > 0) throw new Refusal('The options are not right.', problems);
  const options = nested.reduceRight<SentOption[]>(
    (inner, spec) => [{ type: spec.type, name: spec.name, options: inner }],
    sent,
  );
  return { options, resolved };
};
