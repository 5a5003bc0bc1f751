import { recallQuestion } from '../../quiz/ask.ts';
import { resolveTopic } from '../../quiz/topics.ts';
import { SUGGESTIONS, suggestAnswered, suggestTopics } from '../complete.ts';
import { reply } from '../respond.ts';
import { contextOf, showRecalled } from '../show.ts';
import { lessonView } from '../views/explain.ts';
import { escape } from '../views/message.ts';
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
        {
          name: 'query',
          zh: '主题',
          says: { 'zh-CN': '主题，或你答过的题', 'en-US': 'A topic, or a question you have answered' },
        },
        { required: true },
      ),
    ],
  ),
  async run(interaction, app, viewer) {
    const { messages, userId } = viewer;
    const query = interaction.options.getString('query', true);
    const topic = resolveTopic(app.epoch, query);
    const answered = topic ? undefined : await recallQuestion(app.epoch, query, userId);
    if (answered) {
      await showRecalled(answered, app, viewer, { send: (view) => reply(interaction, view) });
      return;
    }
    await reply(
      interaction,
      topic
        ? lessonView(topic, 1, contextOf(app, viewer))
        : noticeView(messages.explain.unknown(escape(query.slice(0, 100)))),
    );
  },
  async complete(interaction, app, viewer) {
    const query = interaction.options.getFocused();
    const answered = query === '' ? [] : await suggestAnswered(query, app, viewer);
    return [...suggestTopics(query, app, viewer), ...answered].slice(0, SUGGESTIONS);
  },
} satisfies Command;
