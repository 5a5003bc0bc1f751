import { progressOf } from '../../quiz/progress.ts';
import { reply } from '../respond.ts';
import { contextOf } from '../show.ts';
import { noticeView } from '../views/notice.ts';
import { progressView } from '../views/progress.ts';
import { everywhere, someone, type Command } from './define.ts';

export const progress = {
  data: everywhere(
    { name: 'progress', zh: '进度', says: { 'zh-CN': '我练得怎么样', 'en-US': 'How I am doing' } },
    [
      someone({
        name: 'member',
        zh: '成员',
        says: { 'zh-CN': '看别人的（需对方公开）', 'en-US': 'Somebody else’s, if they show it' },
      }),
    ],
  ),
  async run(interaction, app, viewer) {
    const { userId, guildId, name, messages } = viewer;
    const other = interaction.options.getUser('member');
    const whose = other ?? interaction.user;
    const found = await progressOf(app.epoch, { userId: whose.id, readerId: userId, guildId });
    const own = whose.id === userId;
    await reply(
      interaction,
      found
        ? progressView(
            found,
            { name: own ? name : (other?.globalName ?? whose.username), own },
            contextOf(app, viewer),
          )
        : noticeView(messages.progress.hidden),
    );
  },
} satisfies Command;
