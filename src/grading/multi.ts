import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid, outOfRange, scored } from './verdict.ts';

type Multi = Extract<AnswerSpec, { kind: 'multi' }>;

/** The submission lists 0-based indices; the score is max(0, (hits - false) / correct). A repeated index counts once. */
export const gradeMulti = (spec: Multi, submission: Submission): Verdict => {
  if (!Array.isArray(submission)) return invalid('type');
  const entries: readonly unknown[] = submission;
  if (entries.length === 0) return invalid('empty');
  const chosen = new Set<number>();
  for (const index of entries) {
    if (typeof index !== 'number') return invalid('type');
    if (!Number.isInteger(index) || index < 0 || index >= spec.options) return outOfRange;
    chosen.add(index);
  }
  const correct = new Set(spec.correct);
  const hits = [...chosen].filter((index) => correct.has(index)).length;
  return scored(Math.max(0, (hits - (chosen.size - hits)) / correct.size));
};
