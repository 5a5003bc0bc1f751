import { printAnswer } from '../../bank/index.ts';
import type { Locale, Value } from '../../compute/index.ts';
import type { Note, Verdict } from '../../grading/index.ts';
import type { Messages } from '../../i18n/index.ts';
import type { Asked } from '../../quiz/ask.ts';
import type { AttemptRow } from '../../storage/schema.ts';
import { customId } from '../custom-id.ts';
import { LETTERS } from './ask.ts';
import type { Context } from './context.ts';
import { accent, buttons, card, clip, escape, line, text, type Block, type View } from './message.ts';
import { heading, inDiscord, small, traits } from './text.ts';

const colors = { correct: accent.right, partial: accent.partial, wrong: accent.wrong };
const marks = { correct: '✅', partial: '🟡', wrong: '❌' };

interface Aside {
  /** A sentence above everything. */
  readonly notice?: string;
  /** The learner's streak, where this answer extended it. */
  readonly streak?: number | undefined;
  /** Whether the learner may still call it easy. */
  readonly mayBeEasy?: boolean;
  /** Whether the learner has given their own verdict on an open answer. */
  readonly settled?: boolean;
}

/** How an answer was graded, and why: the question, the outcome, the mistake by name, the key and the explanation. */
export function verdictView(asked: Asked, attempt: AttemptRow, context: Context, aside: Aside = {}): View {
  const { question, variant } = asked;
  const { epoch, locale, messages } = context;
  const { verdict } = messages;
  const notes = JSON.parse(attempt.notes) as Note[];
  const chosen = JSON.parse(attempt.submission) as unknown;
  const followUps = variant.followUps.map((item) => `- ${inDiscord(item, locale)}`);
  return card(
    colors[attempt.outcome],
    aside.notice !== undefined && text(aside.notice),
    text(heading(`${marks[attempt.outcome]} ${messages.outcomes[attempt.outcome]}`)),
    summary(attempt, messages, aside.streak),
    text(small(traits(question, epoch.bank, locale, messages))),
    text(inDiscord(variant.prompt, locale)),
    line(),
    text(answers(asked, attempt, chosen, locale, messages)),
    ...wrongOptions(asked, chosen, locale, messages),
    why(asked, attempt, notes, locale, messages),
    ...rubric(asked, notes, locale, messages),
    ...(attempt.kind === 'open' && aside.settled !== true ? ownVerdict(attempt, messages) : []),
    text(`**${verdict.explanation}**\n${inDiscord(variant.explanation, locale)}`),
    followUps.length > 0 && text(`**${verdict.followUps}**\n${followUps.join('\n')}`),
    text(small(verdict.sources(question.content.sources.map(escape).join('; ')))),
    ...next(asked, attempt, messages),
    ...buttons(
      attempt.mode === 'daily' &&
        attempt.late === 0 && { id: customId('share', attempt.ask_id), label: verdict.share },
      aside.mayBeEasy === true && { id: customId('easy', attempt.ask_id), label: verdict.easy },
      { id: customId('report', attempt.ask_id), label: verdict.report },
    ),
  );
}

const next = ({ ask, question, variant }: Asked, attempt: AttemptRow, { review, verdict }: Messages) =>
  buttons(
    variant.solution().length > 0 && { id: customId('solution', attempt.ask_id), label: verdict.solution },
    { id: customId('explain', question.topic), label: verdict.topic },
    {
      id: customId('another', attempt.ask_id),
      label: ask.mode === 'review' ? review.next : verdict.another,
      style: 'primary',
    },
  );

/** What the learner answered and, unless that says it already, the key. */
function answers(
  asked: Asked,
  attempt: AttemptRow,
  chosen: unknown,
  locale: Locale,
  messages: Messages,
): string {
  const own = yours(asked, attempt, chosen, locale, messages);
  const said = attempt.kind === 'open' || (attempt.outcome === 'correct' && attempt.reading === null);
  return said ? own : `${own}\n${messages.verdict.key(keyText(asked, locale))}`;
}

function why(
  asked: Asked,
  { outcome }: AttemptRow,
  notes: readonly Note[],
  locale: Locale,
  messages: Messages,
): Block {
  const said = notes
    .map((note) => noteText(note, asked, locale, messages))
    .filter((part) => part !== undefined);
  if (said.length === 0) return undefined;
  return text(
    outcome === 'correct' ? said.join('\n') : `**${messages.verdict.whyWrong}**\n${said.join('\n')}`,
  );
}

const ownVerdict = (attempt: AttemptRow, { verdict }: Messages): Block[] => [
  text(verdict.selfRate),
  ...buttons(
    ...(['correct', 'partial', 'wrong'] as const).map((outcome) => ({
      id: customId('rate', attempt.ask_id, outcome),
      label: verdict.selfRates[outcome],
      style: outcome === attempt.outcome ? ('primary' as const) : ('secondary' as const),
    })),
  ),
];

function summary(attempt: AttemptRow, messages: Messages, streak: number | undefined): Block {
  const { verdict } = messages;
  const earned = attempt.points > 0 ? `**${verdict.points(attempt.points)}**` : noPoints(attempt, messages);
  const parts = [
    earned,
    attempt.outcome === 'partial' && verdict.score(attempt.score.toFixed(2)),
    streak !== undefined && `🔥 ${verdict.streak(streak)}`,
  ];
  const said = parts.filter((part) => typeof part === 'string');
  return said.length > 0 && text(said.join(' · '));
}

function noPoints(attempt: AttemptRow, { verdict }: Messages): string | undefined {
  if (attempt.late === 1) return verdict.noPoints.late;
  if (attempt.kind === 'open') return verdict.noPoints.open;
  return attempt.score > 0 ? verdict.noPoints.repeat : undefined;
}

function yours(
  asked: Asked,
  attempt: AttemptRow,
  chosen: unknown,
  locale: Locale,
  messages: Messages,
): string {
  const { verdict } = messages;
  if (attempt.reading !== null) return verdict.reading(escape(attempt.reading));
  return verdict.yours(submissionText(asked, chosen, locale));
}

function submissionText({ variant }: Asked, chosen: unknown, locale: Locale): string {
  if (typeof chosen === 'number') return optionText(variant, chosen, locale);
  if (!Array.isArray(chosen)) return escape(clip(String(chosen), 500));
  return chosen
    .map((item) => (typeof item === 'number' ? letterOf(variant, item) : stepLetter(variant, String(item))))
    .join(' ');
}

const letterOf = (variant: Asked['variant'], index: number): string =>
  LETTERS[variant.display.indexOf(index)] ?? '?';

const stepLetter = (variant: Asked['variant'], id: string): string =>
  letterOf(
    variant,
    variant.steps.findIndex((step) => step.id === id),
  );

const optionText = (variant: Asked['variant'], index: number, locale: Locale): string =>
  `**${letterOf(variant, index)}.** ${inDiscord(variant.options[index]!.text, locale)}`;

/** The right answer as a person would write it. */
export function keyText({ variant }: Asked, locale: Locale): string {
  const { spec } = variant;
  switch (spec.kind) {
    case 'choice':
      return optionText(variant, spec.correct, locale);
    case 'multi':
      return spec.correct
        .map((index) => letterOf(variant, index))
        .toSorted()
        .join(' ');
    case 'numeric':
    case 'vector':
    case 'matrix':
      return `**${printAnswer(spec.value as Value, spec.tolerance)}**${'unit' in spec && spec.unit !== undefined ? ` ${spec.unit}` : ''}`;
    case 'formula':
      return `\`${spec.expression}\``;
    case 'order':
      return spec.correct.map((id) => stepLetter(variant, id)).join(' → ');
    case 'short':
      return escape(('text' in spec.accept ? spec.accept : spec.accept[0]!).text[0] ?? '');
    case 'open':
      return '';
  }
}

/** Whether an option (by its index in the file) belongs to the key. */
export const isRight = ({ spec }: Asked['variant'], index: number): boolean =>
  (spec.kind === 'choice' && spec.correct === index) ||
  (spec.kind === 'multi' && spec.correct.includes(index));

/** Why each wrong option that was chosen is wrong. */
function wrongOptions({ variant }: Asked, chosen: unknown, locale: Locale, messages: Messages): Block[] {
  const indices = Array.isArray(chosen) ? chosen : [chosen];
  const says = indices
    .filter((index): index is number => typeof index === 'number')
    .flatMap((index) => {
      const says = isRight(variant, index) ? undefined : variant.options[index]?.says;
      return says ? [`**${letterOf(variant, index)}.** ${inDiscord(says, locale)}`] : [];
    });
  return says.length > 0 ? [text(`**${messages.verdict.whyWrong}**\n${says.join('\n')}`)] : [];
}

function rubric({ variant }: Asked, notes: readonly Note[], locale: Locale, { verdict }: Messages): Block[] {
  const note = notes.find(({ code }) => code === 'rubric');
  const { spec } = variant;
  if (note?.code !== 'rubric' || spec.kind !== 'open') return [];
  const points = (indices: readonly number[]) =>
    indices.map((index) => `- ${inDiscord(spec.rubric[index]!.point, locale)}`).join('\n');
  return [
    note.covered.length > 0 && text(`**${verdict.covered}**\n${points(note.covered)}`),
    note.missed.length > 0 && text(`**${verdict.missed}**\n${points(note.missed)}`),
    text(small(verdict.keywordCheck)),
  ];
}

/** What a note teaches, in the reader's language; undefined for those shown elsewhere. */
export function noteText(
  note: Note,
  { variant }: Asked,
  locale: Locale,
  { notes }: Messages,
): string | undefined {
  switch (note.code) {
    case 'mistake': {
      const says = variant.mistakes.find(({ id }) => id === note.id)?.says;
      return says && inDiscord(says, locale);
    }
    case 'rounding':
      return notes.rounding;
    case 'sign':
      return notes.sign;
    case 'power-of-ten':
      return notes.powerOfTen(note.exponent);
    case 'length':
      return notes.length(note.got, note.want);
    case 'shape':
      return notes.shape(note.got.join('×'), note.want.join('×'));
    case 'domain':
      return notes.domain;
    case 'misplaced': {
      const step = variant.steps.find(({ id }) => id === note.step);
      return notes.misplaced(step ? inDiscord(step.text, locale) : note.step, note.position);
    }
    case 'empty':
      return notes.empty;
    case 'out-of-range':
      return notes.outOfRange;
    case 'ambiguous':
      return `${notes.reasons[note.reason]} ${notes.at(note.at + 1)}`;
    case 'unreadable': {
      const allowed = note.allowed?.map((name) => `\`${name}\``).join(' ');
      return [notes.reasons[note.reason], notes.at(note.at + 1), allowed && notes.allowed(allowed)]
        .filter((part) => typeof part === 'string')
        .join(' ');
    }
    case 'rubric':
      return undefined;
  }
}

/** What could not be read, why, and a way to mend it: the attempt is not used. */
export function invalidNotice(
  asked: Asked,
  verdict: Verdict,
  typed: string,
  locale: Locale,
  messages: Messages,
): string {
  const why = verdict.notes
    .map((note) => noteText(note, asked, locale, messages))
    .filter((part) => part !== undefined);
  return [
    `⚠️ **${messages.invalid.title}**`,
    typed !== '' && messages.invalid.typed(escape(clip(typed, 200))),
    ...why,
  ]
    .filter((part) => typeof part === 'string')
    .join('\n');
}
