import { PermissionFlagsBits } from 'discord.js';
import { reportedQuestions, reportQuestion } from '../../quiz/report.ts';
import { suggestAnswered } from '../complete.ts';
import { mayManage } from '../permissions.ts';
import { reply } from '../respond.ts';
import { noticeView } from '../views/notice.ts';
import { reportsView } from '../views/reports.ts';
import { completed, everywhere, forManagers, typed, type Command } from './define.ts';

/** Longest reason kept. */
export const REASON_LENGTH = 500;

export const report = {
  data: everywhere(
    {
      name: 'report',
      zh: '报告',
      says: { 'zh-CN': '题目有问题就告诉管理员', 'en-US': 'Tell the admins that a question is wrong' },
    },
    [
      completed(
        {
          name: 'question',
          zh: '题目',
          says: { 'zh-CN': '你做过的题', 'en-US': 'A question you have answered' },
        },
        { required: true },
      ),
      typed(
        { name: 'reason', zh: '原因', says: { 'zh-CN': '哪里不对', 'en-US': 'What is wrong with it' } },
        { required: true },
      ),
    ],
  ),
  async run(interaction, app, { userId, guildId, messages }) {
    const outcome = await reportQuestion(app.epoch, {
      id: interaction.id,
      userId,
      guildId,
      questionId: interaction.options.getString('question', true),
      seed: null,
      reason: interaction.options.getString('reason', true).slice(0, REASON_LENGTH),
    });
    await reply(interaction, noticeView(messages.report[outcome]));
  },
  complete: (interaction, app, viewer) => suggestAnswered(interaction.options.getFocused(), app, viewer),
} satisfies Command;

export const reports = {
  data: forManagers(
    {
      name: 'reports',
      zh: '报告列表',
      says: { 'zh-CN': '处理大家报告的问题', 'en-US': 'The queue of reported questions' },
    },
    PermissionFlagsBits.ManageGuild,
    [],
  ),
  async run(interaction, app, { guildId, locale, messages }) {
    if (guildId === null || !mayManage(interaction)) {
      await reply(interaction, noticeView(messages.errors.notAllowed));
      return;
    }
    await reply(
      interaction,
      reportsView(await reportedQuestions(app.epoch, guildId), app.epoch.bank, locale, messages),
    );
  },
} satisfies Command;
