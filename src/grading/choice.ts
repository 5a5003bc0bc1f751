import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid, outOfRange, scored } from './verdict.ts';

type Choice = Extract<AnswerSpec, { kind: 'choice' }>;

/** The submission is the 0-based index of the option chosen. */
export const gradeChoice = (spec: Choice, submission: Submission): Verdict => {
  if (typeof submission !== 'number') return invalid('type');
  const bounded = spec.options === undefined || submission < spec.options;
  if (!Number.isInteger(submission) || submission < 0 || !bounded) return outOfRange;
  return scored(submission === spec.correct ? 1 : 0);
};
