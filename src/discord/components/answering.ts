import { ComponentType, TextInputStyle, type MessageComponentInteraction } from 'discord.js';
import { submissionOf, type Variant } from '../../bank/index.ts';
import type { Submission } from '../../grading/index.ts';
import { answer, type AnswerRequest } from '../../quiz/answer.ts';
import { recall, takeHint } from '../../quiz/ask.ts';
import type { App } from '../app.ts';
import { openDaily } from '../commands/daily.ts';
import { customId } from '../custom-id.ts';
import { replace } from '../respond.ts';
import { contextOf, showRecalled } from '../show.ts';
import type { Viewer } from '../viewer.ts';
import { askView } from '../views/ask.ts';
import { invalidNotice, verdictView } from '../views/verdict.ts';
import type { Component, Used } from './component.ts';

/** `daily:<guild>:<date>`: the public post's button. */
export const daily: Component = async (interaction, [guildId = '', localDate = ''], app, viewer) => {
  await openDaily(interaction, app, viewer, guildId, localDate);
};

/** `pick:<ask>:<position>`: one option of a choice. */
export const pick: Component = async (interaction, [askId = '', position = ''], app, viewer) => {
  await submit(interaction, askId, positions([Number(position)]), app, viewer);
};

/** `multi:<ask>`: a select of options. */
export const multi: Component = async (interaction, [askId = ''], app, viewer) => {
  const values = interaction.isStringSelectMenu() ? interaction.values : [];
  await submit(interaction, askId, positions(values.map(Number)), app, viewer);
};

/** `order:<ask>:<positions>`: the steps pressed so far; the last one submits. */
export const order: Component = async (interaction, [askId = '', pressed = ''], app, viewer) => {
  const chosen = Array.from(pressed, Number);
  const recalled = await recall(app.epoch, askId, viewer.userId);
  if (recalled.status === 'open' && chosen.length === recalled.asked.variant.display.length) {
    await submit(interaction, askId, positions(chosen), app, viewer);
    return;
  }
  await showRecalled(recalled, app, viewer, { chosen, send: (view) => replace(interaction, view) });
};

/** `undo:<ask>:<positions>`: an ordering without its last step. */
export const undo: Component = async (interaction, [askId = '', pressed = ''], app, viewer) => {
  const recalled = await recall(app.epoch, askId, viewer.userId);
  await showRecalled(recalled, app, viewer, {
    chosen: Array.from(pressed, Number),
    send: (view) => replace(interaction, view),
  });
};

/** `type:<ask>`: opens the form for a typed answer, with what was typed before if it could not be read. */
export const type: Component = async (interaction, [askId = ''], app, viewer) => {
  const recalled = await recall(app.epoch, askId, viewer.userId);
  if (recalled.status !== 'open' || !interaction.isMessageComponent()) {
    await showRecalled(recalled, app, viewer, { send: (view) => replace(interaction, view) });
    return;
  }
  await showForm(interaction, recalled.asked, viewer);
};

/** `typed:<ask>`: the form, filled in. */
export const typed: Component = async (interaction, [askId = ''], app, viewer) => {
  const text = interaction.isModalSubmit() ? interaction.fields.getTextInputValue(ANSWER) : '';
  await submit(interaction, askId, text, app, viewer);
};

/** `hint:<ask>` */
export const hint: Component = async (interaction, [askId = ''], app, viewer) => {
  const recalled = await takeHint(app.epoch, askId, viewer.userId);
  await showRecalled(recalled, app, viewer, { send: (view) => replace(interaction, view) });
};

const ANSWER = 'answer';
const LONGEST_ANSWER = 2000;

async function showForm(
  interaction: MessageComponentInteraction,
  { ask, question }: { ask: { id: string; draft: string | null }; question: { kind: string } },
  { messages }: Viewer,
): Promise<void> {
  const long = question.kind === 'open' || question.kind === 'matrix';
  await interaction.showModal({
    custom_id: customId('typed', ask.id),
    title: messages.ask.modalTitle,
    components: [
      {
        type: ComponentType.Label,
        label: messages.ask.modalLabel,
        description: messages.ask.forms[question.kind as keyof typeof messages.ask.forms],
        component: {
          type: ComponentType.TextInput,
          custom_id: ANSWER,
          style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
          max_length: LONGEST_ANSWER,
          required: true,
          ...(ask.draft === null || ask.draft === '' ? {} : { value: ask.draft }),
        },
      },
    ],
  });
}

/** Options or steps as the learner saw them, in the words of the question. */
const positions =
  (shown: readonly number[]) =>
  (variant: Variant): Submission =>
    submissionOf(variant, shown);

async function submit(
  interaction: Used,
  askId: string,
  submission: AnswerRequest['submission'],
  app: App,
  viewer: Viewer,
): Promise<void> {
  const { messages, locale, userId } = viewer;
  const answered = await answer(app.epoch, { id: interaction.id, askId, userId, submission });
  const context = contextOf(app, viewer);
  if (answered.status === 'invalid') {
    const { asked, verdict, typed } = answered;
    const notice = invalidNotice(asked, verdict, typed, locale, messages);
    await replace(interaction, askView(asked, context, { notice }));
  } else if (answered.status === 'graded') {
    const { asked, attempt, streak, first, mayBeEasy } = answered;
    if (first && attempt.mode === 'daily' && attempt.late === 0) {
      app.liveCount.bump(attempt.guild_id!, attempt.local_date!);
    }
    const notice = first ? {} : { notice: messages.ask.already };
    await replace(interaction, verdictView(asked, attempt, context, { streak, mayBeEasy, ...notice }));
  } else {
    await showRecalled(answered, app, viewer, { send: (view) => replace(interaction, view) });
  }
}
