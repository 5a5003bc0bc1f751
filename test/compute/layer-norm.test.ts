import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { matrix, real } from './numeric.ts';

const { layerNorm, rmsNorm, batchNormTrain } = operations;

describe('layerNorm', () => {
  test('is batch norm of the transpose', () => {
    fc.assert(
      fc.property(matrix(3, 4), (x) => {
        const transposed = [0, 1, 2, 3].map((j) => x.map((row) => row[j]!));
        const ones = [1, 1, 1];
        const zeros = [0, 0, 0];
        const batch = batchNormTrain.run({
          x: transposed,
          gamma: ones,
          beta: zeros,
          eps: 0.1,
          runningMean: zeros,
          runningVar: ones,
          momentum: 0,
        });
        const layer = layerNorm.run({ x, gamma: [1, 1, 1, 1], beta: [0, 0, 0, 0], eps: 0.1 });
        expect(layer.y).toAgreeWith(x.map((_, i) => batch.y.map((row) => row[i]!)));
        expect(layer.mean).toAgreeWith(batch.batchMean);
        expect(layer.var).toAgreeWith(batch.batchVarBiased);
      }),
    );
  });

  test('gamma and beta act by column', () => {
    const { y } = layerNorm.run({ x: [[1, 7]], gamma: [2, 3], beta: [10, 20], eps: 0 });
    expect(y).toAgreeWith([[8, 23]]);
  });

  test('a constant row needs eps', () => {
    const input = { x: [[2, 2]], gamma: [1, 1], beta: [0, 0], eps: 0 };
    expect(() => layerNorm.run(input)).toThrow(expect.objectContaining({ path: 'eps' }));
    expect(layerNorm.run({ ...input, eps: 1e-5 }).y).toAgreeWith([[0, 0]]);
  });
});

describe('rmsNorm', () => {
  test.each([
    [4, 3, 5],
    [5, 12, 13],
    [15, 8, 17],
  ])('mean %d and spread %d give root mean square %d', (mu, s, r) => {
    const { y, rms } = rmsNorm.run({ x: [[mu - s, mu + s]], gamma: [1, 1], eps: 0 });
    expect(rms).toAgreeWith([r]);
    expect(y).toAgreeWith([[(mu - s) / r, (mu + s) / r]]);
  });

  test('does not depend on the size of its input, but does on an offset', () => {
    fc.assert(
      fc.property(matrix(2, 3, real(3)), (x) => {
        fc.pre(x.every((row) => row.some((value) => Math.abs(value) > 0.1)));
        const gamma = [1, 2, 3];
        const scaled = x.map((row) => row.map((value) => value * 7));
        expect(rmsNorm.run({ x: scaled, gamma, eps: 0 }).y).toAgreeWith(rmsNorm.run({ x, gamma, eps: 0 }).y);
      }),
    );
    expect(rmsNorm.run({ x: [[1, 2]], gamma: [1, 1], eps: 0 })).not.toEqual(
      rmsNorm.run({ x: [[2, 3]], gamma: [1, 1], eps: 0 }),
    );
  });
});
