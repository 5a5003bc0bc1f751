import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { derivative, positive, real, size, vector } from './numeric.ts';

const { softmax, logSoftmax, softmaxJacobian, softmaxBackward, logSumExp } = operations;

const logits = fc.array(real(20), { minLength: 1, maxLength: 8 });
const temperature = positive(0.1, 5);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const plain = { temperature: 1, mask: null };

describe('softmax', () => {
  test('sums to 1, keeps the order, and does not see a shift', () => {
    fc.assert(
      fc.property(logits, temperature, real(1e4), (logits, temperature, shift) => {
        const { probs } = softmax.run({ logits, temperature, mask: null });
        expect(sum(probs)).toAgreeWith(1);
        const shifted = softmax.run({ logits: logits.map((z) => z + shift), temperature, mask: null });
        expect(shifted.probs).toAgreeWith(probs, 1e-9);
        expect(probs.every((p, i) => probs.every((q, j) => logits[i]! <= logits[j]! || p >= q))).toBe(true);
      }),
    );
  });

  test.each([
    [1, [0.5, 0.25, 0.25]],
    [0.5, [16 / 24, 4 / 24, 4 / 24]],
    [2, [2, Math.SQRT2, Math.SQRT2].map((w) => w / (2 + 2 * Math.SQRT2))],
  ])('temperature %d divides the logits', (temperature, want) => {
    const logits = [Math.log(4), Math.log(2), Math.log(2)];
    expect(softmax.run({ logits, temperature, mask: null }).probs).toAgreeWith(want);
  });

  test('does not overflow', () => {
    expect(softmax.run({ logits: [1e4, 1e4 + 1, 1e4 + 2], ...plain }).probs).toAgreeWith([
      0.09003057317038046, 0.24472847105479764, 0.6652409557748218,
    ]);
    expect(softmax.run({ logits: [1e4, -1e4], ...plain }).probs).toEqual([1, 0]);
    expect(softmax.run({ logits: [-1e4, -1e4], ...plain }).probs).toEqual([0.5, 0.5]);
    expect(softmax.run({ logits: [1e308, -1e308], temperature: 1e-300, mask: null }).probs).toEqual([1, 0]);
  });

  test('a masked or -Infinity logit gets nothing', () => {
    expect(softmax.run({ logits: [1, 5, 1], temperature: 1, mask: [0, -Infinity, 0] }).probs).toAgreeWith([
      0.5, 0, 0.5,
    ]);
    expect(softmax.run({ logits: [1, -Infinity], ...plain }).probs).toAgreeWith([1, 0]);
    expect(logSoftmax.run({ logits: [1, -Infinity], ...plain }).logProbs).toAgreeWith([0, -Infinity]);
  });

  test.each([
    ['a full mask', { mask: [-Infinity, -Infinity] }, 'mask'],
    ['only -Infinity', { logits: [-Infinity, -Infinity] }, 'logits'],
    ['Infinity', { logits: [Infinity, 0] }, 'logits[0]'],
    ['a temperature of 0', { temperature: 0 }, 'temperature'],
    ['a mask of ones', { mask: [1, 0] }, 'mask[0]'],
    ['a short mask', { mask: [0] }, 'mask'],
  ])('refuses %s', (_, change, path) => {
    for (const operation of [softmax, logSoftmax])
      expect(() => operation.run({ logits: [1, 2], ...plain, ...change })).toThrow(
        expect.objectContaining({ path }),
      );
  });
});

test('logSoftmax is the logarithm of softmax, and survives where that is 0', () => {
  fc.assert(
    fc.property(logits, temperature, (logits, temperature) => {
      const { probs } = softmax.run({ logits, temperature, mask: null });
      expect(logSoftmax.run({ logits, temperature, mask: null }).logProbs.map(Math.exp)).toAgreeWith(probs);
    }),
  );
  expect(logSoftmax.run({ logits: [0, -1000], ...plain }).logProbs).toAgreeWith([0, -1000]);
});

describe('gradients are with respect to the raw logits', () => {
  const close = fc.array(real(3), { minLength: 1, maxLength: 6 });

  test('the Jacobian agrees with numerical differentiation; its rows sum to 0', () => {
    fc.assert(
      fc.property(close, positive(0.5, 3), (logits, temperature) => {
        const { jacobian } = softmaxJacobian.run({ logits, temperature });
        const row = (i: number) =>
          derivative((logits) => softmax.run({ logits, temperature, mask: null }).probs[i]!, logits);
        expect(jacobian).toBeGradient(logits.map((_, i) => row(i)));
        expect(jacobian.map(sum)).toAgreeWith(logits.map(() => 0));
      }),
    );
  });

  test('the check value', () => {
    const { jacobian } = softmaxJacobian.run({ logits: [0.5, 0.3, 0.2].map(Math.log), temperature: 1 });
    expect(jacobian).toAgreeWith([
      [0.25, -0.15, -0.1],
      [-0.15, 0.21, -0.06],
      [-0.1, -0.06, 0.16],
    ]);
  });

  test('the backward pass is the Jacobian times the upstream gradient', () => {
    fc.assert(
      fc.property(
        size(1, 6).chain((n) => fc.tuple(vector(n), vector(n))),
        positive(0.5, 3),
        ([logits, upstream], temperature) => {
          const { grad } = softmaxBackward.run({ logits, temperature, mask: null, upstream });
          const { jacobian } = softmaxJacobian.run({ logits, temperature });
          expect(grad).toAgreeWith(logits.map((_, j) => sum(upstream.map((g, i) => g * jacobian[i]![j]!))));
        },
      ),
    );
  });

  test('a masked entry has no gradient', () => {
    const { probs, grad } = softmaxBackward.run({
      logits: [1, 2, 3],
      temperature: 1,
      mask: [0, -Infinity, 0],
      upstream: [1, 5, 2],
    });
    expect([probs[1], grad[1]]).toEqual([0, 0]);
  });
});

test('logSumExp survives large logits', () => {
  expect(logSumExp.run({ logits: [1000, 1000] }).logSumExp).toAgreeWith(1000 + Math.LN2);
  expect(logSumExp.run({ logits: [-1e4, -Infinity] }).logSumExp).toAgreeWith(-1e4);
});
