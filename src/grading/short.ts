import { fold } from './fold.ts';
import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid, scored } from './verdict.ts';

type Short = Extract<AnswerSpec, { kind: 'short' }>;

const maxLength = 1000;

/** Right if the submission equals any accepted wording after folding. */
export const gradeShort = (spec: Short, submission: Submission): Verdict => {
  if (typeof submission !== 'string') return invalid('type');
  if (submission.length > maxLength) return invalid('too-long', maxLength);
  const answer = fold(submission);
  if (answer === '') return invalid('empty');
  const wordings = 'text' in spec.accept ? spec.accept.text : spec.accept.flatMap(({ text }) => text);
  return scored(wordings.some((wording) => fold(wording) === answer) ? 1 : 0);
};
