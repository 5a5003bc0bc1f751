import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { derivative, derivativeByMatrix, dot, matrix, positive, size, vector } from './numeric.ts';

const { batchNormTrain, batchNormEval, batchNormRunning, batchNormBackward, batchNormFold } = operations;

const column = (x: readonly (readonly number[])[], j: number) => x.map((row) => row[j]!);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]) => mean(values.map((v) => (v - mean(values)) ** 2));

/** Batches whose features all vary. */
const batch = fc
  .tuple(size(2, 6), size(1, 3))
  .chain(([m, d]) => fc.record({ x: matrix(m, d), gamma: vector(d), beta: vector(d), dy: matrix(m, d) }))
  .filter(({ x, gamma }) => gamma.every((_, j) => variance(column(x, j)) > 0.01));

const fresh = (d: number) => ({ runningMean: Array(d).fill(0), runningVar: Array(d).fill(1), momentum: 0.1 });

describe('batchNormTrain', () => {
  test('normalises with the biased variance and feeds the unbiased one to the running variance', () => {
    const result = batchNormTrain.run({
      x: [[1], [2], [3], [6]],
      gamma: [2],
      beta: [1],
      eps: 0.5,
      runningMean: [1],
      runningVar: [1],
      momentum: 0.1,
    });
    expect(result.batchMean).toAgreeWith([3]);
    expect(result.batchVarBiased).toAgreeWith([3.5]);
    expect(result.batchVarUnbiased).toAgreeWith([14 / 3]);
    expect(result.y).toAgreeWith([[-1], [0], [1], [4]]);
    expect(result.runningMean).toAgreeWith([0.9 + 0.3]);
    expect(result.runningVar).toAgreeWith([0.9 + 1.4 / 3]);
  });

  test('the output has mean beta and variance gamma squared when eps is 0', () => {
    fc.assert(
      fc.property(batch, ({ x, gamma, beta }) => {
        const { y } = batchNormTrain.run({ x, gamma, beta, eps: 0, ...fresh(gamma.length) });
        expect(gamma.map((_, j) => mean(column(y, j)))).toAgreeWith(beta);
        expect(gamma.map((_, j) => variance(column(y, j)))).toAgreeWith(gamma.map((g) => g ** 2));
      }),
    );
  });

  test('large offsets do not spoil the variance', () => {
    const { batchVarBiased } = batchNormTrain.run({
      x: [[1e8 + 1], [1e8 + 2], [1e8 + 3]],
      gamma: [1],
      beta: [0],
      eps: 0,
      ...fresh(1),
    });
    expect(batchVarBiased).toAgreeWith([2 / 3]);
  });

  test.each([
    ['a batch of one', { x: [[1]] }, 'x'],
    ['a constant feature without eps', { x: [[1], [1]], eps: 0 }, 'eps'],
    ['a negative eps', { eps: -1e-5 }, 'eps'],
    ['a negative running variance', { runningVar: [-1] }, 'runningVar[0]'],
    ['a momentum above 1', { momentum: 1.1 }, 'momentum'],
    ['ragged rows', { x: [[1], [1, 2]] }, 'x[1]'],
    ['another number of features', { gamma: [1, 2] }, 'gamma'],
  ])('refuses %s', (_, change, path) => {
    const input = { x: [[1], [2]], gamma: [1], beta: [0], eps: 1e-5, ...fresh(1), ...change };
    expect(() => batchNormTrain.run(input)).toThrow(expect.objectContaining({ path }));
  });
});

describe('batchNormEval', () => {
  test('a single row goes through the running statistics', () => {
    const input = { x: [[7]], runningMean: [4], runningVar: [8], gamma: [3], beta: [-1], eps: 1 };
    expect(batchNormEval.run(input)).toEqual({ y: [[2]] });
  });

  test('a running variance of 0 needs eps', () => {
    const input = { x: [[7]], runningMean: [4], runningVar: [0], gamma: [3], beta: [-1], eps: 0 };
    expect(() => batchNormEval.run(input)).toThrow(expect.objectContaining({ path: 'runningVar[0]' }));
  });

  test('folding into the layer before gives the same output', () => {
    fc.assert(
      fc.property(
        fc.tuple(size(), size()).chain(([d, n]) =>
          fc.record({
            W: matrix(d, n),
            b: vector(d),
            gamma: vector(d),
            beta: vector(d),
            runningMean: vector(d),
            runningVar: vector(d, positive()),
            input: vector(n),
          }),
        ),
        ({ input, ...layer }) => {
          const linear = (W: number[][], b: number[]) => b.map((bias, i) => bias + dot([W[i]!], [input]));
          const { W, b, ...norm } = layer;
          const { weight, bias } = batchNormFold.run({ ...layer, eps: 1e-5 });
          expect([linear(weight, bias)]).toAgreeWith(
            batchNormEval.run({ x: [linear(W, b)], eps: 1e-5, ...norm }).y,
          );
        },
      ),
    );
  });

  test('the folding example of the textbook', () => {
    expect(batchNormFold.run(batchNormFold.example)).toEqual({ weight: [[2]], bias: [-4] });
  });
});

describe('batchNormRunning', () => {
  const input = {
    batchMean: [[2], [4], [3]],
    batchVar: [[1], [2], [1.5]],
    alpha: 0.1,
    initMean: [0],
    initVar: [0],
  };

  test('the check values', () => {
    const { runningMean, runningVar } = batchNormRunning.run(input);
    expect(runningMean).toAgreeWith([[0.2], [0.58], [0.822]]);
    expect(runningVar).toAgreeWith([[0.1], [0.29], [0.411]]);
    expect(batchNormRunning.run({ ...input, initVar: [1] }).runningVar).toAgreeWith([[1], [1.1], [1.14]]);
  });

  test('alpha 1 keeps only the last batch, alpha 0 only the start', () => {
    expect(batchNormRunning.run({ ...input, alpha: 1 }).runningMean).toEqual(input.batchMean);
    expect(batchNormRunning.run({ ...input, alpha: 0, initMean: [7] }).runningMean).toEqual([[7], [7], [7]]);
  });
});

describe('batchNormBackward', () => {
  test('agrees with numerical differentiation', () => {
    fc.assert(
      fc.property(batch, ({ x, gamma, beta, dy }) => {
        const eps = 0.01;
        const loss = (changed: { x?: number[][]; gamma?: number[]; beta?: number[] }) =>
          dot(batchNormTrain.run({ x, gamma, beta, ...changed, eps, ...fresh(gamma.length) }).y, dy);
        const { y, dx, dgamma, dbeta } = batchNormBackward.run({ x, gamma, beta, eps, dy });
        expect(y).toAgreeWith(batchNormTrain.run({ x, gamma, beta, eps, ...fresh(gamma.length) }).y);
        expect(dx).toBeGradient(derivativeByMatrix((x) => loss({ x }), x));
        expect(dgamma).toBeGradient(derivative((gamma) => loss({ gamma }), gamma));
        expect(dbeta).toBeGradient(derivative((beta) => loss({ beta }), beta));
      }),
    );
  });

  test('refuses a batch of one', () => {
    const input = { x: [[1]], gamma: [1], beta: [0], eps: 1, dy: [[1]] };
    expect(() => batchNormBackward.run(input)).toThrow(expect.objectContaining({ path: 'x' }));
  });
});
