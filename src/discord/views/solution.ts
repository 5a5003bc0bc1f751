import type { Locale, Step } from '../../compute/index.ts';
import { latexToText } from '../../figures/text.ts';
import type { Context } from './context.ts';
import { accent, card, picture, text, type Drawing, type View } from './message.ts';
import { heading } from './text.ts';

/** The worked solution with the learner's own numbers, step by step. */
export const solutionView = (steps: readonly Step[], context: Context): View =>
  card(
    accent.neutral,
    text(heading(context.messages.verdict.solutionTitle)),
    text(stepsText(steps, context.locale)),
    stepsPicture(steps, context),
  );

/** Steps as a numbered list, each with its formula as text. */
export const stepsText = (steps: readonly Step[], locale: Locale): string =>
  steps
    .map(
      ({ caption, latex }, index) =>
        `${index + 1}. ${caption[locale]}\n\`\`\`\n${latexToText(latex).replaceAll('`', "'")}\n\`\`\``,
    )
    .join('\n');

/** The same steps as on a board. */
export const stepsPicture = (steps: readonly Step[], { draw, locale }: Context): Drawing =>
  picture(
    'steps',
    draw('question', {
      text: steps
        .map(({ caption, latex }, index) => `${index + 1}. ${caption[locale]}\n\n$$${latex}$$`)
        .join('\n\n'),
    }),
  );
