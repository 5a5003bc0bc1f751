import type { Mistake, Note, Tolerance } from './types.ts';

const defaults: Tolerance = { relative: 1e-3, absolute: 1e-9 };

/** Any field given replaces the defaults. */
const effective = (tolerance: Tolerance | undefined): Tolerance => {
  if (tolerance === undefined) return defaults;
  const { relative, absolute, decimals, significant } = tolerance;
  return (relative ?? absolute ?? decimals ?? significant) === undefined ? defaults : tolerance;
};

/** What float64 loses on the way: makes a boundary inclusive that is inclusive on paper. */
const slack = (a: number, b: number): number => 4 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b));

/** `value` rounded (half away from zero) or truncated to a multiple of 10^place. */
const cut = (value: number, place: number, how: 'round' | 'truncate'): number => {
  // Scaling by a power of ten through the decimal text is exact where a product would not be.
  const scaled = shift(Math.abs(value), -place);
  const whole = how === 'round' ? Math.round(nudge(scaled)) : Math.floor(nudge(scaled));
  return Math.sign(value) * shift(whole, place);
};

const shift = (value: number, places: number): number => {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + places}`);
};

/** 2.4999999999999996 is meant as 2.5. */
const nudge = (value: number): number => value + value * 4 * Number.EPSILON;

/** The place of the leading digit: 0 for 5.8, -1 for 0.58. */
const leadingPlace = (value: number): number => Number(Math.abs(value).toExponential().split('e')[1]);

/** The largest distance from the key that is accepted, inclusive. */
export const allowance = (key: number, tolerance?: Tolerance): number => {
  const { relative = 0, absolute = 0, decimals, significant } = effective(tolerance);
  if (key === 0) return absolute;
  let allowed = Math.max(absolute, relative * Math.abs(key));
  if (decimals !== undefined) allowed = Math.max(allowed, cutDistance(key, -decimals));
  if (significant !== undefined) {
    allowed = Math.max(allowed, cutDistance(key, leadingPlace(key) + 1 - significant));
  }
  return allowed;
};

/** How far the key lies from itself rounded or truncated; at least the noise of a computed key. */
const cutDistance = (key: number, place: number): number =>
  Math.max(
    Math.abs(cut(key, place, 'round') - key),
    Math.abs(cut(key, place, 'truncate') - key),
    1e-12 * Math.abs(key),
  );

export const isWithin = (value: number, key: number, tolerance?: Tolerance): boolean =>
  Math.abs(value - key) <= allowance(key, tolerance) + slack(value, key);

/** The place down to which a tolerance wants digits; null where it does not say. */
const wantedPlace = (key: number, tolerance: Tolerance | undefined): number | null => {
  const { relative, decimals, significant } = effective(tolerance);
  const places: number[] = [];
  if (decimals !== undefined) places.push(-decimals);
  if (significant !== undefined) places.push(leadingPlace(key) + 1 - significant);
  if (relative !== undefined && relative > 0) {
    places.push(leadingPlace(key) + 1 - Math.ceil(-Math.log10(relative) - 1e-9));
  }
  return places.length === 0 ? null : Math.max(...places);
};

/** Whether a literal that ends at `place` is the key rounded or truncated there. */
export const isCut = (value: number, place: number | null, key: number): boolean =>
  place !== null &&
  value !== 0 &&
  (['round', 'truncate'] as const).some(
    (how) => Math.abs(cut(key, place, how) - value) <= 1e-9 * Math.abs(value),
  );

/** Whether it is, with fewer digits than the tolerance asks for, though the key has more. */
export const isCoarse = (
  value: number,
  place: number | null,
  key: number,
  tolerance?: Tolerance,
): boolean => {
  if (place === null || key === 0 || Math.abs(value - key) <= 1e-9 * Math.abs(key)) return false;
  const wanted = wantedPlace(key, tolerance);
  return wanted !== null && place > wanted && isCut(value, place, key);
};

/** The power of ten by which every value is too large, or null. At most twelve either way. */
export const powerOfTen = (
  values: readonly number[],
  keys: readonly number[],
  tolerance?: Tolerance,
): number | null => {
  const i = keys.findIndex((key) => key !== 0);
  if (i < 0 || values.length !== keys.length || !(values[i]! / keys[i]! > 0)) return null;
  const exponent = Math.round(Math.log10(values[i]! / keys[i]!));
  if (exponent === 0 || Math.abs(exponent) > 12) return null;
  const matches = keys.every((key, j) => isWithin(shift(values[j]!, -exponent), key, tolerance));
  return matches ? exponent : null;
};

/** Every value is the key's opposite, and not all are zero. */
export const isNegated = (
  values: readonly number[],
  keys: readonly number[],
  tolerance?: Tolerance,
): boolean =>
  values.length === keys.length &&
  keys.some((key) => key !== 0) &&
  keys.every((key, i) => isWithin(-values[i]!, key, tolerance));

/** The nearest of the known mistakes that all the values agree with. */
export const nearestMistake = (
  values: readonly number[],
  mistakes: readonly Mistake<readonly number[]>[],
  tolerance?: Tolerance,
): Note | null => {
  let best: Note | null = null;
  let bestDistance = Infinity;
  for (const { id, value } of mistakes) {
    if (value.length !== values.length) continue;
    if (!value.every((wrong, i) => isWithin(values[i]!, wrong, tolerance))) continue;
    const distance = Math.max(...value.map((wrong, i) => Math.abs(values[i]! - wrong)));
    if (distance < bestDistance) {
      best = { code: 'mistake', id };
      bestDistance = distance;
    }
  }
  return best;
};
