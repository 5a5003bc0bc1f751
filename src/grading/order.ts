import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid, scored } from './verdict.ts';

type Order = Extract<AnswerSpec, { kind: 'order' }>;

/**
 * The submission is a permutation of the step ids; the score is max(0, 1 - d / length) with d the Levenshtein
 * distance over the sequence. `position` of the note is 0-based, its `step` the id that stands there wrongly.
 */
export const gradeOrder = (spec: Order, submission: Submission): Verdict => {
  if (!Array.isArray(submission)) return invalid('type');
  const steps: readonly unknown[] = submission;
  if (steps.length === 0) return invalid('empty');
  const given = new Set(steps);
  const isPermutation = steps.length === spec.correct.length && spec.correct.every((step) => given.has(step));
  if (!isPermutation) return invalid('steps');
  const order = steps as readonly string[];
  const position = order.findIndex((step, i) => step !== spec.correct[i]);
  if (position < 0) return scored(1);
  const score = Math.max(0, 1 - levenshtein(order, spec.correct) / spec.correct.length);
  return scored(score, [{ code: 'misplaced', step: order[position]!, position }]);
};

const levenshtein = (a: readonly string[], b: readonly string[]): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, x] of a.entries()) {
    const row = [i + 1];
    for (const [j, y] of b.entries()) {
      row.push(Math.min(previous[j + 1]! + 1, row[j]! + 1, previous[j]! + (x === y ? 0 : 1)));
    }
    previous = row;
  }
  return previous[b.length]!;
};
