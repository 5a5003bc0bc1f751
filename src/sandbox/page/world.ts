/** Looking things up in the sandbox's world. */
import type {
  Id,
  OperatorChannel,
  OperatorGuild,
  OperatorMember,
  OperatorRole,
  OperatorState,
  OperatorUser,
} from '../operator-api.ts';

export const findUser = (world: OperatorState, id: Id): OperatorUser | undefined =>
  world.users.find((user) => user.id === id);

export const findGuild = (world: OperatorState, id: Id | null): OperatorGuild | undefined =>
  world.guilds.find((guild) => guild.id === id);

export const findChannel = (world: OperatorState, id: Id): OperatorChannel | undefined =>
  world.dms.find((channel) => channel.id === id) ??
  world.guilds.flatMap((guild) => guild.channels).find((channel) => channel.id === id);

export const findMember = (guild: OperatorGuild | undefined, userId: Id): OperatorMember | undefined =>
  guild?.members.find((member) => member.userId === userId);

/** The name shown for a user in a guild (or outside, without one). */
export const nameOf = (world: OperatorState, guild: OperatorGuild | undefined, userId: Id): string =>
  findMember(guild, userId)?.nick ?? findUser(world, userId)?.name ?? userId;

/** A member's roles, the highest first, @everyone left out. */
export const rolesOf = (guild: OperatorGuild, userId: Id): OperatorRole[] => {
  const ids = findMember(guild, userId)?.roles ?? [];
  return guild.roles
    .filter((role) => role.id !== guild.id && ids.includes(role.id))
    .toSorted((a, b) => b.position - a.position);
};

/** The colour of a member's name: that of the highest coloured role. */
export const colorOf = (guild: OperatorGuild | undefined, userId: Id): number =>
  guild ? (rolesOf(guild, userId).find((role) => role.color !== 0)?.color ?? 0) : 0;

/** Text and announcement channels of a guild that a user sees, in order. */
export const channelsFor = (guild: OperatorGuild, userId: Id): OperatorChannel[] =>
  guild.channels
    .filter((channel) => (channel.type === 0 || channel.type === 5) && channel.viewers.includes(userId))
    .toSorted((a, b) => a.position - b.position);

export const dmOf = (world: OperatorState, userId: Id): OperatorChannel | undefined =>
  world.dms.find((channel) => channel.recipientId === userId);

/** Guilds that the user is in. */
export const guildsOf = (world: OperatorState, userId: Id): OperatorGuild[] =>
  world.guilds.filter((guild) => findMember(guild, userId) !== undefined);

/** The people of a guild, without the bots, the owner first. */
export const peopleOf = (world: OperatorState, guild: OperatorGuild): OperatorUser[] =>
  guild.members
    .flatMap((member) => findUser(world, member.userId) ?? [])
    .filter((user) => !user.bot)
    .toSorted((a, b) => Number(b.id === guild.ownerId) - Number(a.id === guild.ownerId));

/** The channel that a guild opens with for a user. */
export const firstChannel = (guild: OperatorGuild, userId: Id): OperatorChannel | undefined =>
  channelsFor(guild, userId)[0];

/** `#rrggbb` of a 24-bit colour. */
export const toHex = (color: number): string => `#${color.toString(16).padStart(6, '0')}`;

/** Draws a name in a role's colour (0: none); the style sheet keeps it readable in both themes. */
export const roleStyle = (color: number): { class?: string; style?: Record<string, string> } =>
  color === 0 ? {} : { class: 'colored', style: { '--role': toHex(color) } };

/**
 * The address of a picture or file as the page uses it. Those of messages have the sandbox's own address, which
 * may differ from the page's (127.0.0.1, localhost); what is not http is not followed.
 */
export const localUrl = (url: string): string => {
  const parsed = URL.parse(url, location.href);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return '';
  const own = /^(127\.0\.0\.1|localhost)$/.test(parsed.hostname) && parsed.port === location.port;
  return own ? parsed.pathname + parsed.search : url;
};
