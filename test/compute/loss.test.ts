import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { derivative, derivativeByMatrix, distribution, matrix, real, size, vector } from './numeric.ts';

const { crossEntropy, mse, binaryCrossEntropy, regressionErrors } = operations;

const hard = { targetProbs: null, labelSmoothing: 0 };

describe('crossEntropy', () => {
  test('is -ln of the true class, averaged', () => {
    const logits = [[0.5, 0.25, 0.25].map(Math.log), [0.125, 0.125, 0.75].map(Math.log)];
    const { loss, lossPerSample, grad } = crossEntropy.run({ logits, targetIndex: [0, 1], ...hard });
    expect(lossPerSample).toAgreeWith([Math.LN2, 3 * Math.LN2]);
    expect(loss).toAgreeWith(2 * Math.LN2);
    expect(grad).toAgreeWith([
      [-0.25, 0.125, 0.125],
      [0.0625, -0.4375, 0.375],
    ]);
  });

  test('smoothing spreads s over all C classes', () => {
    const logits = [[0, 0, 0, Math.log(5)]];
    const smoothed = crossEntropy.run({ logits, targetIndex: [3], targetProbs: null, labelSmoothing: 0.1 });
    expect(smoothed.loss).toAgreeWith(0.925 * Math.log(8 / 5) + 0.075 * Math.log(8));
    const q = [[0.025, 0.025, 0.025, 0.925]];
    expect(
      crossEntropy.run({ logits, targetIndex: null, targetProbs: q, labelSmoothing: 0 }).loss,
    ).toAgreeWith(smoothed.loss);
  });

  test('the gradient agrees with numerical differentiation', () => {
    const input = fc.tuple(size(1, 3), size(2, 4)).chain(([B, C]) =>
      fc.record({
        logits: matrix(B, C),
        targetProbs: fc.array(distribution(C), { minLength: B, maxLength: B }),
        labelSmoothing: fc.constantFrom(0, 0.1, 1),
      }),
    );
    fc.assert(
      fc.property(input, ({ logits, ...rest }) => {
        const at = (logits: number[][]) => crossEntropy.run({ logits, targetIndex: null, ...rest });
        expect(at(logits).grad).toBeGradient(derivativeByMatrix((logits) => at(logits).loss, logits));
      }),
    );
  });

  test('is stable, and infinite only for an impossible target', () => {
    expect(crossEntropy.run({ logits: [[1e4, 0]], targetIndex: [1], ...hard }).loss).toAgreeWith(1e4);
    const { loss, grad } = crossEntropy.run({ logits: [[0, -Infinity]], targetIndex: [1], ...hard });
    expect([loss, grad]).toEqual([Infinity, [[1, -1]]]);
    expect(crossEntropy.run({ logits: [[0, -Infinity]], targetIndex: [0], ...hard }).loss).toBe(0);
  });

  test.each([
    ['both targets', { targetIndex: [0], targetProbs: [[1, 0]] }, 'targetProbs'],
    ['neither target', { targetIndex: null, targetProbs: null }, 'targetProbs'],
    ['a class beyond the last', { targetIndex: [2] }, 'targetIndex[0]'],
    ['half a class', { targetIndex: [0.5] }, 'targetIndex[0]'],
    [
      'too few targets',
      {
        logits: [
          [1, 2],
          [1, 2],
        ],
      },
      'targetIndex',
    ],
    ['probabilities that sum to 0.9', { targetIndex: null, targetProbs: [[0.4, 0.5]] }, 'targetProbs[0]'],
    ['a negative probability', { targetIndex: null, targetProbs: [[-0.5, 1.5]] }, 'targetProbs[0][0]'],
    ['smoothing above 1', { labelSmoothing: 1.5 }, 'labelSmoothing'],
    ['a row of -Infinity', { logits: [[-Infinity, -Infinity]] }, 'logits[0]'],
  ])('refuses %s', (_, change, path) => {
    const input = { logits: [[1, 2]], targetIndex: [0], ...hard, ...change };
    expect(() => crossEntropy.run(input)).toThrow(expect.objectContaining({ path }));
  });
});

test('a refusal names what is wanted', () => {
  const input = { logits: [[1, 2]], targetIndex: [2], ...hard };
  expect(() => crossEntropy.run(input)).toThrow('targetIndex[0]: got 2, want a class from 0 to 1');
});

describe('mse', () => {
  test('in both conventions', () => {
    expect(mse.run({ predictions: [3, 1], targets: [1, 2] })).toEqual({
      lossMean: 2.5,
      lossHalf: 1.25,
      gradMean: [2, -1],
      gradHalf: [1, -0.5],
    });
  });

  test('the gradients agree with numerical differentiation', () => {
    fc.assert(
      fc.property(
        size().chain((m) => fc.tuple(vector(m), vector(m))),
        ([predictions, targets]) => {
          const at = (predictions: number[]) => mse.run({ predictions, targets });
          expect(at(predictions).gradMean).toBeGradient(derivative((p) => at(p).lossMean, predictions));
          expect(at(predictions).gradHalf).toBeGradient(derivative((p) => at(p).lossHalf, predictions));
        },
      ),
    );
  });

  test('refuses unequal lengths', () => {
    expect(() => mse.run({ predictions: [1, 2], targets: [1] })).toThrow(
      expect.objectContaining({
        path: 'targets',
        got: 'length 1',
        want: 'length 2 (m, m as in predictions)',
      }),
    );
  });
});

describe('binaryCrossEntropy', () => {
  test('a confidently wrong answer', () => {
    const { loss, grad, gradHalfMse } = binaryCrossEntropy.run({ logits: [Math.log(9)], targets: [0] });
    expect([loss, grad[0], gradHalfMse[0]]).toAgreeWith([Math.log(10), 0.9, 0.081]);
  });

  test('agrees with two-class cross-entropy and numerical differentiation', () => {
    fc.assert(
      fc.property(real(5), fc.constantFrom(0, 0.25, 1), (z, y) => {
        const at = (z: number) => binaryCrossEntropy.run({ logits: [z], targets: [y] });
        const two = crossEntropy.run({
          logits: [[0, z]],
          targetIndex: null,
          targetProbs: [[1 - y, y]],
          labelSmoothing: 0,
        });
        expect(at(z).loss).toAgreeWith(two.loss);
        expect(at(z).grad).toBeGradient(derivative(([z = 0]) => at(z).loss, [z]));
        const half = derivative(([z = 0]) => (1 / (1 + Math.exp(-z)) - y) ** 2 / 2, [z]);
        expect(at(z).gradHalfMse).toBeGradient(half);
      }),
    );
  });

  test('is stable at any logit', () => {
    expect(binaryCrossEntropy.run({ logits: [1e4, -1e4], targets: [0, 1] }).lossPerSample).toAgreeWith([
      1e4, 1e4,
    ]);
    expect(binaryCrossEntropy.run({ logits: [1e4, -1e4], targets: [1, 0] }).loss).toBe(0);
  });
});

test('regressionErrors averages over all entries', () => {
  const { mse, sse, rmse, mae, halfMse } = regressionErrors.run({
    predictions: [[3, -4]],
    targets: [[0, 0]],
  });
  expect([sse, mse, halfMse, rmse, mae]).toAgreeWith([25, 12.5, 6.25, Math.sqrt(12.5), 3.5]);
});
