import {
  ApplicationCommandOptionType,
  ChannelType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
  type GuildBasedChannel,
} from 'discord.js';
import { localeOf, type Messages } from '../../i18n/index.ts';
import { configure, readLevels, readTime } from '../../quiz/settings.ts';
import { resolveTopic } from '../../quiz/topics.ts';
import { findServer, type ServerSettings } from '../../storage/server.ts';
import type { ServerRow } from '../../storage/schema.ts';
import { localDate, readZone } from '../../study/index.ts';
import type { App } from '../app.ts';
import { suggestTopics, suggestZones } from '../complete.ts';
import { mayManage, missingPermissions } from '../permissions.ts';
import { reply } from '../respond.ts';
import type { Viewer } from '../viewer.ts';
import { escape } from '../views/message.ts';
import { noticeView } from '../views/notice.ts';
import { settingsView } from '../views/settings.ts';
import { completed, forManagers, localized, oneOf, subcommand, typed, type Command } from './define.ts';
import { languageChoices, topicOption, zoneOption } from './options.ts';

export const settings = {
  data: forManagers(
    {
      name: 'settings',
      zh: '设置',
      says: { 'zh-CN': '这个服务器的每日一题', 'en-US': 'The daily question of this server' },
    },
    PermissionFlagsBits.ManageGuild,
    [
      subcommand({
        name: 'show',
        zh: '查看',
        says: { 'zh-CN': '现在的设置', 'en-US': 'The settings as they are' },
      }),
      subcommand(
        {
          name: 'daily',
          zh: '每日',
          says: { 'zh-CN': '频道、时间、时区和提醒身份组', 'en-US': 'Channel, time, zone and role to ping' },
        },
        [
          {
            ...localized({
              name: 'channel',
              zh: '频道',
              says: { 'zh-CN': '发在哪个频道', 'en-US': 'Where it is posted' },
            }),
            type: ApplicationCommandOptionType.Channel,
            channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
          },
          typed({
            name: 'time',
            zh: '时间',
            says: { 'zh-CN': '24 小时制，如 09:00', 'en-US': 'On the 24-hour clock, such as 09:00' },
          }),
          completed(zoneOption),
          {
            ...localized({
              name: 'role',
              zh: '身份组',
              says: { 'zh-CN': '每次提醒哪个身份组', 'en-US': 'The role to ping each time' },
            }),
            type: ApplicationCommandOptionType.Role,
          },
        ],
      ),
      subcommand(
        {
          name: 'language',
          zh: '语言',
          says: { 'zh-CN': '公开消息用哪种语言', 'en-US': 'The language of public messages' },
        },
        [
          {
            ...oneOf(
              { name: 'language', zh: '语言', says: { 'zh-CN': '哪种语言', 'en-US': 'Which language' } },
              languageChoices,
            ),
            required: true,
          },
        ],
      ),
      subcommand(
        {
          name: 'topics',
          zh: '主题',
          says: { 'zh-CN': '每日一题出哪些主题和难度', 'en-US': 'Topics and levels of the daily question' },
        },
        [
          completed(topicOption),
          typed({
            name: 'levels',
            zh: '难度',
            says: { 'zh-CN': '如 1-3 或 2,4', 'en-US': 'Such as 1-3 or 2,4' },
          }),
        ],
      ),
      subcommand({
        name: 'pause',
        zh: '暂停',
        says: { 'zh-CN': '暂停或恢复每日一题', 'en-US': 'Pause or resume the daily' },
      }),
      subcommand({
        name: 'season',
        zh: '赛季',
        says: { 'zh-CN': '总榜重新开始，历史保留', 'en-US': 'Begin a new season; the history is kept' },
      }),
      subcommand({
        name: 'check',
        zh: '检查',
        says: { 'zh-CN': '检查我在频道里的权限', 'en-US': 'Check my permissions in the channel' },
      }),
    ],
  ),
  async run(interaction, app, viewer) {
    const { messages } = viewer;
    const { guild } = interaction;
    if (!guild || !mayManage(interaction)) {
      await reply(interaction, noticeView(guild ? messages.errors.notAllowed : messages.settings.serverOnly));
      return;
    }
    const server = await findServer(app.epoch.db, guild.id);
    if (!server) throw new Error(`server ${guild.id} was never welcomed`);
    const name = interaction.options.getSubcommand() as keyof typeof subcommands;
    await subcommands[name]({ interaction, app, viewer, server });
  },
  complete: (interaction, app, viewer) => {
    const { name, value } = interaction.options.getFocused(true);
    return name === 'zone' ? suggestZones(value) : suggestTopics(value, app, viewer);
  },
} satisfies Command;

interface Call {
  readonly interaction: ChatInputCommandInteraction;
  readonly app: App;
  readonly viewer: Viewer;
  readonly server: ServerRow;
}

const subcommands = { show, daily, language, topics, pause, season, check };

async function show({ interaction, app, viewer, server }: Call): Promise<void> {
  await reply(interaction, settingsView(server, app.epoch.bank, viewer.locale, viewer.messages));
}

async function daily(call: Call): Promise<void> {
  const { interaction, server } = call;
  const { settings } = call.viewer.messages;
  const { options } = interaction;
  const typedTime = options.getString('time');
  const time = typedTime === null ? server.daily_time : readTime(typedTime);
  const typedZone = options.getString('zone');
  const zone = typedZone === null ? server.zone : readZone(typedZone);
  if (time === undefined) return refuse(call, settings.badTime(escape(typedTime!.slice(0, 50))));
  if (zone === null) return refuse(call, settings.badZone(escape(typedZone!.slice(0, 100))));
  const chosen = options.getChannel('channel');
  const channelId = chosen?.id ?? server.channel_id ?? interaction.channelId;
  const channel = await channelOf(call, channelId);
  if (!channel) return refuse(call, settings.channelGone);
  const missing = missingText(channel, call.viewer.messages);
  if (missing !== undefined) return refuse(call, missing);
  const role = options.getRole('role');
  await save(call, {
    channel_id: channelId,
    daily_time: time ?? '09:00',
    zone,
    ...(role ? { role_id: role.id } : {}),
  });
}

async function language(call: Call): Promise<void> {
  await save(call, { locale: localeOf(call.interaction.options.getString('language', true)) });
}

/** Adds the topic, or takes it away if it is chosen already. */
async function topics(call: Call): Promise<void> {
  const { interaction, app, server } = call;
  const { settings } = call.viewer.messages;
  const query = interaction.options.getString('topic');
  const typedLevels = interaction.options.getString('levels');
  const topic = query === null ? undefined : resolveTopic(app.epoch, query);
  if (query !== null && !topic) return refuse(call, settings.badTopic(escape(query.slice(0, 100))));
  const levels = typedLevels === null ? (JSON.parse(server.levels) as number[]) : readLevels(typedLevels);
  if (!levels) return refuse(call, settings.badLevels(escape(typedLevels!.slice(0, 50))));
  const chosen = new Set(JSON.parse(server.topics) as string[]);
  if (topic && !chosen.delete(topic.slug)) chosen.add(topic.slug);
  await save(call, { topics: JSON.stringify([...chosen]), levels: JSON.stringify(levels) });
}

async function pause(call: Call): Promise<void> {
  const { settings } = call.viewer.messages;
  const pausing = call.server.paused_at === null;
  const paused_at = pausing ? call.app.epoch.now().toISOString() : null;
  await save(call, { paused_at }, pausing ? settings.pausedNow : settings.resumedNow);
}

async function season(call: Call): Promise<void> {
  const name = nextSeason(call.server.season, localDate(call.app.epoch.now(), call.server.zone));
  await save(call, { season: name }, call.viewer.messages.settings.newSeason(name));
}

/** Seasons are named by the day they begin; a second one on the same day is numbered. */
function nextSeason(current: string, today: string): string {
  if (!current.startsWith(today)) return today;
  return `${today}.${Number(current.slice(today.length + 1) || 1) + 1}`;
}

async function check(call: Call): Promise<void> {
  const { settings } = call.viewer.messages;
  const { channel_id } = call.server;
  if (channel_id === null) return refuse(call, settings.needDaily);
  const channel = await channelOf(call, channel_id);
  if (!channel) return refuse(call, settings.channelGone);
  await refuse(
    call,
    missingText(channel, call.viewer.messages) ?? `✅ ${settings.allGood(`<#${channel_id}>`)}`,
  );
}

async function channelOf({ interaction }: Call, channelId: string): Promise<GuildBasedChannel | undefined> {
  const known = interaction.guild?.channels.cache.get(channelId);
  return known ?? (await interaction.guild?.channels.fetch(channelId).catch(() => null)) ?? undefined;
}

function missingText(
  channel: GuildBasedChannel,
  { settings, permissions, list }: Messages,
): string | undefined {
  const missing = missingPermissions(channel);
  if (missing.length === 0) return undefined;
  return settings.missingPermissions(`<#${channel.id}>`, list(missing.map((name) => permissions[name])));
}

async function save(
  { interaction, app, viewer, server }: Call,
  change: ServerSettings,
  said?: string,
): Promise<void> {
  const { locale, messages, userId } = viewer;
  const changed = await configure(app.epoch, server.guild_id, change, userId);
  const notice = `✅ ${said ?? messages.settings.saved}`;
  await reply(interaction, settingsView(changed, app.epoch.bank, locale, messages, notice));
}

async function refuse({ interaction }: Call, sentence: string): Promise<void> {
  await reply(interaction, noticeView(sentence));
}
