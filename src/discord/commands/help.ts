import type { HelpTopic } from '../../i18n/index.ts';
import { reply } from '../respond.ts';
import { mayManage } from '../permissions.ts';
import { accent, card, line, text } from '../views/message.ts';
import { heading, small } from '../views/text.ts';
import { everywhere, type Command } from './define.ts';

const topics: readonly HelpTopic[] = [
  'daily',
  'quiz',
  'review',
  'explain',
  'compute',
  'leaderboard',
  'progress',
  'me',
  'report',
  'privacy',
];

export const help = {
  data: everywhere({
    name: 'help',
    zh: '帮助',
    says: { 'zh-CN': '怎么用 Epoch', 'en-US': 'How to use Epoch' },
  }),
  async run(interaction, _app, { messages }) {
    const { help } = messages;
    const names = Object.fromEntries(topics.map((name) => [name, `\`/${name}\``])) as Record<
      HelpTopic,
      string
    >;
    await reply(
      interaction,
      card(
        accent.neutral,
        text(heading(help.title)),
        text(help.start),
        text(help.commands(names)),
        line(),
        text(small(help.rules)),
        mayManage(interaction) && text(help.admins('`/settings daily`')),
      ),
    );
  },
} satisfies Command;
