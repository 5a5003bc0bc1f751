import type { Tolerance } from '../grading/types.ts';
import type { Computed } from './schema.ts';

/** The tolerance a question states; undefined for grading's own. */
export function toleranceOf({
  decimals,
  significant,
  relative,
  absolute,
}: Computed['answer']): Tolerance | undefined {
  const stated = {
    ...(decimals === undefined ? {} : { decimals }),
    ...(significant === undefined ? {} : { significant }),
    ...(relative === undefined ? {} : { relative }),
    ...(absolute === undefined ? {} : { absolute }),
  };
  return Object.keys(stated).length > 0 ? stated : undefined;
}

/**
 * How far from `value` an answer is still accepted: the larger of relative * |value| and absolute, or the distance to
 * the value rounded or truncated at the stated digit. 0 for a whole number asked for without decimals.
 */
export function reach(value: number, tolerance: Tolerance | undefined): number {
  const { relative, absolute, decimals, significant } = tolerance ?? { relative: 1e-3, absolute: 1e-9 };
  const size = Math.abs(value);
  const reaches = [size * (relative ?? 0), absolute ?? 0];
  if (decimals !== undefined) reaches.push(cut(size, decimals));
  if (significant !== undefined && size > 0) {
    reaches.push(cut(size, significant - 1 - Math.floor(Math.log10(size))));
  }
  return Math.max(...reaches);
}

/** The distance from a size to itself rounded or truncated at a decimal, whichever is farther. */
const cut = (size: number, decimals: number): number => {
  const unit = 10 ** -decimals;
  const shifted = Number((size / unit).toPrecision(14));
  const below = shifted - Math.floor(shifted);
  return Math.max(below, below >= 0.5 ? 1 - below : 0) * unit;
};

type Entries = number | readonly Entries[];

/**
 * Whether two values could be taken for one another: everywhere within three tolerances of either. Values of
 * different shapes never can.
 */
export function collides(a: Entries, b: Entries, tolerance: Tolerance | undefined): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    const near = 3 * Math.max(reach(a, tolerance), reach(b, tolerance));
    return Math.abs(a - b) <= Math.max(near, 1e-12 * Math.abs(a));
  }
  if (typeof a === 'number' || typeof b === 'number' || a.length !== b.length) return false;
  return a.every((entry, i) => collides(entry, b[i]!, tolerance));
}
