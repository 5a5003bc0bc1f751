/** The world as the page and the tests see it. */
import type { Core } from '../core.ts';
import type {
  OperatorChannel,
  OperatorGuild,
  OperatorMember,
  OperatorRole,
  OperatorState,
  OperatorUser,
} from '../operator-api.ts';
import { can, guildPermissions, Permission } from '../permissions.ts';
import type { Channel, Guild, Member, Role, User, World } from '../world.ts';

export const toOperatorUser = (user: User): OperatorUser => ({
  id: user.id,
  username: user.username,
  name: user.name,
  locale: user.locale,
  bot: user.bot,
  avatarUrl: `/avatars/${user.id}.svg`,
  acceptsDms: user.acceptsDms,
});

export const toOperatorChannel = (world: World, channel: Channel): OperatorChannel => {
  const guild = channel.guildId === null ? null : world.guilds.get(channel.guildId)!;
  const people = guild ? [...guild.members.keys()] : [channel.recipientId!, world.application.botId];
  return {
    id: channel.id,
    guildId: channel.guildId,
    name: channel.name,
    topic: channel.topic,
    type: channel.type,
    position: channel.position,
    recipientId: channel.recipientId,
    overwrites: channel.overwrites.map((entry) => ({
      id: entry.id,
      type: entry.type,
      allow: entry.allow.toString(),
      deny: entry.deny.toString(),
    })),
    viewers: people.filter((id) => can(world, channel, id, Permission.viewChannel)),
    writers: people.filter((id) => can(world, channel, id, Permission.viewChannel, Permission.sendMessages)),
  };
};

export const toOperatorRole = (role: Role): OperatorRole => ({
  id: role.id,
  name: role.name,
  permissions: role.permissions.toString(),
  mentionable: role.mentionable,
  color: role.color,
  position: role.position,
});

export const toOperatorMember = (guild: Guild, member: Member): OperatorMember => ({
  userId: member.userId,
  nick: member.nick,
  roles: member.roles,
  permissions: guildPermissions(guild, member.userId).toString(),
});

export const toOperatorGuild = (world: World, guild: Guild, channels: readonly Channel[]): OperatorGuild => ({
  id: guild.id,
  name: guild.name,
  locale: guild.locale,
  ownerId: guild.ownerId,
  joined: guild.joined,
  roles: [...guild.roles.values()].map(toOperatorRole),
  channels: channels
    .map((channel) => toOperatorChannel(world, channel))
    .toSorted((a, b) => a.position - b.position),
  members: [...guild.members.values()].map((member) => toOperatorMember(guild, member)),
});

export const toOperatorState = (core: Core): OperatorState => {
  const { world } = core;
  const channels = Map.groupBy(world.channels.values(), (channel) => channel.guildId);
  return {
    bot: toOperatorUser(world.users.get(world.application.botId)!),
    applicationId: world.application.id,
    users: [...world.users.values()].map(toOperatorUser),
    guilds: [...world.guilds.values()].map((guild) =>
      toOperatorGuild(world, guild, channels.get(guild.id) ?? []),
    ),
    dms: (channels.get(null) ?? []).map((channel) => toOperatorChannel(world, channel)),
    commands: core.commands.all(),
    clock: core.clock.state(),
    gateway: core.gateway.state(),
    faults: core.faults.list(),
  };
};
