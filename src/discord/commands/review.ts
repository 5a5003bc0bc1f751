import { askReview, DAILY_CAP, REVIEW_MODES, type Review, type ReviewRequest } from '../../quiz/review.ts';
import { resolveTopic } from '../../quiz/topics.ts';
import { messagesIn } from '../../i18n/index.ts';
import type { App } from '../app.ts';
import { suggestTopics } from '../complete.ts';
import { reply } from '../respond.ts';
import { contextOf } from '../show.ts';
import type { Viewer } from '../viewer.ts';
import { askView } from '../views/ask.ts';
import { escape, type View } from '../views/message.ts';
import { noticeView } from '../views/notice.ts';
import { forecastView } from '../views/review.ts';
import { completed, everywhere, oneOf, type Command } from './define.ts';
import { oneOfThese } from './leaderboard.ts';
import { topicOption } from './options.ts';

const zh = messagesIn('zh-CN').review.modes;
const en = messagesIn('en-US').review.modes;

export const review = {
  data: everywhere(
    {
      name: 'review',
      zh: '复习',
      says: {
        'zh-CN': '复习到期的、做错的，或一个主题',
        'en-US': 'Go over what is due, what you got wrong, or a topic',
      },
    },
    [
      oneOf(
        { name: 'mode', zh: '方式', says: { 'zh-CN': '复习哪些', 'en-US': 'What to go over' } },
        Object.fromEntries(REVIEW_MODES.map((mode) => [mode, { 'zh-CN': zh[mode], 'en-US': en[mode] }])),
      ),
      completed(topicOption),
    ],
  ),
  async run(interaction, app, viewer) {
    const { messages, userId, guildId } = viewer;
    const query = interaction.options.getString('topic');
    const topic = query === null ? undefined : resolveTopic(app.epoch, query);
    if (query !== null && !topic) {
      await reply(interaction, noticeView(messages.errors.unknownTopic(escape(query.slice(0, 100)))));
      return;
    }
    const chosen = oneOfThese(REVIEW_MODES, interaction.options.getString('mode'));
    const mode = chosen ?? (topic ? 'topic' : 'due');
    if (mode === 'topic' && !topic) {
      await reply(interaction, noticeView(messages.review.needTopic));
      return;
    }
    const request = { id: interaction.id, userId, guildId, mode, ...(topic ? { topic: topic.slug } : {}) };
    await reply(interaction, await reviewView(request, app, viewer));
  },
  complete: (interaction, app, viewer) => suggestTopics(interaction.options.getFocused(), app, viewer),
} satisfies Command;

/** The next card to review, with how many are left; or how the next days look when nothing is. */
export async function reviewView(request: ReviewRequest, app: App, viewer: Viewer): Promise<View> {
  const found = await askReview(app.epoch, request);
  if (found.asked) {
    return askView(found.asked, contextOf(app, viewer), { notice: left(found, viewer) });
  }
  const { review } = viewer.messages;
  const why = found.capped ? review.capped(DAILY_CAP) : review.none[request.mode];
  return forecastView(found.forecast, why, contextOf(app, viewer));
}

const left = ({ forecast }: Review, { messages }: Viewer): string =>
  messages.review.left(forecast.days[0]?.due ?? 0, forecast.backlog);
