import type { AnyOperation, Field, Locale, Outputs, Step, Value } from '../../compute/index.ts';
import { percent, type Messages } from '../../i18n/index.ts';
import { printInputs } from '../../quiz/compute.ts';
import type { Context } from './context.ts';
import { accent, card, line, picture, text, type Drawing, type View } from './message.ts';
import { stepsPicture, stepsText } from './solution.ts';
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
  { outputs, steps }: { readonly outputs: Outputs; readonly steps: readonly Step[] },
  context: Context,
): View =>
  card(
    accent.right,
    title(operation, context.locale),
    text(
      `**${context.messages.compute.result}**\n\`\`\`\n${Object.entries(outputs)
        .map(([name, value]) => `${name} = ${outputText(value)}`)
        .join('\n')}\n\`\`\``,
    ),
    line(),
    plot(operation, outputs, context),
    text(`**${context.messages.compute.steps}**\n${stepsText(steps, context.locale)}`),
    stepsPicture(steps, context),
  );

/** Outputs that say more as a picture: shares as bars, what changes from step to step as a line. */
const BARS = ['probs', 'weights'];
const LINES = ['loss', 'lrByStep', 'lr'];

function plot(
  { title }: AnyOperation,
  outputs: Outputs,
  { draw, locale, messages }: Context,
): Drawing | undefined {
  const found = Object.entries(outputs).find(
    ([name, value]) => [...BARS, ...LINES].includes(name) && isVector(value) && value.length > 1,
  );
  if (!found) return undefined;
  const [name, value] = found as [string, number[]];
  if (BARS.includes(name)) {
    const bars = value.map((share, index) => ({
      label: `${name}[${index + 1}]`,
      value: share,
      text: percent(share, locale),
    }));
    return picture('plot', draw('bars', { title: title[locale], bars, full: 1 }));
  }
  const points = value.map((y, x) => [x, y] as const);
  return picture(
    'plot',
    draw('line', { title: title[locale], x: messages.compute.step, series: [{ name, points }] }),
  );
}

const isVector = (value: Outputs[string]): value is number[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'number');

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
