import type { AnyOperation, Field, Locale, Outputs, Value } from '../../compute/index.ts';
import type { Messages } from '../../i18n/index.ts';
import { printInputs } from '../../quiz/compute.ts';
import { accent, card, line, text, type View } from './message.ts';
import { stepsText } from './solution.ts';
import { heading } from './text.ts';

const title = (operation: AnyOperation, locale: Locale) =>
  text(heading(`${operation.title[locale]} · \`${operation.name}\``));

/** What an operation takes, with an example to copy. `fault` says what was wrong with the last try. */
export const formView = (
  operation: AnyOperation,
  locale: Locale,
  { compute }: Messages,
  fault?: string,
): View =>
  card(
    fault === undefined ? accent.neutral : accent.partial,
    title(operation, locale),
    fault !== undefined && text(`⚠️ ${fault}`),
    text(`**${compute.form}**\n${operation.form.map(fieldLine).join('\n')}`),
    text(
      `**${compute.example}**\n\`\`\`\n${printInputs(operation.form, operation.example)}\n\`\`\`\n${compute.howTo}`,
    ),
  );

const fieldLine = ({ name, kind, dims, options, nullable }: Field): string => {
  const shape = dims.filter((dim) => dim !== '').map((dim) => `[${dim}]`);
  const what = options.length > 0 ? options.join(' | ') : kind;
  return `- \`${name}${shape.join('')}\` ${what}${nullable ? ' | null' : ''}`;
};

/** An operation run with the learner's inputs: every output, and the steps that lead there. */
export const resultView = (
  operation: AnyOperation,
  { outputs, steps }: { outputs: Outputs; steps: Parameters<typeof stepsText>[0] },
  locale: Locale,
  { compute }: Messages,
): View =>
  card(
    accent.right,
    title(operation, locale),
    text(
      `**${compute.result}**\n\`\`\`\n${Object.entries(outputs)
        .map(([name, value]) => `${name} = ${outputText(value)}`)
        .join('\n')}\n\`\`\``,
    ),
    line(),
    text(`**${compute.steps}**\n${stepsText(steps, locale)}`),
  );

const outputText = (value: Outputs[string]): string =>
  value === null || typeof value === 'string' || typeof value === 'boolean'
    ? String(value)
    : valueText(value);

/** A value as text, to six significant digits. */
function valueText(value: Value): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  const parts = value.map((part: number | number[]) => valueText(part));
  return `[${parts.join(value.some(Array.isArray) ? '; ' : ', ')}]`;
}
