import type { ReadNumber } from './number/number.ts';
import { isCoarse, isNegated, isWithin, nearestMistake, powerOfTen } from './tolerance.ts';
import type { Note, Tolerance } from './types.ts';

interface Pair {
  readonly entry: ReadNumber;
  readonly key: number;
}

/** How many entries are right, and the one note that says most about all of them together. */
export const gradeEntries = (
  pairs: readonly Pair[],
  mistakes: readonly { readonly id: string; readonly value: readonly number[] }[],
  tolerance?: Tolerance,
): { hits: number; notes: readonly Note[] } => {
  const right = pairs.map(({ entry, key }) => isWithin(entry.value, key, tolerance));
  const coarse = pairs.map(({ entry, key }) => isCoarse(entry.value, entry.place, key, tolerance));
  const hits = right.filter(Boolean).length;
  const note = diagnose(pairs, right, coarse, mistakes, tolerance);
  return { hits, notes: note === null ? [] : [note] };
};

const diagnose = (
  pairs: readonly Pair[],
  right: readonly boolean[],
  coarse: readonly boolean[],
  mistakes: readonly { readonly id: string; readonly value: readonly number[] }[],
  tolerance?: Tolerance,
): Note | null => {
  if (right.every(Boolean)) return coarse.some(Boolean) ? { code: 'rounding' } : null;
  const values = pairs.map(({ entry }) => entry.value);
  const keys = pairs.map(({ key }) => key);
  const known = nearestMistake(values, mistakes, tolerance);
  if (known !== null) return known;
  if (right.every((isRight, i) => isRight || coarse[i])) return { code: 'rounding' };
  if (isNegated(values, keys, tolerance)) return { code: 'sign' };
  const exponent = powerOfTen(values, keys, tolerance);
  return exponent === null ? null : { code: 'power-of-ten', exponent };
};
