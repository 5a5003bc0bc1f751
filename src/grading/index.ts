import { gradeChoice } from './choice.ts';
import { gradeFormula } from './formula.ts';
import { gradeMatrix } from './matrix.ts';
import { gradeMulti } from './multi.ts';
import { readWhole } from './number/number.ts';
import { gradeNumeric } from './numeric.ts';
import { gradeOpen } from './open.ts';
import { gradeOrder } from './order.ts';
import { gradeShort } from './short.ts';
import type { AnswerSpec, Reading, Submission, Verdict } from './types.ts';
import { gradeVector } from './vector.ts';

export { ambiguousReasons, type Reason, unreadableReasons } from './reasons.ts';
export type * from './types.ts';

/** Grades one submission. Pure; whatever is submitted, it answers with a verdict and never throws. */
export const grade = (spec: AnswerSpec, submission: Submission): Verdict => {
  switch (spec.kind) {
    case 'choice':
      return gradeChoice(spec, submission);
    case 'multi':
      return gradeMulti(spec, submission);
    case 'numeric':
      return gradeNumeric(spec, submission);
    case 'vector':
      return gradeVector(spec, submission);
    case 'matrix':
      return gradeMatrix(spec, submission);
    case 'formula':
      return gradeFormula(spec, submission);
    case 'order':
      return gradeOrder(spec, submission);
    case 'short':
      return gradeShort(spec, submission);
    default:
      return gradeOpen(spec, submission);
  }
};

/** Reads one number as people type it; a refusal carries a reason and the offset in `text` where it arose. */
export const readNumber = (text: string): Reading => {
  const read = readWhole(text);
  return read.ok ? { ok: true, value: read.value, text: read.text } : read;
};
