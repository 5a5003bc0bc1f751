/** Values of selects, in messages and modals: what a Discord client lets its user choose. */
import { ComponentType, type Json } from '../validation/component-rules.ts';
import type { Guild, World } from '../world.ts';
import { resolveChannel, resolveRole, resolveUser, type Resolved } from './resolved.ts';

/** What is wrong with the chosen values, or null. Objects behind ids are added to `resolved`. */
export const selectFault = (
  select: Json,
  values: readonly string[],
  context: { world: World; guild: Guild | null; userId: string; resolved: Resolved },
): string | null => {
  const { world, guild, userId, resolved } = context;
  const required = select['required'] !== false;
  const min = (select['min_values'] as number | null | undefined) ?? 1;
  const max = (select['max_values'] as number | null | undefined) ?? 1;
  if (values.length === 0 && !required) return null;
  if (values.length < min) return `needs at least ${min} values`;
  if (values.length > max) return `takes at most ${max} values`;
  if (new Set(values).size < values.length) return 'has a value twice';
  const known = (value: string): boolean => {
    switch (select['type']) {
      case ComponentType.stringSelect:
        return (select['options'] as { value: string }[]).some((option) => option.value === value);
      case ComponentType.userSelect:
        return resolveUser(world, guild, resolved, value);
      case ComponentType.roleSelect:
        return resolveRole(guild, resolved, value);
      case ComponentType.mentionableSelect:
        return resolveUser(world, guild, resolved, value) || resolveRole(guild, resolved, value);
      default:
        return resolveChannel(
          world,
          guild,
          userId,
          resolved,
          value,
          select['channel_types'] as number[] | undefined,
        );
    }
  };
  const wrong = values.find((value) => !known(value));
  return wrong === undefined ? null : `does not offer "${wrong}"`;
};
