import type { Locale, Step } from '../../compute/index.ts';
import { latexToText } from '../../figures/text.ts';
import type { Messages } from '../../i18n/index.ts';
import { accent, card, text, type View } from './message.ts';
import { heading } from './text.ts';

/** The worked solution with the learner's own numbers, step by step. */
export const solutionView = (steps: readonly Step[], locale: Locale, { verdict }: Messages): View =>
  card(accent.neutral, text(heading(verdict.solutionTitle)), text(stepsText(steps, locale)));

/** Steps as a numbered list, each with its formula as text. */
export const stepsText = (steps: readonly Step[], locale: Locale): string =>
  steps
    .map(
      ({ caption, latex }, index) =>
        `${index + 1}. ${caption[locale]}\n\`\`\`\n${latexToText(latex).replaceAll('`', "'")}\n\`\`\``,
    )
    .join('\n');
