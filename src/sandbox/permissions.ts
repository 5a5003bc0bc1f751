import type { Channel, Guild, World } from './world.ts';

/** The permission bits the sandbox knows the meaning of; others are carried along. */
export const Permission = {
  kickMembers: 1n << 1n,
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useExternalEmojis: 1n << 18n,
  manageRoles: 1n << 28n,
  useApplicationCommands: 1n << 31n,
} as const;

/** Every bit there is. */
const ALL_PERMISSIONS = (1n << 53n) - 1n;

export const EVERYONE_DEFAULT =
  Permission.viewChannel |
  Permission.sendMessages |
  Permission.addReactions |
  Permission.embedLinks |
  Permission.attachFiles |
  Permission.readMessageHistory |
  Permission.useExternalEmojis |
  Permission.useApplicationCommands;

/** What Discord grants in a direct message. */
const DM_PERMISSIONS = EVERYONE_DEFAULT;

/** A member's permissions in the guild as a whole; 0 for somebody who is not in it. */
export const guildPermissions = (guild: Guild, userId: string): bigint => {
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const role of member.roles) permissions |= guild.roles.get(role)?.permissions ?? 0n;
  return permissions & Permission.administrator ? ALL_PERMISSIONS : permissions;
};

/** A user's permissions in a channel: roles, then overwrites of everyone, roles and the member, in that order. */
export const channelPermissions = (world: World, channel: Channel, userId: string): bigint => {
  if (channel.guildId === null) {
    const inside = channel.recipientId === userId || world.application.botId === userId;
    return inside ? DM_PERMISSIONS : 0n;
  }
  const guild = world.guilds.get(channel.guildId)!;
  let permissions = guildPermissions(guild, userId);
  if (permissions === ALL_PERMISSIONS || permissions === 0n) return permissions;
  if (channel.overwrites.length > 0) {
    const roles = guild.members.get(userId)!.roles;
    const apply = (matching: typeof channel.overwrites) => {
      let allow = 0n;
      let deny = 0n;
      for (const overwrite of matching) {
        allow |= overwrite.allow;
        deny |= overwrite.deny;
      }
      permissions = (permissions & ~deny) | allow;
    };
    apply(channel.overwrites.filter((entry) => entry.id === guild.id));
    apply(channel.overwrites.filter((entry) => entry.type === 0 && roles.includes(entry.id)));
    apply(channel.overwrites.filter((entry) => entry.type === 1 && entry.id === userId));
  }
  return permissions & Permission.viewChannel ? permissions : 0n;
};

export const can = (world: World, channel: Channel, userId: string, ...needed: bigint[]): boolean => {
  const permissions = channelPermissions(world, channel, userId);
  return needed.every((bit) => (permissions & bit) === bit);
};
