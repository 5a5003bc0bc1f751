import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid } from './verdict.ts';

type Formula = Extract<AnswerSpec, { kind: 'formula' }>;

/** Formulas are not read yet: every submission is invalid. */
export const gradeFormula = (_spec: Formula, submission: Submission): Verdict =>
  invalid(typeof submission === 'string' ? 'syntax' : 'type');
