import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { real } from './numeric.ts';

const { clipGradNorm, clipGradValue } = operations;

const grads = fc.array(fc.array(real(100), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
// Squares of what is below 1e-154 lose their digits.
const norm = (tensors: readonly (readonly number[])[]) => Math.hypot(...tensors.flat());
/** Limits that a factor can meet: near 5e-324 float64 has few digits left, and a product may round up by half of it. */
const limit = fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 50, noNaN: true }));

describe('clipGradNorm', () => {
  test('never lengthens, never exceeds the limit, keeps the direction', () => {
    fc.assert(
      fc.property(grads, limit, (grads, maxNorm) => {
        const { totalNorm, clipCoef, clipped } = clipGradNorm.run({ grads, maxNorm });
        expect(totalNorm).toAgreeWith(norm(grads));
        expect(norm(clipped)).toBeLessThanOrEqual(Math.min(totalNorm, maxNorm) * (1 + 1e-12));
        expect(clipped).toAgreeWith(grads.map((tensor) => tensor.map((g) => g * clipCoef)));
        expect(clipped.map((tensor) => tensor.length)).toEqual(grads.map((tensor) => tensor.length));
      }),
    );
  });

  test('one factor for all tensors, with 1e-6 beside the norm', () => {
    const { totalNorm, clipCoef, clipped } = clipGradNorm.run({ grads: [[3, 4], [12]], maxNorm: 2 });
    expect(totalNorm).toBe(13);
    expect(clipCoef).toBe(2 / (13 + 1e-6));
    expect(clipped).toAgreeWith([[(3 * 2) / 13.000001, (4 * 2) / 13.000001], [(12 * 2) / 13.000001]]);
  });

  test('below the limit nothing changes', () => {
    expect(clipGradNorm.run({ grads: [[3, 4]], maxNorm: 6 })).toEqual({
      totalNorm: 5,
      clipCoef: 1,
      clipped: [[3, 4]],
    });
    expect(clipGradNorm.run({ grads: [[0, 0]], maxNorm: 1 })).toEqual({
      totalNorm: 0,
      clipCoef: 1,
      clipped: [[0, 0]],
    });
  });

  test('a norm whose square is beyond float64', () => {
    const { totalNorm, clipped } = clipGradNorm.run({ grads: [[3e200, 4e200]], maxNorm: 1 });
    expect(totalNorm / 5e200).toAgreeWith(1);
    expect(clipped).toAgreeWith([[0.6, 0.8]]);
    expect(clipGradNorm.run({ grads: [[3e-200, 4e-200]], maxNorm: 1 }).totalNorm / 5e-200).toAgreeWith(1);
  });

  test('refuses a negative limit', () => {
    expect(() => clipGradNorm.run({ grads: [[1]], maxNorm: -1 })).toThrow(
      expect.objectContaining({ path: 'maxNorm' }),
    );
  });
});

test('clipGradValue clamps every entry on its own', () => {
  expect(clipGradValue.run({ grads: [[3, -4], [0.5]], clipValue: 1 })).toEqual({ clipped: [[1, -1], [0.5]] });
  fc.assert(
    fc.property(grads, fc.double({ min: 0, max: 50, noNaN: true }), (grads, clipValue) => {
      const { clipped } = clipGradValue.run({ grads, clipValue });
      expect(norm(clipped)).toBeLessThanOrEqual(norm(grads));
      expect(clipped.flat().every((g) => Math.abs(g) <= clipValue)).toBe(true);
    }),
  );
});
