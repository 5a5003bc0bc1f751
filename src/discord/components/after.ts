import { recall } from '../../quiz/ask.ts';
import { PERIODS, RANKINGS, SCOPES } from '../../quiz/leaderboard.ts';
import { forget as forgetEverything } from '../../quiz/privacy.ts';
import { boardView, oneOfThese } from '../commands/leaderboard.ts';
import { practiceView } from '../commands/quiz.ts';
import { reviewView } from '../commands/review.ts';
import { replace, reply } from '../respond.ts';
import { contextOf, showRecalled } from '../show.ts';
import { lessonView } from '../views/explain.ts';
import { noticeView } from '../views/notice.ts';
import { solutionView } from '../views/solution.ts';
import type { Component } from './component.ts';

/** `solution:<ask>`: the worked solution, once it has been answered. */
export const solution: Component = async (interaction, [askId = ''], app, viewer) => {
  const { messages, userId } = viewer;
  const recalled = await recall(app.epoch, askId, userId);
  if (recalled.status !== 'answered') {
    await showRecalled(recalled, app, viewer, {
      notice: messages.explain.notAnswered,
      send: (view) => reply(interaction, view),
    });
    return;
  }
  const steps = recalled.asked.variant.solution();
  await reply(
    interaction,
    steps.length > 0 ? solutionView(steps, contextOf(app, viewer)) : noticeView(messages.verdict.noSolution),
  );
};

/** `explain:<topic>` beside a verdict, `explain:<topic>:<page>` to turn a page. */
export const explain: Component = async (interaction, [slug = '', page], app, viewer) => {
  const topic = app.epoch.bank.topics.find((candidate) => candidate.slug === slug);
  const view = topic
    ? lessonView(topic, Number(page ?? 1), contextOf(app, viewer))
    : noticeView(viewer.messages.errors.unknownTopic(slug));
  await (page === undefined ? reply(interaction, view) : replace(interaction, view));
};

/** `another:<ask>`: the next card of a review, else another question of the same topic. */
export const another: Component = async (interaction, [askId = ''], app, viewer) => {
  const recalled = await recall(app.epoch, askId, viewer.userId);
  if ('asked' in recalled && recalled.asked.ask.mode === 'review') {
    const { userId, guildId } = viewer;
    await reply(
      interaction,
      await reviewView({ id: interaction.id, userId, guildId, mode: 'due' }, app, viewer),
    );
    return;
  }
  const filter = 'asked' in recalled ? { topic: recalled.asked.question.topic } : {};
  await reply(interaction, await practiceView(interaction.id, filter, app, viewer));
};

/** `practise:<topic>` */
export const practise: Component = async (interaction, [topic = ''], app, viewer) => {
  await reply(interaction, await practiceView(interaction.id, { topic }, app, viewer));
};

/** `board:<scope>:<period>:<by>:<page>`: turns a page of a leaderboard. */
export const board: Component = async (interaction, [scope, period, by, page], app, viewer) => {
  const request = {
    scope: oneOfThese(SCOPES, scope) ?? 'server',
    period: oneOfThese(PERIODS, period) ?? 'week',
    by: oneOfThese(RANKINGS, by) ?? 'points',
    page: Number(page) || 1,
  };
  await replace(interaction, await boardView(request, app, viewer));
};

/** `forget:<user>`: everything stored about the learner, after they confirmed. */
export const forget: Component = async (interaction, [userId], app, viewer) => {
  const { messages } = viewer;
  if (userId !== viewer.userId) {
    await reply(interaction, noticeView(messages.errors.notForYou));
    return;
  }
  await forgetEverything(app.epoch, viewer.userId);
  await replace(interaction, noticeView(messages.privacy.deleted));
};

/** `keep:<user>`: they thought better of it. */
export const keep: Component = async (interaction, _args, _app, { messages }) => {
  await replace(interaction, noticeView(messages.privacy.kept));
};
