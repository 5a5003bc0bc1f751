import { askDaily } from '../../quiz/ask.ts';
import { newestDaily } from '../../quiz/daily.ts';
import { findServer } from '../../storage/server.ts';
import type { App } from '../app.ts';
import { reply, type Answerable } from '../respond.ts';
import { showRecalled } from '../show.ts';
import type { Viewer } from '../viewer.ts';
import { when } from '../views/message.ts';
import { noticeView } from '../views/notice.ts';
import { everywhere, type Command } from './define.ts';

export const daily = {
  data: everywhere({
    name: 'daily',
    zh: '每日一题',
    says: { 'zh-CN': '答今天的每日一题', 'en-US': 'Answer today’s question' },
  }),
  async run(interaction, app, viewer) {
    // A direct message has no server: the daily is that of the server the learner was last seen in.
    const guildId = viewer.guildId ?? viewer.learner.last_guild_id;
    if (guildId === null) {
      await reply(interaction, noticeView(viewer.messages.daily.noServer));
      return;
    }
    const newest = await newestDaily(app.epoch, guildId);
    if (newest) {
      await openDaily(interaction, app, viewer, guildId, newest.local_date);
      return;
    }
    const server = await findServer(app.epoch.db, guildId);
    const { noneYet, notSetUp, next } = viewer.messages.daily;
    await reply(
      interaction,
      noticeView(server?.next_at == null ? notSetUp : `${noneYet} ${next(when(server.next_at))}`),
    );
  },
} satisfies Command;

/** Puts a server's daily to the learner, privately; what they answered, if they did. */
export async function openDaily(
  interaction: Answerable,
  app: App,
  viewer: Viewer,
  guildId: string,
  localDate: string,
): Promise<void> {
  const asked = await askDaily(app.epoch, { id: interaction.id, userId: viewer.userId, guildId, localDate });
  if (asked.status === 'gone') {
    await reply(interaction, noticeView(viewer.messages.daily.gone));
    return;
  }
  const { daily, recalled } = asked;
  const late = daily.closes_at !== null && daily.closes_at <= app.epoch.now().toISOString();
  const open = recalled.status === 'open' || recalled.status === 'changed';
  await showRecalled(recalled, app, viewer, {
    notice: late && open ? viewer.messages.daily.late : undefined,
    send: (view) => reply(interaction, view),
  });
}
