import { type ReadNumber, readWhole } from './number/number.ts';
import { isCoarse, isCut, isNegated, isWithin, nearestMistake, powerOfTen } from './tolerance.ts';
import type { AnswerSpec, Note, Submission, Verdict } from './types.ts';
import { readQuantity } from './number/unit.ts';
import { invalid, scored } from './verdict.ts';

type Numeric = Extract<AnswerSpec, { kind: 'numeric' }>;

/** The submission is a number as typed; `unit` of the key may follow it, or one that converts to it. */
export const gradeNumeric = (spec: Numeric, submission: Submission): Verdict => {
  if (typeof submission !== 'string') return invalid('type');
  const read = spec.unit === undefined ? readWhole(submission) : readQuantity(submission, spec.unit);
  if (!read.ok) return invalid(read.code, read.at);
  const { value: key, tolerance } = spec;
  if (isWithin(read.value, key, tolerance)) {
    const coarse = isCoarse(read.value, read.place, key, tolerance);
    return scored(1, coarse ? [{ code: 'rounding' }] : [], read.text);
  }
  const note = diagnose(spec, read);
  return scored(0, note === null ? [] : [note], read.text);
};

/** One note, the most telling: a known mistake, too few digits, the sign, a power of ten. */
const diagnose = (spec: Numeric, { value, place }: ReadNumber): Note | null => {
  const { value: key, tolerance, mistakes = [] } = spec;
  const known = nearestMistake(
    [value],
    mistakes.map((mistake) => ({ id: mistake.id, value: [mistake.value] })),
    tolerance,
  );
  if (known !== null) return known;
  if (isCut(value, place, key)) return { code: 'rounding' };
  if (isNegated([value], [key], tolerance)) return { code: 'sign' };
  const exponent = powerOfTen([value], [key], tolerance);
  return exponent === null ? null : { code: 'power-of-ten', exponent };
};
