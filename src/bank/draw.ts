import type { Step, Text, Value } from '../compute/index.ts';
import type { AnswerSpec, Domain, Submission, Tolerance } from '../grading/types.ts';
import type { Question } from './bank.ts';
import type { Params } from './params.ts';
import { randomOf, shuffled } from './random.ts';
import { isComputed, type Kind } from './schema.ts';
import { type Rejection, type Solution, tryDraw, trySolve } from './solve.ts';
import { specOf } from './spec.ts';
import { renderText } from './template.ts';
import { toleranceOf } from './tolerance.ts';

/**
 * A question with its numbers drawn: the key included, so it never leaves for a view before the answer is stored.
 * Indices (`spec`, `options`, a choice's submission, stored answers) refer to the order of the file; `display` lists
 * them in the order shown.
 */
export interface Variant {
  readonly question: Question;
  readonly seed: number;
  /** JSON: with the seed, all that `instantiate` needs. */
  readonly params: Params;
  readonly prompt: Text;
  readonly hint: Text | undefined;
  /** The options of a choice or multi in file order, each wrong one with why it is wrong; else empty. */
  readonly options: readonly { readonly text: Text; readonly says: Text | undefined }[];
  /** The steps of an order, in the right order; else empty. */
  readonly steps: readonly { readonly id: string; readonly text: Text }[];
  /** `display[position]` is the file index of the option or step shown at that position. */
  readonly display: readonly number[];
  readonly spec: AnswerSpec;
  /** The mistakes that grading may name for these numbers. */
  readonly mistakes: readonly { readonly id: string; readonly value: Value | string; readonly says: Text }[];
  readonly explanation: Text;
  readonly followUps: readonly Text[];
  /** The worked solution with these numbers; empty where nothing is computed. */
  readonly solution: () => readonly Step[];
}

/** What may be shown before a question is answered. It holds no key, and no index that hints at one. */
export interface Asked {
  readonly id: string;
  readonly topic: string;
  readonly kind: Kind;
  readonly level: number;
  readonly prompt: Text;
  /** Shown only when asked for. */
  readonly hint: Text | undefined;
  /** The options or steps in the order shown. Custom ids carry positions in this list, never ids or file indices. */
  readonly choices: readonly Text[];
  readonly tolerance: Tolerance | undefined;
  readonly unit: string | undefined;
  /** The variables a formula may use. */
  readonly variables: Readonly<Record<string, Domain>>;
}

/** No draw of a question was accepted, or stored parameters no longer fit it. */
export class DrawError extends Error {
  override readonly name = 'DrawError';
}

const TRIES = 200;

/**
 * Draws a question's numbers and order: the same for the same question and seed.
 * @throws {DrawError} when none of 200 draws is accepted
 */
export function draw(question: Question, seed: number): Variant {
  const random = randomOf(seed, `${question.id} numbers`);
  let rejection: Rejection | undefined;
  for (let i = 0; i < TRIES; i += 1) {
    const outcome = tryDraw(question, random);
    if (outcome.ok) return variantOf(question, outcome.solution, seed);
    rejection = outcome.rejection;
    if (rejection.code === 'failed') break;
  }
  throw new DrawError(`${question.id}: no draw accepted; the last: ${rejection!.code}, ${rejection!.detail}`);
}

/** Rebuilds the variant that was drawn with these parameters. @throws {DrawError} when they do not fit the question */
export function instantiate(question: Question, params: Params, seed: number): Variant {
  const outcome = trySolve(question, params);
  if (!outcome.ok) throw new DrawError(`${question.id}: ${outcome.rejection.detail}`);
  return variantOf(question, outcome.solution, seed);
}

function variantOf(question: Question, { params, scope, solved, mistakes }: Solution, seed: number): Variant {
  const { content, program } = question;
  const choices = program.choices.map(({ text, says }) => ({
    text: renderText(text, scope),
    says: says && renderText(says, scope),
  }));
  const named = [
    ...mistakes.map(({ mistake, value }) => ({
      id: mistake.id,
      value,
      says: renderText(mistake.says, scope),
    })),
    ...program.formulaMistakes.map(({ id, expression, says }) => ({
      id,
      value: expression,
      says: renderText(says, scope),
    })),
  ];
  return {
    question,
    seed,
    params,
    prompt: renderText(program.prompt, scope),
    hint: program.hint && renderText(program.hint, scope),
    options: content.kind === 'order' ? [] : choices,
    steps: content.kind === 'order' ? content.steps.map(({ id }, i) => ({ id, text: choices[i]!.text })) : [],
    display: displayOf(question, choices.length, seed),
    spec: specOf(content, solved?.value, named),
    mistakes: named,
    explanation: renderText(program.explanation, scope),
    followUps: program.followUps.map((text) => renderText(text, scope)),
    solution: () => (solved && program.answer ? program.answer.explain(solved.input) : []),
  };
}

/** The order shown, by the seed alone. The steps of an order are never shown in the right one. */
function displayOf(question: Question, count: number, seed: number): readonly number[] {
  const random = randomOf(seed, `${question.id} order`);
  const inFile = Array.from({ length: count }, (_, i) => i);
  let display = shuffled(random, inFile);
  while (question.kind === 'order' && display.every((index, position) => index === position)) {
    display = shuffled(random, inFile);
  }
  return display;
}

/** Strips a variant to what a view may show before the answer is stored. */
export const asked = ({ question, prompt, hint, options, steps, display, spec }: Variant): Asked => {
  const { content } = question;
  const texts = [...options, ...steps].map(({ text }) => text);
  return {
    id: question.id,
    topic: question.topic,
    kind: question.kind,
    level: question.level,
    prompt,
    hint,
    choices: display.map((index) => texts[index]!),
    tolerance: isComputed(content) ? toleranceOf(content.answer) : undefined,
    unit: spec.kind === 'numeric' ? spec.unit : undefined,
    variables: spec.kind === 'formula' ? spec.variables : {},
  };
};

/**
 * What was chosen, by position in the order shown, as grading takes it. A position that was never shown becomes an
 * index or id that does not exist, which grading calls invalid.
 */
export function submissionOf(
  { question, steps, display }: Variant,
  positions: readonly number[],
): Submission {
  const indices = positions.map((position) => display[position] ?? -1);
  if (question.kind === 'order') return indices.map((index) => steps[index]?.id ?? '');
  return question.kind === 'choice' ? (indices[0] ?? -1) : indices;
}
