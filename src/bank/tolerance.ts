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
    const distance = Math.abs(a - b);
    const near = (value: number) => distance <= 3 * allowance(value, tolerance);
    return distance <= 3 * atMost(Math.max(Math.abs(a), Math.abs(b)), tolerance) && (near(a) || near(b));
  }
  if (typeof a === 'number' || typeof b === 'number' || a.length !== b.length) return false;
  return a.every((entry, i) => collides(entry, b[i]!, tolerance));
}

/** A bound on the allowance of any value up to that size, far cheaper than the allowance itself. */
const atMost = (size: number, tolerance: Tolerance = { relative: 1e-3, absolute: 1e-9 }): number =>
  Math.max(
    size * (tolerance.relative ?? 0),
    tolerance.absolute ?? 0,
    tolerance.decimals === undefined ? 0 : 10 ** -tolerance.decimals,
    tolerance.significant === undefined ? 0 : size * 10 ** (1 - tolerance.significant),
    size * 1e-12,
  );
