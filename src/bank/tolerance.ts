import { allowance } from '../grading/tolerance.ts';
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

type Entries = number | readonly Entries[];

/**
 * Whether two values could be taken for one another: everywhere within three tolerances of either. Values of
 * different shapes never can.
 */
export function collides(a: Entries, b: Entries, tolerance: Tolerance | undefined): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    const near = 3 * Math.max(allowance(a, tolerance), allowance(b, tolerance));
    return Math.abs(a - b) <= Math.max(near, 1e-12 * Math.abs(a));
  }
  if (typeof a === 'number' || typeof b === 'number' || a.length !== b.length) return false;
  return a.every((entry, i) => collides(entry, b[i]!, tolerance));
}
