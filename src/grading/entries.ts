import type { ReadNumber } from './number/number.ts';
import { isCoarse, isCut, isNegated, isWithin, nearestMistake, powerOfTen } from './tolerance.ts';
import type { Mistake, Note, Tolerance } from './types.ts';

interface Pair {
  readonly entry: ReadNumber;
  readonly key: number;
}

/** How many entries are right, and the one note that says most about all of them together. */
export const gradeEntries = (
  pairs: readonly Pair[],
  mistakes: readonly Mistake<readonly number[]>[],
  tolerance?: Tolerance,
): { hits: number; notes: readonly Note[] } => {
  const right = pairs.map(({ entry, key }) => isWithin(entry.value, key, tolerance));
  const note = diagnose(pairs, right, mistakes, tolerance);
  return { hits: right.filter(Boolean).length, notes: note === null ? [] : [note] };
};

const diagnose = (
  pairs: readonly Pair[],
  right: readonly boolean[],
  mistakes: readonly Mistake<readonly number[]>[],
  tolerance?: Tolerance,
): Note | null => {
  if (right.every(Boolean)) {
    const coarse = pairs.some(({ entry, key }) => isCoarse(entry.value, entry.place, key, tolerance));
    return coarse ? { code: 'rounding' } : null;
  }
  const values = pairs.map(({ entry }) => entry.value);
  const keys = pairs.map(({ key }) => key);
  const known = nearestMistake(values, mistakes, tolerance);
  if (known !== null) return known;
  const onlyCut = pairs.every(({ entry, key }, i) => right[i] || isCut(entry.value, entry.place, key));
  if (onlyCut) return { code: 'rounding' };
  if (isNegated(values, keys, tolerance)) return { code: 'sign' };
  const exponent = powerOfTen(values, keys, tolerance);
  return exponent === null ? null : { code: 'power-of-ten', exponent };
};
