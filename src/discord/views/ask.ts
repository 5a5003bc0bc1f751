import { ComponentType, type APIComponentInContainer } from 'discord.js';
import { asked as shownOf, type Asked as Shown } from '../../bank/index.ts';
import type { Locale } from '../../compute/index.ts';
import type { Tolerance } from '../../grading/index.ts';
import type { Messages } from '../../i18n/index.ts';
import type { Asked } from '../../quiz/ask.ts';
import type { AskRow } from '../../storage/schema.ts';
import { customId } from '../custom-id.ts';
import type { Context } from './context.ts';
import { accent, buttons, card, clip, line, text, type Button, type View } from './message.ts';
import { displayFormulas } from './formulas.ts';
import { inDiscord, plain, small, traits } from './text.ts';

export const LETTERS = 'ABCDEFGHIJ';

/**
 * A question with the means to answer it.
 * @param chosen the steps of an ordering pressed so far, as positions on display
 * @param notice a sentence above the question
 */
export function askView(
  asked: Asked,
  context: Context,
  { chosen = [], notice }: { chosen?: readonly number[]; notice?: string | undefined } = {},
): View {
  const { epoch, locale, messages, askConfidence } = context;
  const { ask } = asked;
  const shown = shownOf(asked.variant);
  const own = Object.keys(asked.variant.params).length > 0;
  return card(
    accent.neutral,
    notice !== undefined && text(notice),
    text(traits(shown, epoch.bank, locale, messages)),
    text(inDiscord(shown.prompt, locale)),
    ...displayFormulas(shown.prompt[locale], context),
    shown.choices.length > 0 && text(listed(shown, locale)),
    line(),
    text(formLines(shown, own, messages).map(small).join('\n')),
    ask.hinted === 1 && shown.hint && text(`**${messages.ask.hintIs}** ${inDiscord(shown.hint, locale)}`),
    ...means(ask, askConfidence, shown, locale, messages, chosen),
  );
}

/** The options of a choice, or the steps of an ordering, in the learner's own order. */
const listed = ({ choices }: Shown, locale: Locale): string =>
  choices.map((choice, position) => `**${LETTERS[position]}.** ${inDiscord(choice, locale)}`).join('\n');

/** What grading allows where a question says nothing. */
const USUAL: Tolerance = { relative: 1e-3 };

const isComputed = (kind: Shown['kind']): boolean => ['numeric', 'vector', 'matrix'].includes(kind);

/** What form of answer is wanted, how exact, and with which names. */
function formLines(
  { kind, tolerance, unit, variables }: Shown,
  own: boolean,
  { ask, list }: Messages,
): string[] {
  const names = Object.keys(variables);
  return [
    ask.forms[kind],
    isComputed(kind) && toleranceText(tolerance ?? USUAL, ask),
    unit !== undefined && ask.unit(unit),
    names.length > 0 && ask.variables(list(names.map((name) => `\`${name}\``))),
    own && ask.yourNumbers,
  ].filter((part) => typeof part === 'string');
}

function toleranceText(
  { decimals, significant, relative, absolute }: Tolerance,
  { tolerance }: Messages['ask'],
): string | undefined {
  if (decimals !== undefined) return tolerance.decimals(decimals);
  if (significant !== undefined) return tolerance.significant(significant);
  if (relative !== undefined) return tolerance.within(`${relative * 100}%`);
  return absolute === undefined ? undefined : tolerance.within(`±${absolute}`);
}

function means(
  { id, hinted, confidence }: AskRow,
  askConfidence: boolean,
  shown: Shown,
  locale: Locale,
  messages: Messages,
  chosen: readonly number[],
): APIComponentInContainer[] {
  const aside: (Button | false)[] = [
    shown.hint !== undefined && hinted === 0 && { id: customId('hint', id), label: messages.ask.hint },
    askConfidence && { id: customId('claim', id), label: messages.ask.confidence[confidence ?? 'none'] },
  ];
  switch (shown.kind) {
    case 'choice':
      return [...buttons(...letters(id, shown)), ...buttons(...aside)];
    case 'multi':
      return [selectOptions(id, shown, locale, messages), ...buttons(...aside)];
    case 'order':
      return orderMeans(id, shown, messages, chosen, aside);
    default:
      return buttons({ id: customId('type', id), label: messages.ask.type, style: 'primary' }, ...aside);
  }
}

const letters = (askId: string, { choices }: Shown): Button[] =>
  choices.map((_, position) => ({
    id: customId('pick', askId, position),
    label: LETTERS[position]!,
    style: 'primary',
  }));

const selectOptions = (
  askId: string,
  { choices }: Shown,
  locale: Locale,
  messages: Messages,
): APIComponentInContainer => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.StringSelect,
      custom_id: customId('multi', askId),
      placeholder: messages.ask.pickSome,
      min_values: 1,
      max_values: choices.length,
      options: choices.map((choice, position) => ({
        label: clip(`${LETTERS[position]}. ${plain(inDiscord(choice, locale))}`, 100),
        value: String(position),
      })),
    },
  ],
});

/** A button for each step; those pressed so far are in the custom id, so that nothing is lost by a restart. */
function orderMeans(
  askId: string,
  { choices }: Shown,
  messages: Messages,
  chosen: readonly number[],
  aside: readonly (Button | false)[],
): APIComponentInContainer[] {
  const soFar = chosen.map((position) => LETTERS[position]).join(' → ');
  const steps = choices.map((_, position): Button => ({
    id: customId('order', askId, [...chosen, position].join('')),
    label: LETTERS[position]!,
    style: chosen.includes(position) ? 'secondary' : 'primary',
    disabled: chosen.includes(position),
  }));
  const undo: Button | false = chosen.length > 0 && {
    id: customId('undo', askId, chosen.slice(0, -1).join('')),
    label: messages.ask.undo,
    style: 'danger',
  };
  return [
    ...(soFar === '' ? [] : [text(messages.ask.chosenSoFar(soFar))]),
    ...buttons(...steps),
    ...buttons(undo, ...aside),
  ];
}
