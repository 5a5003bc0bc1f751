import { countPersonalRows } from '../../storage/privacy.ts';
import { customId } from '../custom-id.ts';
import { reply } from '../respond.ts';
import { accent, buttons, card, text } from '../views/message.ts';
import { heading } from '../views/text.ts';
import { everywhere, subcommand, type Command } from './define.ts';

export const privacy = {
  data: everywhere(
    {
      name: 'privacy',
      zh: '隐私',
      says: { 'zh-CN': '看看存了什么，或全部删除', 'en-US': 'See what is stored, or delete it' },
    },
    [
      subcommand({
        name: 'show',
        zh: '查看',
        says: { 'zh-CN': '关于我存了什么', 'en-US': 'What is stored about me' },
      }),
      subcommand({
        name: 'delete',
        zh: '删除',
        says: { 'zh-CN': '删除我的全部数据', 'en-US': 'Delete everything about me' },
      }),
    ],
  ),
  async run(interaction, app, { userId, messages }) {
    const { privacy } = messages;
    const counts = await countPersonalRows(app.epoch.db, userId);
    const stored = text(privacy.counts(counts.attempt, counts.card, counts.report));
    if (interaction.options.getSubcommand() === 'show') {
      await reply(
        interaction,
        card(accent.neutral, text(heading(privacy.title)), text(privacy.what), stored),
      );
      return;
    }
    await reply(
      interaction,
      card(
        accent.wrong,
        text(heading(privacy.title)),
        stored,
        text(privacy.confirm),
        ...buttons(
          { id: customId('forget', userId), label: privacy.delete, style: 'danger' },
          { id: customId('keep', userId), label: privacy.cancel },
        ),
      ),
    );
  },
} satisfies Command;
