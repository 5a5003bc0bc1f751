import { resolveTopic } from '../../quiz/topics.ts';
import { suggestTopics } from '../complete.ts';
import { reply } from '../respond.ts';
import { lessonView } from '../views/explain.ts';
import { noticeView } from '../views/notice.ts';
import { completed, everywhere, type Command } from './define.ts';

export const explain = {
  data: everywhere(
    {
      name: 'explain',
      zh: '讲解',
      says: {
        'zh-CN': '一个主题面试时两分钟怎么讲',
        'en-US': 'A topic as you would explain it in two minutes',
      },
    },
    [
      completed(
        { name: 'query', zh: '主题', says: { 'zh-CN': '主题名的一部分', 'en-US': 'Part of a topic’s name' } },
        { required: true },
      ),
    ],
  ),
  async run(interaction, app, { locale, messages }) {
    const query = interaction.options.getString('query', true);
    const topic = resolveTopic(app.epoch, query);
    await reply(
      interaction,
      topic
        ? lessonView(topic, 1, locale, messages)
        : noticeView(messages.explain.unknown(query.slice(0, 100))),
    );
  },
  complete: (interaction, app, viewer) => suggestTopics(interaction.options.getFocused(), app, viewer),
} satisfies Command;
