import { ComponentType, TextInputStyle } from 'discord.js';
import { longDate, localeOf, messagesIn } from '../../i18n/index.ts';
import { callEasy, claimNext, settleOpen, shareGrid } from '../../quiz/after.ts';
import { recall } from '../../quiz/ask.ts';
import { reportedQuestions, reportQuestion, settleReported } from '../../quiz/report.ts';
import { findServer } from '../../storage/server.ts';
import { oneOfThese } from '../commands/leaderboard.ts';
import { REASON_LENGTH } from '../commands/report.ts';
import { customId } from '../custom-id.ts';
import { mayManage } from '../permissions.ts';
import { replace, reply, replyToAll } from '../respond.ts';
import { contextOf, showRecalled } from '../show.ts';
import { noticeView } from '../views/notice.ts';
import { reportsView } from '../views/reports.ts';
import { shareView } from '../views/share.ts';
import { verdictView } from '../views/verdict.ts';
import type { Component } from './component.ts';

/** `claim:<ask>`: how sure the learner is, before answering. */
export const claim: Component = async (interaction, [askId = ''], app, viewer) => {
  const recalled = await recall(app.epoch, askId, viewer.userId);
  const open = recalled.status === 'open' || recalled.status === 'changed';
  const claimed = open
    ? { ...recalled, asked: { ...recalled.asked, ask: await claimNext(app.epoch, recalled.asked.ask) } }
    : recalled;
  await showRecalled(claimed, app, viewer, { send: (view) => replace(interaction, view) });
};

/** `easy:<ask>`: the learner found it too easy, and will see it later than planned. */
export const easy: Component = async (interaction, [askId = ''], app, { userId, locale, messages }) => {
  const recalled = await recall(app.epoch, askId, userId);
  const due = recalled.status === 'answered' ? await callEasy(app.epoch, recalled.attempt) : undefined;
  const { easyDone, easyLate } = messages.verdict;
  await reply(interaction, noticeView(due === undefined ? easyLate : easyDone(longDate(due, locale))));
};

/** `rate:<ask>:<outcome>`: the learner's own verdict on an open answer. */
export const rate: Component = async (interaction, [askId = '', outcome], app, viewer) => {
  const recalled = await recall(app.epoch, askId, viewer.userId);
  const chosen = oneOfThese(['correct', 'partial', 'wrong'] as const, outcome);
  if (recalled.status !== 'answered' || chosen === undefined) {
    await showRecalled(recalled, app, viewer, { send: (view) => reply(interaction, view) });
    return;
  }
  const attempt = await settleOpen(app.epoch, recalled.attempt, chosen);
  await (attempt
    ? replace(interaction, verdictView(recalled.asked, attempt, contextOf(app, viewer), { settled: true }))
    : reply(interaction, noticeView(viewer.messages.verdict.easyLate)));
};

/** `share:<ask>`: shows everybody how the last dailies went, and nothing about the question. */
export const share: Component = async (interaction, [askId = ''], app, viewer) => {
  const recalled = await recall(app.epoch, askId, viewer.userId);
  const grid = recalled.status === 'answered' ? await shareGrid(app.epoch, recalled.attempt) : undefined;
  if (!grid) {
    await showRecalled(recalled, app, viewer, { send: (view) => reply(interaction, view) });
    return;
  }
  const server = viewer.guildId === null ? undefined : await findServer(app.epoch.db, viewer.guildId);
  const locale = server ? localeOf(server.locale) : viewer.locale;
  await replyToAll(interaction, shareView(grid, viewer.name, locale, messagesIn(locale)));
};

const REASON = 'reason';

/** `report:<ask>`: opens the form for what is wrong with a question. */
export const report: Component = async (interaction, [askId = ''], _app, { messages }) => {
  if (!interaction.isMessageComponent()) return;
  await interaction.showModal({
    custom_id: customId('reported', askId),
    title: messages.report.title,
    components: [
      {
        type: ComponentType.Label,
        label: messages.report.label,
        component: {
          type: ComponentType.TextInput,
          custom_id: REASON,
          style: TextInputStyle.Paragraph,
          max_length: REASON_LENGTH,
          required: true,
        },
      },
    ],
  });
};

/** `reported:<ask>`: the form, filled in. */
export const reported: Component = async (interaction, [askId = ''], app, viewer) => {
  const { messages, userId, guildId } = viewer;
  const recalled = await recall(app.epoch, askId, userId);
  if (!('asked' in recalled) || !interaction.isModalSubmit()) {
    await showRecalled(recalled, app, viewer, { send: (view) => reply(interaction, view) });
    return;
  }
  const { ask } = recalled.asked;
  const outcome = await reportQuestion(app.epoch, {
    id: interaction.id,
    userId,
    guildId,
    questionId: ask.question_id,
    seed: ask.seed,
    reason: interaction.fields.getTextInputValue(REASON),
  });
  await reply(interaction, noticeView(messages.report[outcome]));
};

const settle =
  (state: 'resolved' | 'hidden'): Component =>
  async (interaction, [reportId = ''], app, { guildId, userId, locale, messages }) => {
    if (guildId === null || !mayManage(interaction)) {
      await reply(interaction, noticeView(messages.errors.notAllowed));
      return;
    }
    await settleReported(app.epoch, { reportId, guildId, state, by: userId });
    const left = await reportedQuestions(app.epoch, guildId);
    await replace(interaction, reportsView(left, app.epoch.bank, locale, messages, messages.report[state]));
  };

/** `resolve:<report>`, `hide:<report>`: an admin settles what was reported about a question. */
export const resolve = settle('resolved');
export const hide = settle('hidden');
