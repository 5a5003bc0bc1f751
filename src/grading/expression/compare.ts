import type { Compiled, Scope } from './compile.ts';

/** One entry of a formula at one point: its value and a bound on its rounding error; null where it is undefined. */
export type Sample = { readonly value: number; readonly error: number } | null;

/** The samples of one entry, by point. */
export type Samples = readonly Sample[];

/** `undefined`: equal where both are defined, which is not everywhere. `blurred`: hidden by rounding errors. */
export type Comparison = 'same' | 'different' | 'undefined' | 'blurred';

const relative = 1e-9;
/** How many times the bounds on the rounding errors a difference may be. */
const safety = 4;
/** Rounding errors above this share of an entry's scale hide whether two values agree. */
const blur = 1e-5;

const sampleAt = ({ evaluate }: Compiled, point: Scope, entry: number): Sample => {
  point.undefined = false;
  const value = evaluate(point, entry);
  return point.undefined || !Number.isFinite(value) ? null : { value, error: point.error };
};

/** Every entry at every point, by entry; a scalar has one entry. */
export const sampleAll = (compiled: Compiled, points: readonly Scope[]): Samples[] =>
  Array.from({ length: compiled.length ?? 1 }, (_, i) => points.map((point) => sampleAt(compiled, point, i)));

/** As {@link sampleAll}, but each sample is taken when first asked for. */
export const lazySamples = (compiled: Compiled, points: readonly Scope[]) => {
  const taken: Sample[][] = Array.from({ length: compiled.length ?? 1 }, () => []);
  return (entry: number, k: number): Sample => {
    const known = taken[entry]![k];
    if (known !== undefined) return known;
    const sample = sampleAt(compiled, points[k]!, entry);
    taken[entry]![k] = sample;
    return sample;
  };
};

/** The largest value; 1 where it is zero throughout. */
const scaleOf = (samples: Samples): number =>
  Math.max(...samples.map((sample) => Math.abs(sample?.value ?? 0))) || 1;

/**
 * Whether `sign` times what was got is what was wanted, at every point. Two values agree within 1e-9 of the larger
 * and what rounding may have done to both, so that terms that cancel do not refute an identity; where that alone
 * could hide a difference, the point decides nothing. Stops at the first point that refutes.
 */
export const compareEntry = (wanted: Samples, got: (k: number) => Sample, sign: 1 | -1 = 1): Comparison => {
  const visible = blur * scaleOf(wanted);
  let decided = 0;
  let blurred = 0;
  let lost = 0;
  for (const [k, want] of wanted.entries()) {
    // Where the key itself is undefined there is nothing to compare with.
    if (want === null) continue;
    const have = got(k);
    if (have === null) {
      lost += 1;
      continue;
    }
    const noise = safety * (want.error + have.error);
    const allowed = relative * Math.max(Math.abs(want.value), Math.abs(have.value)) + noise;
    if (Math.abs(want.value - sign * have.value) > allowed) return 'different';
    if (noise > visible) blurred += 1;
    else decided += 1;
  }
  if (lost > 0 || decided + blurred === 0) return 'undefined';
  return blurred > decided ? 'blurred' : 'same';
};
