import { countPersonalRows, personalRows } from '../../storage/privacy.ts';
import { customId } from '../custom-id.ts';
import { reply, replyWithFile } from '../respond.ts';
import { accent, buttons, card, file, text } from '../views/message.ts';
import { heading } from '../views/text.ts';
import { everywhere, subcommand, type Command } from './define.ts';

const EXPORT = 'epoch-export.json';

export const privacy = {
  data: everywhere(
    {
      name: 'privacy',
      zh: '隐私',
      says: { 'zh-CN': '看看存了什么，导出，或全部删除', 'en-US': 'See, download or delete what is stored' },
    },
    [
      subcommand({
        name: 'show',
        zh: '查看',
        says: { 'zh-CN': '关于我存了什么', 'en-US': 'What is stored about me' },
      }),
      subcommand({
        name: 'export',
        zh: '导出',
        says: { 'zh-CN': '下载关于我的全部数据', 'en-US': 'Download everything about me' },
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
    const name = interaction.options.getSubcommand();
    if (name === 'export') {
      const json = JSON.stringify(await personalRows(app.epoch.db, userId), null, 2);
      await replyWithFile(interaction, card(accent.neutral, text(privacy.exported), file(EXPORT)), {
        name: EXPORT,
        attachment: Buffer.from(json),
      });
      return;
    }
    const counts = await countPersonalRows(app.epoch.db, userId);
    const stored = text(privacy.counts(counts.attempt, counts.card, counts.report));
    if (name === 'show') {
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
