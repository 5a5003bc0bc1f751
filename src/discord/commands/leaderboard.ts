import { messagesIn } from '../../i18n/index.ts';
import {
  leaderboard as boardOf,
  PERIODS,
  RANKINGS,
  SCOPES,
  type LeaderboardRequest,
} from '../../quiz/leaderboard.ts';
import type { Text } from '../../compute/index.ts';
import type { App } from '../app.ts';
import { reply } from '../respond.ts';
import { contextOf } from '../show.ts';
import type { Viewer } from '../viewer.ts';
import { leaderboardView } from '../views/leaderboard.ts';
import type { View } from '../views/message.ts';
import { noticeView } from '../views/notice.ts';
import { everywhere, oneOf, whole, type Command } from './define.ts';

const zh = messagesIn('zh-CN').leaderboard;
const en = messagesIn('en-US').leaderboard;

const named = (values: readonly string[], of: 'scopes' | 'periods' | 'by') =>
  Object.fromEntries(values.map((value) => [value, label(zh[of], en[of], value)]));

const label = (chinese: Record<string, string>, english: Record<string, string>, value: string): Text => ({
  'zh-CN': chinese[value]!,
  'en-US': english[value]!,
});

export const leaderboard = {
  data: everywhere(
    { name: 'leaderboard', zh: '排行榜', says: { 'zh-CN': '看看谁在前面', 'en-US': 'See who is ahead' } },
    [
      oneOf(
        {
          name: 'scope',
          zh: '范围',
          says: { 'zh-CN': '本服务器或全球', 'en-US': 'This server, or everyone' },
        },
        named(SCOPES, 'scopes'),
      ),
      oneOf(
        { name: 'period', zh: '时段', says: { 'zh-CN': '哪段时间', 'en-US': 'Over which time' } },
        named(PERIODS, 'periods'),
      ),
      oneOf(
        { name: 'by', zh: '依据', says: { 'zh-CN': '按什么排', 'en-US': 'Ranked by what' } },
        named(RANKINGS, 'by'),
      ),
      whole({ name: 'page', zh: '页', says: { 'zh-CN': '第几页', 'en-US': 'Which page' } }, 1, 100_000),
    ],
  ),
  async run(interaction, app, viewer) {
    const { options } = interaction;
    const scope =
      oneOfThese(SCOPES, options.getString('scope')) ?? (viewer.guildId === null ? 'global' : 'server');
    const view = await boardView(
      {
        scope,
        period: oneOfThese(PERIODS, options.getString('period')) ?? 'week',
        by: oneOfThese(RANKINGS, options.getString('by')) ?? 'points',
        page: options.getInteger('page') ?? 1,
      },
      app,
      viewer,
    );
    await reply(interaction, view);
  },
} satisfies Command;

export async function boardView(request: LeaderboardRequest, app: App, viewer: Viewer): Promise<View> {
  const { guildId, userId, messages } = viewer;
  if (request.scope === 'server' && guildId === null) return noticeView(messages.leaderboard.serverOnly);
  return leaderboardView(await boardOf(app.epoch, request, { userId, guildId }), contextOf(app, viewer));
}

/** The value, if it is one of those allowed. */
export const oneOfThese = <K extends string>(
  allowed: readonly K[],
  value: string | null | undefined,
): K | undefined => allowed.find((candidate) => candidate === value);
