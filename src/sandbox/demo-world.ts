import { EVERYONE_DEFAULT, Permission } from './permissions.ts';
import { snowflakeAt } from './snowflake.ts';
import type { Channel, Guild, Overwrite, Role, User, World } from './world.ts';

/** Ids of the demo world are the same at every start, so that links and screenshots keep. */
const idAt = (day: string, sequence = 0) => snowflakeAt(Date.parse(`${day}T09:00:00Z`), sequence);

const user = (id: string, username: string, name: string, locale: string, bot = false): User => ({
  id,
  username,
  name,
  locale,
  bot,
  acceptsDms: true,
});

const role = (id: string, name: string, position: number, more: Partial<Role> = {}): Role => ({
  id,
  name,
  permissions: 0n,
  mentionable: false,
  color: 0,
  position,
  managedBy: null,
  ...more,
});

interface GuildPlan {
  day: string;
  name: string;
  locale: string;
  owner: User;
  moderatorRole: string;
  pingRole: string;
  members: { user: User; nick?: string; moderator?: boolean; pinged?: boolean }[];
  channels: { name: string; topic?: string; type?: number; botMayNotWrite?: boolean; staffOnly?: boolean }[];
}

const addGuild = (world: World, plan: GuildPlan): void => {
  const id = idAt(plan.day);
  const idOf = (sequence: number) => idAt(plan.day, sequence);
  const bot = world.application.botId;
  const everyone = role(id, '@everyone', 0, { permissions: EVERYONE_DEFAULT });
  const botRole = role(idOf(11), world.application.name, 3, {
    permissions: EVERYONE_DEFAULT | Permission.mentionEveryone,
    managedBy: bot,
  });
  const moderator = role(idOf(12), plan.moderatorRole, 2, {
    permissions: Permission.manageGuild | Permission.manageChannels | Permission.manageMessages,
    color: 0xe67e22,
  });
  const pinged = role(idOf(13), plan.pingRole, 1, { mentionable: true, color: 0x3498db });
  const joinedAt = Date.parse(`${plan.day}T10:00:00Z`);
  const guild: Guild = {
    id,
    name: plan.name,
    locale: plan.locale,
    ownerId: plan.owner.id,
    systemChannelId: idOf(21),
    joined: true,
    roles: new Map([everyone, botRole, moderator, pinged].map((entry) => [entry.id, entry])),
    members: new Map(),
  };
  guild.members.set(bot, { userId: bot, nick: null, roles: [botRole.id], joinedAt });
  for (const member of plan.members) {
    const roles = [
      ...(member.moderator === true ? [moderator.id] : []),
      ...(member.pinged === true ? [pinged.id] : []),
    ];
    guild.members.set(member.user.id, { userId: member.user.id, nick: member.nick ?? null, roles, joinedAt });
  }
  world.guilds.set(id, guild);
  for (const [position, entry] of plan.channels.entries()) {
    const overwrites: Overwrite[] = [];
    if (entry.botMayNotWrite === true)
      overwrites.push({ id: bot, type: 1, allow: 0n, deny: Permission.sendMessages });
    if (entry.staffOnly === true) {
      overwrites.push({ id, type: 0, allow: 0n, deny: Permission.viewChannel });
      overwrites.push({ id: moderator.id, type: 0, allow: Permission.viewChannel, deny: 0n });
    }
    const channel: Channel = {
      id: idOf(20 + position),
      guildId: id,
      name: entry.name,
      topic: entry.topic ?? null,
      type: entry.type ?? 0,
      position,
      overwrites,
      recipientId: null,
      lastMessageId: null,
    };
    world.channels.set(channel.id, channel);
  }
};

/** A world with the application and its bot, and nobody else. */
export const emptyWorld = (): World => {
  const bot = user(idAt('2025-03-01'), 'epoch', 'Epoch', 'en-US', true);
  const owner = user(idAt('2019-01-05'), 'operator', 'Operator', 'en-US');
  return {
    application: { id: bot.id, name: 'Epoch', botId: bot.id, ownerId: owner.id },
    users: new Map([bot, owner].map((entry) => [entry.id, entry])),
    guilds: new Map(),
    channels: new Map(),
  };
};

/** Two servers, one Chinese and one English, with eight members; one of them is in both. */
export const demoWorld = (): World => {
  const world = emptyWorld();
  const linxiao = user(idAt('2019-05-14'), 'lin.xiao', '林晓', 'zh-CN');
  const haoran = user(idAt('2020-02-02'), 'chenhaoran', '陈浩然', 'zh-CN');
  const yutong = user(idAt('2021-09-10'), 'yutong_w', '王雨桐', 'zh-CN');
  const zimo = user(idAt('2022-11-23'), 'zimo', '赵子墨', 'zh-CN');
  const mia = user(idAt('2018-07-30'), 'mia.tanaka', 'Mia Tanaka', 'en-US');
  const daniel = user(idAt('2019-12-01'), 'd_okafor', 'Daniel Okafor', 'en-US');
  const priya = user(idAt('2020-10-18'), 'priya.n', 'Priya Nair', 'en-US');
  const lukas = user(idAt('2023-04-04'), 'lukasw', 'Lukas Weber', 'en-US');
  for (const person of [linxiao, haoran, yutong, zimo, mia, daniel, priya, lukas])
    world.users.set(person.id, person);
  addGuild(world, {
    day: '2023-08-15',
    name: '炼丹学习社',
    locale: 'zh-CN',
    owner: linxiao,
    moderatorRole: '管理员',
    pingRole: '每日一题',
    members: [
      { user: linxiao },
      { user: haoran, moderator: true, pinged: true },
      { user: yutong, pinged: true },
      { user: zimo },
      { user: priya, nick: '普丽娅' },
    ],
    channels: [
      { name: '每日一题', topic: '每天一道面试题' },
      { name: '闲聊', topic: '什么都可以聊' },
      { name: '公告', topic: '只有管理员发言', type: 5, botMayNotWrite: true },
      { name: '管理组', topic: '管理员专用', staffOnly: true },
    ],
  });
  addGuild(world, {
    day: '2024-01-20',
    name: 'Deep Learning Reading Group',
    locale: 'en-US',
    owner: mia,
    moderatorRole: 'Moderator',
    pingRole: 'Daily quiz',
    members: [
      { user: mia },
      { user: daniel, moderator: true, pinged: true },
      { user: priya, pinged: true },
      { user: lukas },
    ],
    channels: [
      { name: 'daily-quiz', topic: 'One interview question a day' },
      { name: 'general', topic: 'Anything goes' },
      { name: 'announcements', topic: 'Read only', type: 5, botMayNotWrite: true },
    ],
  });
  return world;
};
