import { fold } from './fold.ts';
import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid, scored } from './verdict.ts';

type Open = Extract<AnswerSpec, { kind: 'open' }>;

const maxLength = 4000;

/** A keyword check: a point is covered if any of its phrases occurs; the score is covered / points. */
export const gradeOpen = (spec: Open, submission: Submission): Verdict => {
  if (typeof submission !== 'string') return invalid('type');
  if (submission.length > maxLength) return invalid('too-long', maxLength);
  const answer = fold(submission);
  if (answer === '') return invalid('empty');
  const covered: number[] = [];
  const missed: number[] = [];
  for (const [i, { phrases }] of spec.rubric.entries()) {
    (phrases.some((phrase) => answer.includes(fold(phrase))) ? covered : missed).push(i);
  }
  return scored(covered.length / spec.rubric.length, [{ code: 'rubric', covered, missed }]);
};
