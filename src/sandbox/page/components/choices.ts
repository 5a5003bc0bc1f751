/** What a select offers: its own options, or the people, roles and channels of the server. */
import type { APIStringSelectComponent } from 'discord.js';
import type { OperatorGuild, OperatorState } from '../../operator-api.ts';
import { channelsFor, nameOf } from '../world.ts';
import { ComponentType, type SelectMenu } from './wire.ts';

export interface Choice {
  value: string;
  label: string;
  description: string | null;
  emoji: string | null;
  /** What stands before the label. */
  kind: 'text' | 'user' | 'bot' | 'role' | 'channel' | 'announcement';
  /** 24-bit RGB of a role, 0 for none. */
  color: number;
}

interface Place {
  world: OperatorState;
  guild: OperatorGuild | undefined;
  me: string;
}

const plain = { description: null, emoji: null, color: 0 };

const users = ({ world, guild, me }: Place): Choice[] => {
  const inside = guild
    ? world.users.filter((user) => guild.members.some((member) => member.userId === user.id))
    : world.users.filter((user) => user.id === me || user.bot);
  return inside.map((user) => ({
    ...plain,
    value: user.id,
    label: nameOf(world, guild, user.id),
    description: user.username,
    kind: user.bot ? 'bot' : 'user',
  }));
};

const roles = ({ guild }: Place): Choice[] =>
  (guild?.roles ?? [])
    .toSorted((a, b) => b.position - a.position)
    .map((role) => ({ ...plain, value: role.id, label: role.name, kind: 'role', color: role.color }));

const channels = ({ guild, me }: Place, types: readonly number[]): Choice[] =>
  (guild ? channelsFor(guild, me) : [])
    .filter((channel) => types.length === 0 || types.includes(channel.type))
    .map((channel) => ({
      ...plain,
      value: channel.id,
      label: channel.name,
      description: channel.topic,
      kind: channel.type === 5 ? 'announcement' : 'channel',
    }));

/** Which entities there are to choose from; by a select's or a command option's kind. */
export const entityChoices = (
  kind: 'user' | 'role' | 'mentionable' | 'channel',
  place: Place,
  channelTypes: readonly number[] = [],
): Choice[] => {
  switch (kind) {
    case 'user':
      return users(place);
    case 'role':
      return roles(place);
    case 'mentionable':
      return [...users(place), ...roles(place)];
    default:
      return channels(place, channelTypes);
  }
};

const emojiText = (emoji: { name?: string | null } | null | undefined): string | null => emoji?.name ?? null;

export const choicesOf = (select: SelectMenu, place: Place): Choice[] => {
  switch (select.type as number) {
    case ComponentType.stringSelect:
      return (select as APIStringSelectComponent).options.map((option) => ({
        value: option.value,
        label: option.label,
        description: option.description ?? null,
        emoji: emojiText(option.emoji),
        kind: 'text',
        color: 0,
      }));
    case ComponentType.userSelect:
      return entityChoices('user', place);
    case ComponentType.roleSelect:
      return entityChoices('role', place);
    case ComponentType.mentionableSelect:
      return entityChoices('mentionable', place);
    default:
      return entityChoices('channel', place, (select as { channel_types?: number[] }).channel_types ?? []);
  }
};

/** What is chosen at first. */
export const defaultValues = (select: {
  options?: readonly { value: string; default?: boolean }[];
  default_values?: readonly { id: string }[];
}): string[] =>
  select.options?.filter((option) => option.default === true).map((option) => option.value) ??
  select.default_values?.map(({ id }) => id) ??
  [];
