import * as fc from 'fast-check';
import { expect } from 'vitest';

type Matrix = readonly (readonly number[])[];

/** Central differences of a scalar function of a vector. */
export const derivative = (f: (x: number[]) => number, x: readonly number[]): number[] =>
  x.map((value, i) => {
    const h = 1e-5 * Math.max(1, Math.abs(value));
    const at = (shift: number) => f(x.map((v, j) => (j === i ? v + shift : v)));
    return (at(h) - at(-h)) / (2 * h);
  });

/** Central differences of a scalar function of a matrix, in the matrix's shape. */
export const derivativeByMatrix = (f: (x: number[][]) => number, x: Matrix): number[][] => {
  const width = x[0]!.length;
  const rows = (flat: readonly number[]) => x.map((_, i) => flat.slice(i * width, (i + 1) * width));
  return rows(derivative((flat) => f(rows(flat)), x.flat()));
};

const ANALYTIC = 1e-9;
const NUMERICAL = 2e-6;

/** Whether every entry lies within `tolerance` times max(1, |want|). */
const agree = (got: unknown, want: unknown, tolerance: number) => {
  const [a, b] = [[got], [want]].map((value) => value.flat(4) as number[]);
  const close = (value: number, i: number) =>
    a![i] === value || Math.abs(a![i]! - value) <= tolerance * Math.max(1, Math.abs(value));
  return {
    pass: a!.length === b!.length && b!.every(close),
    message: () => `${JSON.stringify(got)} is not within ${tolerance} of ${JSON.stringify(want)}`,
  };
};

expect.extend({
  toAgreeWith: (got: unknown, want: unknown, tolerance = ANALYTIC) => agree(got, want, tolerance),
  toBeGradient: (got: unknown, want: unknown) => agree(got, want, NUMERICAL),
});

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Every entry agrees to 1e-9, or `tolerance`, times max(1, |want|); nested lists are compared entry by entry. */
    toAgreeWith(want: unknown, tolerance?: number): R;
    /** An analytic gradient agrees with the numerical one. */
    toBeGradient(want: unknown): R;
  }
}

export const real = (max = 3) => fc.double({ min: -max, max, noNaN: true });
export const positive = (min = 0.1, max = 3) => fc.double({ min, max, noNaN: true });
export const vector = (n: number, of: fc.Arbitrary<number> = real()) =>
  fc.array(of, { minLength: n, maxLength: n });
export const matrix = (m: number, n: number, of: fc.Arbitrary<number> = real()) =>
  fc.array(vector(n, of), { minLength: m, maxLength: m });
export const size = (min = 1, max = 5) => fc.integer({ min, max });

export const distribution = (n: number) =>
  vector(n, positive(0.01, 1)).map((weights) => {
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / total);
  });

export const dot = (a: Matrix, b: Matrix): number =>
  a.flat().reduce((total, value, i) => total + value * b.flat()[i]!, 0);
