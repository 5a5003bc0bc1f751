import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { positive } from './numeric.ts';

const { cosineSchedule, cosineWarmupSchedule, linearWarmupSchedule, inverseSqrtSchedule } = operations;

describe('cosineSchedule', () => {
  test('starts at lr, ends at etaMin, is halfway in the middle, and never rises', () => {
    fc.assert(
      fc.property(positive(0.1, 1), positive(0, 0.1), fc.integer({ min: 1, max: 50 }), (lr, etaMin, half) => {
        const { lrByStep } = cosineSchedule.run({ lr, etaMin, TMax: 2 * half });
        expect(lrByStep).toHaveLength(2 * half + 1);
        expect([lrByStep[0], lrByStep[half], lrByStep.at(-1)]).toAgreeWith([lr, (lr + etaMin) / 2, etaMin]);
        expect(lrByStep.toSorted((a, b) => b - a)).toEqual(lrByStep);
      }),
    );
  });

  test.each([0, 1.5, 1e9, Infinity])('refuses TMax %d', (TMax) => {
    expect(() => cosineSchedule.run({ lr: 1, etaMin: 0, TMax })).toThrow(
      expect.objectContaining({ path: 'TMax' }),
    );
  });
});

describe('cosineWarmupSchedule', () => {
  test('rises linearly, then follows a cosine counted from the warm-up', () => {
    const { lrByStep } = cosineWarmupSchedule.run({ lr: 1, etaMin: 0.1, warmupSteps: 4, totalSteps: 8 });
    expect(lrByStep.slice(0, 5)).toAgreeWith([0, 0.25, 0.5, 0.75, 1]);
    expect(lrByStep.slice(4)).toAgreeWith(cosineSchedule.run({ lr: 1, etaMin: 0.1, TMax: 4 }).lrByStep);
  });

  test('without a warm-up it is the plain cosine', () => {
    const { lrByStep } = cosineWarmupSchedule.run({ lr: 1, etaMin: 0, warmupSteps: 0, totalSteps: 5 });
    expect(lrByStep).toAgreeWith(cosineSchedule.run({ lr: 1, etaMin: 0, TMax: 5 }).lrByStep);
  });

  test('the warm-up must end before the last step', () => {
    expect(() => cosineWarmupSchedule.run({ lr: 1, etaMin: 0, warmupSteps: 5, totalSteps: 5 })).toThrow(
      expect.objectContaining({ path: 'warmupSteps' }),
    );
  });
});

test('linearWarmupSchedule at the check values and beyond the end', () => {
  const input = { peak: 1e-4, warmupSteps: 10_000, totalSteps: 1_000_000 };
  const { lr } = linearWarmupSchedule.run({
    ...input,
    steps: [0, 5000, 10_000, 505_000, 1_000_000, 2_000_000],
  });
  expect(lr.map((value) => value * 1e4)).toAgreeWith([0, 0.5, 1, 0.5, 0, 0]);
});

test('inverseSqrtSchedule at the check values', () => {
  expect(
    inverseSqrtSchedule.run({ scale: 1, warmupSteps: 10_000, steps: [1, 10_000, 40_000] }).lr,
  ).toAgreeWith([0.01, 0.01, 0.005]);
});
