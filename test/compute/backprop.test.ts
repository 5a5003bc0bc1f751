import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { derivative, derivativeByMatrix, distribution, matrix, real, size, vector } from './numeric.ts';

const { mlpBackprop, neuronBackprop, crossEntropy } = operations;

const network = fc.tuple(size(1, 3), size(1, 3), size(1, 3), size(1, 3)).chain(([B, n, h, out]) =>
  fc.record({
    X: matrix(B, n),
    W1: matrix(h, n),
    b1: vector(h),
    W2: matrix(out, h),
    b2: vector(out),
    target: matrix(B, out),
    probabilities: fc.array(distribution(out), { minLength: B, maxLength: B }),
    targetIndex: fc.array(fc.nat(out - 1), { minLength: B, maxLength: B }),
  }),
);

const setups = (['sigmoid', 'tanh', 'relu'] as const).flatMap((activation) =>
  (
    [
      ['linear', 'mse', 'target'],
      ['sigmoid', 'mse', 'target'],
      ['softmax', 'mse', 'target'],
      ['linear', 'half_mse', 'target'],
      ['sigmoid', 'half_mse', 'target'],
      ['softmax', 'half_mse', 'target'],
      ['softmax', 'softmax_ce', 'index'],
      ['softmax', 'softmax_ce', 'probabilities'],
      ['linear', 'softmax_ce', 'index'],
    ] as const
  ).map(([outputActivation, loss, by]) => ({ activation, outputActivation, loss, by })),
);

describe('mlpBackprop', () => {
  test.each(setups)(
    '$activation, $outputActivation, $loss by $by: every gradient is the numerical one',
    ({ by, ...kinds }) => {
      fc.assert(
        fc.property(network, ({ target, probabilities, targetIndex, ...weights }) => {
          const chosen = {
            target: { target, targetIndex: null },
            probabilities: { target: probabilities, targetIndex: null },
            index: { target: null, targetIndex },
          }[by];
          const at = (changed: Partial<typeof weights>) =>
            mlpBackprop.run({ ...weights, ...changed, ...kinds, ...chosen });
          const result = at({});
          // A kink of the ReLU has no derivative to compare with.
          fc.pre(kinds.activation !== 'relu' || result.z1.flat().every((z) => Math.abs(z) > 0.01));
          expect(result.dX).toBeGradient(derivativeByMatrix((X) => at({ X }).loss, weights.X));
          expect(result.dW1).toBeGradient(derivativeByMatrix((W1) => at({ W1 }).loss, weights.W1));
          expect(result.db1).toBeGradient(derivative((b1) => at({ b1 }).loss, weights.b1));
          expect(result.dW2).toBeGradient(derivativeByMatrix((W2) => at({ W2 }).loss, weights.W2));
          expect(result.db2).toBeGradient(derivative((b2) => at({ b2 }).loss, weights.b2));
        }),
        { numRuns: 30 },
      );
    },
  );

  test('the check value by hand', () => {
    expect(mlpBackprop.run(mlpBackprop.example)).toMatchObject({
      loss: 2,
      dW2: [[2]],
      db2: [2],
      dW1: [[12]],
      db1: [6],
      dX: [[6]],
    });
  });

  test('a dead ReLU passes nothing, at 0 too', () => {
    for (const b1 of [-2, -3])
      expect(mlpBackprop.run({ ...mlpBackprop.example, b1: [b1] })).toMatchObject({
        a1: [[0]],
        dW1: [[0]],
        db1: [0],
        dX: [[0]],
      });
  });

  test('mse is the mean over B * out, half_mse the sum over 2B', () => {
    const input = { ...mlpBackprop.example, X: [[1], [1]], W2: [[1], [1]], b2: [0, 0], b1: [1] };
    const target = [
      [0, 0],
      [0, 0],
    ];
    expect(mlpBackprop.run({ ...input, target, loss: 'mse' }).loss).toBe(4);
    expect(mlpBackprop.run({ ...input, target, loss: 'half_mse' }).loss).toBe(4);
    expect(mlpBackprop.run({ ...input, X: [[1]], target: [[0, 0]], loss: 'mse' }).loss).toBe(4);
  });

  test('softmax_ce is crossEntropy of z2', () => {
    fc.assert(
      fc.property(network, ({ target: _target, probabilities: _probabilities, ...rest }) => {
        const input = {
          ...rest,
          activation: 'tanh',
          outputActivation: 'softmax',
          loss: 'softmax_ce',
          target: null,
        } as const;
        const { z2, dz2, loss } = mlpBackprop.run(input);
        const ce = crossEntropy.run({
          logits: z2,
          targetIndex: rest.targetIndex,
          targetProbs: null,
          labelSmoothing: 0,
        });
        expect([loss, dz2]).toAgreeWith([ce.loss, ce.grad]);
      }),
    );
  });

  test.each([
    ['a class index with mse', { targetIndex: [0], target: null }, 'targetIndex'],
    ['no target', { target: null }, 'target'],
    [
      'sigmoid outputs with softmax_ce',
      { outputActivation: 'sigmoid', loss: 'softmax_ce', target: null, targetIndex: [0] },
      'outputActivation',
    ],
    [
      'a class beyond the outputs',
      { outputActivation: 'softmax', loss: 'softmax_ce', target: null, targetIndex: [1] },
      'targetIndex[0]',
    ],
    ['both targets', { outputActivation: 'softmax', loss: 'softmax_ce', targetIndex: [0] }, 'targetIndex'],
    ['an unknown activation', { activation: 'gelu' }, 'activation'],
    ['weights of another width', { W2: [[1, 2]] }, 'W2[0]'],
  ])('refuses %s', (_, change, path) => {
    const input = { ...mlpBackprop.example, ...change } as typeof mlpBackprop.example;
    expect(() => mlpBackprop.run(input)).toThrow(expect.objectContaining({ path }));
  });
});

describe('neuronBackprop', () => {
  const neuron = size(1, 4).chain((n) => fc.record({ x: vector(n), w: vector(n), b: real() }));

  test.each([
    ['sigmoid', 'half_mse'],
    ['tanh', 'half_mse'],
    ['relu', 'half_mse'],
    ['linear', 'half_mse'],
    ['sigmoid', 'bce'],
  ] as const)('%s, %s: every gradient is the numerical one', (activation, loss) => {
    fc.assert(
      fc.property(neuron, fc.constantFrom(0, 0.3, 1), ({ x, w, b }, y) => {
        const at = (changed: { x?: number[]; w?: number[]; b?: number }) =>
          neuronBackprop.run({ x, w, b, ...changed, activation, loss, y });
        const result = at({});
        fc.pre(activation !== 'relu' || Math.abs(result.z) > 0.01);
        expect(result.dw).toBeGradient(derivative((w) => at({ w }).loss, w));
        expect(result.dx).toBeGradient(derivative((x) => at({ x }).loss, x));
        expect(result.db).toBeGradient(derivative(([b = 0]) => at({ b }).loss, [b]));
      }),
    );
  });

  test('bce is for a sigmoid and a target from 0 to 1', () => {
    const input = { x: [1], w: [1], b: 0, activation: 'sigmoid', loss: 'bce', y: 1 } as const;
    expect(() => neuronBackprop.run({ ...input, x: [1], w: [1], activation: 'tanh' })).toThrow(
      expect.objectContaining({ path: 'activation' }),
    );
    expect(() => neuronBackprop.run({ ...input, x: [1], w: [1], y: 2 })).toThrow(
      expect.objectContaining({ path: 'y' }),
    );
  });
});
