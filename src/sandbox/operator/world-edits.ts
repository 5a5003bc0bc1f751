/** Changes to guilds, channels, roles and members, each told to the bot as Discord would tell it. */
import type { z } from 'zod';
import type { Core } from '../core.ts';
import { notKnown, Refusal } from '../interactions/refusal.ts';
import { EVERYONE_DEFAULT } from '../permissions.ts';
import { toChannel, toGuild, toGuildCreate, toMember, toRole } from '../wire.ts';
import { channelsOf, type Channel, type Guild, type Member, type Role, type User } from '../world.ts';
import type * as requests from './requests.ts';

type Body<Schema extends z.ZodType> = z.output<Schema>;

export const guildOf = (core: Core, id: string): Guild => {
  const guild = core.world.guilds.get(id);
  if (!guild) throw notKnown('guild');
  return guild;
};

export const channelOf = (core: Core, id: string): Channel => {
  const channel = core.world.channels.get(id);
  if (!channel) throw notKnown('channel');
  return channel;
};

const changed = (core: Core): void => {
  core.persist.world();
  core.publish(() => ({ type: 'world' }));
};

const checkRoles = (guild: Guild, roles: readonly string[]): void => {
  if (roles.some((id) => id === guild.id || !guild.roles.has(id))) throw notKnown('role');
};

const addUser = (core: Core, name: string, locale: string): User => {
  const id = core.newId();
  const user = { id, username: `user_${id}`, name, locale, bot: false, acceptsDms: true };
  core.world.users.set(id, user);
  return user;
};

const addMember = (guild: Guild, userId: string, roles: string[], joinedAt: number): Member => {
  const member = { userId, nick: null, roles, joinedAt };
  guild.members.set(userId, member);
  return member;
};

const newChannel = (core: Core, guildId: string, body: Body<typeof requests.channelRequest>): Channel => {
  const channel: Channel = {
    id: core.newId(),
    guildId,
    name: body.name,
    topic: body.topic,
    type: body.type,
    position: channelsOf(core.world, guildId).length,
    overwrites: body.overwrites,
    recipientId: null,
    lastMessageId: null,
  };
  core.world.channels.set(channel.id, channel);
  return channel;
};

const plainRole = (id: string, name: string, position: number, managedBy: string | null): Role => ({
  id,
  name,
  permissions: EVERYONE_DEFAULT,
  mentionable: false,
  color: 0,
  position,
  managedBy,
});

const addGuild = (core: Core, body: Body<typeof requests.guildRequest>, name: string): Guild => {
  const { world } = core;
  const now = core.clock.now();
  const id = core.newId();
  const botId = world.application.botId;
  const botRole = plainRole(core.newId(), world.application.name, 1, botId);
  const ownerId = body.ownerId ?? addUser(core, `${name} owner`, body.locale).id;
  if (!world.users.has(ownerId)) throw notKnown('user');
  const guild: Guild = {
    id,
    name,
    locale: body.locale,
    ownerId,
    systemChannelId: null,
    joined: true,
    roles: new Map([
      [id, plainRole(id, '@everyone', 0, null)],
      [botRole.id, botRole],
    ]),
    members: new Map(),
  };
  addMember(guild, botId, [botRole.id], now);
  addMember(guild, ownerId, [], now);
  world.guilds.set(id, guild);
  const plans = body.channels.length > 0 ? body.channels : [{ name: 'general', type: 0 as const }];
  // A new guild has no channels yet, so their positions are counted here and not looked for in the world.
  for (const [position, plan] of plans.entries()) {
    const channel: Channel = {
      id: core.newId(),
      guildId: id,
      name: plan.name,
      topic: null,
      type: plan.type,
      position,
      overwrites: [],
      recipientId: null,
      lastMessageId: null,
    };
    world.channels.set(channel.id, channel);
    guild.systemChannelId ??= channel.id;
  }
  return guild;
};

export const createGuilds = (core: Core, body: Body<typeof requests.guildRequest>): Guild[] => {
  const guilds: Guild[] = [];
  for (let i = 1; i <= body.count; i++)
    guilds.push(addGuild(core, body, body.count === 1 ? body.name : `${body.name} ${i}`));
  const channels = Map.groupBy(core.world.channels.values(), (channel) => channel.guildId);
  for (const guild of guilds)
    core.gateway.dispatchGuildEvent(
      guild.id,
      'GUILD_CREATE',
      toGuildCreate(core.world, guild, channels.get(guild.id) ?? []),
    );
  changed(core);
  return guilds;
};

export const updateGuild = (core: Core, id: string, body: Body<typeof requests.guildPatch>): Guild => {
  const guild = guildOf(core, id);
  Object.assign(guild, body);
  core.gateway.dispatchGuildEvent(id, 'GUILD_UPDATE', toGuild(core.world, guild));
  changed(core);
  return guild;
};

/** The bot is removed; the guild stays for its members. */
export const leaveGuild = (core: Core, id: string): void => {
  const guild = guildOf(core, id);
  guild.joined = false;
  guild.members.delete(core.world.application.botId);
  core.gateway.dispatchGuildEvent(id, 'GUILD_DELETE', { id });
  changed(core);
};

export const createChannel = (
  core: Core,
  guildId: string,
  body: Body<typeof requests.channelRequest>,
): Channel => {
  const channel = newChannel(core, guildOf(core, guildId).id, body);
  core.gateway.dispatchGuildEvent(guildId, 'CHANNEL_CREATE', toChannel(core.world, channel));
  changed(core);
  return channel;
};

const guildChannel = (core: Core, id: string): Channel & { guildId: string } => {
  const channel = channelOf(core, id);
  if (channel.guildId === null) throw new Refusal('Direct messages cannot be changed.');
  return channel as Channel & { guildId: string };
};

export const updateChannel = (core: Core, id: string, body: Body<typeof requests.channelPatch>): Channel => {
  const channel = guildChannel(core, id);
  Object.assign(channel, body);
  core.gateway.dispatchGuildEvent(channel.guildId, 'CHANNEL_UPDATE', toChannel(core.world, channel));
  changed(core);
  return channel;
};

export const deleteChannel = (core: Core, id: string): void => {
  const channel = guildChannel(core, id);
  for (const message of core.messages.list(id, { limit: 200 })) core.persist.message(id, message.id);
  core.messages.dropChannel(id);
  core.world.channels.delete(id);
  const guild = guildOf(core, channel.guildId);
  if (guild.systemChannelId === id) guild.systemChannelId = null;
  core.gateway.dispatchGuildEvent(channel.guildId, 'CHANNEL_DELETE', toChannel(core.world, channel));
  changed(core);
};

export const createRole = (core: Core, guildId: string, body: Body<typeof requests.roleRequest>): Role => {
  const guild = guildOf(core, guildId);
  const role: Role = { id: core.newId(), position: guild.roles.size, managedBy: null, ...body };
  guild.roles.set(role.id, role);
  core.gateway.dispatchGuildEvent(guildId, 'GUILD_ROLE_CREATE', { guild_id: guildId, role: toRole(role) });
  changed(core);
  return role;
};

export const createMember = (
  core: Core,
  guildId: string,
  body: Body<typeof requests.memberRequest>,
): Member => {
  const guild = guildOf(core, guildId);
  checkRoles(guild, body.roles);
  const userId = body.userId ?? addUser(core, body.name, body.locale).id;
  if (!core.world.users.has(userId)) throw notKnown('user');
  if (guild.members.has(userId)) throw new Refusal('This user is in the guild already.', undefined, 409);
  const member = addMember(guild, userId, body.roles, core.clock.now());
  if (userId === core.world.application.botId) {
    guild.joined = true;
    const channels = channelsOf(core.world, guildId);
    core.gateway.dispatchGuildEvent(guildId, 'GUILD_CREATE', toGuildCreate(core.world, guild, channels));
  }
  changed(core);
  return member;
};

const memberOf = (core: Core, guild: Guild, userId: string): Member => {
  const member = guild.members.get(userId);
  if (!member) throw notKnown('member');
  return member;
};

export const updateMember = (
  core: Core,
  guildId: string,
  userId: string,
  body: Body<typeof requests.memberPatch>,
): Member => {
  const guild = guildOf(core, guildId);
  const member = memberOf(core, guild, userId);
  if (body.roles) checkRoles(guild, body.roles);
  Object.assign(member, body);
  // Without the members intent a bot hears of its own changes only.
  if (userId === core.world.application.botId)
    core.gateway.dispatchGuildEvent(guildId, 'GUILD_MEMBER_UPDATE', {
      guild_id: guildId,
      ...toMember(core.world, member),
    });
  changed(core);
  return member;
};

export const removeMember = (core: Core, guildId: string, userId: string): void => {
  if (userId === core.world.application.botId) return leaveGuild(core, guildId);
  const guild = guildOf(core, guildId);
  memberOf(core, guild, userId);
  if (guild.ownerId === userId) throw new Refusal('The owner cannot leave.', undefined, 409);
  guild.members.delete(userId);
  changed(core);
};

export const updateUser = (core: Core, id: string, body: Body<typeof requests.userPatch>): User => {
  const user = core.world.users.get(id);
  if (!user || user.bot) throw notKnown('user');
  Object.assign(user, body);
  changed(core);
  return user;
};
