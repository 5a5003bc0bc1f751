import { askPractice, type Filter } from '../../quiz/ask.ts';
import { resolveTopic } from '../../quiz/topics.ts';
import type { App } from '../app.ts';
import { suggestTopics } from '../complete.ts';
import { reply } from '../respond.ts';
import { contextOf } from '../show.ts';
import type { Viewer } from '../viewer.ts';
import { askView } from '../views/ask.ts';
import type { View } from '../views/message.ts';
import { noticeView } from '../views/notice.ts';

import { completed, everywhere, oneOf, whole, type Command } from './define.ts';
import { kindChoices, topicOption } from './options.ts';

export const quiz = {
  data: everywhere(
    {
      name: 'quiz',
      zh: '练习',
      says: { 'zh-CN': '练一题，想练多少练多少', 'en-US': 'Practise a question, as many as you like' },
    },
    [
      completed(topicOption),
      whole(
        {
          name: 'level',
          zh: '难度',
          says: { 'zh-CN': '1 最易，5 最难', 'en-US': '1 is easiest, 5 hardest' },
        },
        1,
        5,
      ),
      oneOf(
        { name: 'kind', zh: '题型', says: { 'zh-CN': '哪种题型', 'en-US': 'Which kind of question' } },
        kindChoices,
      ),
    ],
  ),
  async run(interaction, app, viewer) {
    const query = interaction.options.getString('topic');
    const topic = query === null ? undefined : resolveTopic(app.epoch, query);
    if (query !== null && !topic) {
      await reply(interaction, noticeView(viewer.messages.errors.unknownTopic(query.slice(0, 100))));
      return;
    }
    const level = interaction.options.getInteger('level');
    const kind = interaction.options.getString('kind');
    const filter: Filter = {
      ...(topic ? { topic: topic.slug } : {}),
      ...(level === null ? {} : { level }),
      ...(kind === null ? {} : { kind }),
    };
    await reply(interaction, await practiceView(interaction.id, filter, app, viewer));
  },
  complete: (interaction, app, viewer) => suggestTopics(interaction.options.getFocused(), app, viewer),
} satisfies Command;

/** A question to practise, or the sentence that none fits. */
export async function practiceView(id: string, filter: Filter, app: App, viewer: Viewer): Promise<View> {
  const { ask } = viewer.messages;
  const practice = await askPractice(app.epoch, {
    id,
    userId: viewer.userId,
    guildId: viewer.guildId,
    filter,
  });
  if (!practice) return noticeView(ask.none);
  return askView(practice.asked, contextOf(app, viewer), practice.seenLately ? { notice: ask.allSeen } : {});
}
