import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { matrix, positive, size, vector } from './numeric.ts';

const { sgdMomentum, adagrad, rmsprop, adam, adamw } = operations;

type Vector = number[];

/** torch.lerp, which starts from the nearer end. */
const lerp = (from: number, to: number, weight: number) =>
  weight < 0.5 ? from + weight * (to - from) : to - (to - from) * (1 - weight);

/** torch.optim written out once more, whole vectors at a time, in the order of its single-tensor code. */
const torch = {
  sgd: (
    p: Vector,
    grads: Vector[],
    o: { lr: number; momentum: number; dampening: number; nesterov: boolean; weightDecay: number },
  ) => {
    let buffer: Vector | null = null;
    return grads.map((raw) => {
      let g = raw.map((value, i) => value + o.weightDecay * p[i]!);
      if (o.momentum !== 0) {
        buffer = buffer === null ? [...g] : buffer.map((b, i) => b * o.momentum + (1 - o.dampening) * g[i]!);
        g = o.nesterov ? g.map((value, i) => value + o.momentum * buffer![i]!) : buffer;
      }
      p = p.map((value, i) => value - o.lr * g[i]!);
      return { p, buffer };
    });
  },
  adagrad: (
    p: Vector,
    grads: Vector[],
    o: { lr: number; lrDecay: number; eps: number; weightDecay: number; initialAccumulatorValue: number },
  ) => {
    let sum = p.map(() => o.initialAccumulatorValue);
    return grads.map((raw, step) => {
      const g = raw.map((value, i) => value + o.weightDecay * p[i]!);
      const clr = o.lr / (1 + step * o.lrDecay);
      sum = sum.map((s, i) => s + g[i]! * g[i]!);
      p = p.map((value, i) => value - (clr * g[i]!) / (Math.sqrt(sum[i]!) + o.eps));
      return { p, sum };
    });
  },
  rmsprop: (
    p: Vector,
    grads: Vector[],
    o: { lr: number; alpha: number; eps: number; weightDecay: number; momentum: number; centered: boolean },
  ) => {
    let squareAvg = p.map(() => 0);
    let gradAvg = p.map(() => 0);
    let buffer = p.map(() => 0);
    return grads.map((raw) => {
      const g = raw.map((value, i) => value + o.weightDecay * p[i]!);
      squareAvg = squareAvg.map((s, i) => s * o.alpha + (1 - o.alpha) * g[i]! * g[i]!);
      gradAvg = gradAvg.map((s, i) => lerp(s, g[i]!, 1 - o.alpha));
      const avg = squareAvg.map(
        (s, i) => Math.sqrt(o.centered ? Math.max(0, s - gradAvg[i]! ** 2) : s) + o.eps,
      );
      if (o.momentum > 0) {
        buffer = buffer.map((b, i) => b * o.momentum + g[i]! / avg[i]!);
        p = p.map((value, i) => value - o.lr * buffer[i]!);
      } else p = p.map((value, i) => value - (o.lr * g[i]!) / avg[i]!);
      return { p, squareAvg };
    });
  },
  adam: (
    p: Vector,
    grads: Vector[],
    o: {
      lr: number;
      beta1: number;
      beta2: number;
      eps: number;
      weightDecay: number;
      amsgrad: boolean;
      decoupled: boolean;
    },
  ) => {
    let m = p.map(() => 0);
    let v = p.map(() => 0);
    let vMax = p.map(() => 0);
    return grads.map((raw, i) => {
      const step = i + 1;
      if (o.decoupled) p = p.map((value) => value * (1 - o.lr * o.weightDecay));
      const g = o.decoupled ? raw : raw.map((value, j) => value + o.weightDecay * p[j]!);
      m = m.map((value, j) => lerp(value, g[j]!, 1 - o.beta1));
      v = v.map((value, j) => value * o.beta2 + (1 - o.beta2) * g[j]! * g[j]!);
      vMax = vMax.map((value, j) => Math.max(value, v[j]!));
      const stepSize = o.lr / (1 - o.beta1 ** step);
      const root = Math.sqrt(1 - o.beta2 ** step);
      p = p.map(
        (value, j) => value - (stepSize * m[j]!) / (Math.sqrt((o.amsgrad ? vMax : v)[j]!) / root + o.eps),
      );
      return { p, m, v };
    });
  },
};

const run = fc
  .tuple(size(1, 6), size(1, 3))
  .chain(([T, n]) => fc.record({ theta0: vector(n), grads: matrix(T, n) }));
const rate = positive(0.001, 0.5);
const decays = fc.constantFrom(0, 0.1);

describe('agree with torch.optim, written out once more', () => {
  test('sgdMomentum', () => {
    const settings = fc.record({
      lr: rate,
      momentum: fc.constantFrom(0, 0.5, 0.9),
      dampening: fc.constantFrom(0, 0.3),
      nesterov: fc.boolean(),
      weightDecay: decays,
    });
    fc.assert(
      fc.property(run, settings, ({ theta0, grads }, settings) => {
        fc.pre(!settings.nesterov || (settings.momentum > 0 && settings.dampening === 0));
        const { theta, velocity } = sgdMomentum.run({ theta0, grads, ...settings });
        const want = torch.sgd(theta0, grads, settings);
        expect(theta).toAgreeWith(want.map(({ p }) => p));
        expect(velocity).toAgreeWith(settings.momentum === 0 ? null : want.map(({ buffer }) => buffer));
      }),
    );
  });

  test('adagrad', () => {
    const settings = fc.record({
      lr: rate,
      lrDecay: decays,
      eps: fc.constantFrom(1e-10, 0.01),
      weightDecay: decays,
      initialAccumulatorValue: fc.constantFrom(0, 0.5),
    });
    fc.assert(
      fc.property(run, settings, ({ theta0, grads }, settings) => {
        const { theta, accumulator } = adagrad.run({ theta0, grads, ...settings });
        const want = torch.adagrad(theta0, grads, settings);
        expect([theta, accumulator]).toAgreeWith([want.map(({ p }) => p), want.map(({ sum }) => sum)]);
      }),
    );
  });

  test('rmsprop', () => {
    const settings = fc.record({
      lr: rate,
      alpha: fc.constantFrom(0, 0.9, 0.99),
      eps: fc.constantFrom(1e-3, 0.1),
      weightDecay: decays,
      momentum: fc.constantFrom(0, 0.9),
      centered: fc.boolean(),
    });
    fc.assert(
      fc.property(run, settings, ({ theta0, grads }, settings) => {
        // Then the centred average is 0 but for rounding, which a root magnifies.
        fc.pre(!(settings.centered && settings.alpha === 0));
        const { theta, squareAvg } = rmsprop.run({ theta0, grads, ...settings });
        const want = torch.rmsprop(theta0, grads, settings);
        expect([theta, squareAvg]).toAgreeWith([
          want.map(({ p }) => p),
          want.map(({ squareAvg }) => squareAvg),
        ]);
      }),
    );
  });

  test.each([
    ['adam', adam, false],
    ['adamw', adamw, true],
  ] as const)('%s', (_, operation, decoupled) => {
    const settings = fc.record({
      lr: rate,
      beta1: fc.constantFrom(0, 0.5, 0.9),
      beta2: fc.constantFrom(0, 0.75, 0.999),
      eps: fc.constantFrom(1e-8, 0.01),
      weightDecay: decays,
      amsgrad: fc.boolean(),
    });
    fc.assert(
      fc.property(run, settings, ({ theta0, grads }, settings) => {
        const { theta, mFinal, vFinal } = operation.run({ theta0, grads, ...settings });
        const want = torch.adam(theta0, grads, { ...settings, decoupled });
        expect(theta).toAgreeWith(want.map(({ p }) => p));
        expect([mFinal, vFinal]).toAgreeWith([want.at(-1)!.m, want.at(-1)!.v]);
      }),
    );
  });
});

const constant = (g: number, steps: number) => Array.from({ length: steps }, () => [g]);

describe('limits and check values', () => {
  const sgd = { lr: 0.1, momentum: 0.9, dampening: 0, nesterov: false, weightDecay: 0 };
  const classic = { lr: 0.1, beta1: 0.9, beta2: 0.999, eps: 0, weightDecay: 0, amsgrad: false };

  test('three steps of momentum', () => {
    const { theta, velocity } = sgdMomentum.run({ theta0: [1], grads: constant(1, 3), ...sgd });
    expect([theta, velocity]).toAgreeWith([
      [[0.9], [0.71], [0.439]],
      [[1], [1.9], [2.71]],
    ]);
  });

  test('under a constant gradient the velocity tends to g / (1 - mu)', () => {
    expect(sgdMomentum.run({ theta0: [0], grads: constant(2, 500), ...sgd }).velocity!.at(-1)).toAgreeWith([
      20,
    ]);
  });

  test('dampening spares the first velocity', () => {
    const { velocity } = sgdMomentum.run({ theta0: [0], grads: constant(1, 2), ...sgd, dampening: 0.5 });
    expect(velocity).toAgreeWith([[1], [1.4]]);
  });

  test("Adam's first step is the learning rate, whatever the gradient's size", () => {
    fc.assert(
      fc.property(positive(1e-3, 1e3), fc.boolean(), (g, negative) => {
        const sign = negative ? -1 : 1;
        expect(adam.run({ theta0: [0], grads: [[sign * g]], ...classic }).theta).toAgreeWith([[-0.1 * sign]]);
      }),
    );
  });

  test("Adam's second step after a gradient of the other sign", () => {
    const { theta } = adam.run({ theta0: [0], grads: [[1], [-1]], ...classic });
    expect(theta[1]![0]! - theta[0]![0]!).toAgreeWith(0.1 * (0.1 / 1.9));
  });

  test('decay in the gradient against decoupled decay', () => {
    const input = { theta0: [1], grads: [[2]], ...classic, weightDecay: 0.1 };
    expect([adam.run(input).theta, adamw.run(input).theta]).toAgreeWith([[[0.9]], [[0.89]]]);
    const turned = { theta0: [5], grads: [[-0.2]], ...classic, weightDecay: 0.1 };
    expect([adam.run(turned).theta, adamw.run(turned).theta]).toAgreeWith([[[4.9]], [[5.05]]]);
  });

  test('without history RMSprop takes sign steps; Adagrad shrinks as 1/sqrt(t)', () => {
    const settings = { lr: 0.1, alpha: 0, eps: 0, weightDecay: 0, momentum: 0, centered: false };
    expect(rmsprop.run({ theta0: [0], grads: [[7], [-3]], ...settings }).theta).toAgreeWith([[-0.1], [0]]);
    const path = adagrad.run({
      theta0: [0],
      grads: constant(5, 4),
      lr: 1,
      lrDecay: 0,
      eps: 0,
      weightDecay: 0,
      initialAccumulatorValue: 0,
    });
    expect(path.theta[3]![0]! - path.theta[2]![0]!).toAgreeWith(-1 / 2);
  });

  test.each([
    [
      'Nesterov without momentum',
      () => sgdMomentum.run({ theta0: [0], grads: [[1]], ...sgd, momentum: 0, nesterov: true }),
      'momentum',
    ],
    [
      'Nesterov with dampening',
      () => sgdMomentum.run({ theta0: [0], grads: [[1]], ...sgd, dampening: 0.1, nesterov: true }),
      'dampening',
    ],
    ['a step of 0/0', () => adam.run({ theta0: [0], grads: [[0]], ...classic }), 'eps'],
    ['beta1 of 1', () => adam.run({ theta0: [0], grads: [[1]], ...classic, beta1: 1 }), 'beta1'],
    ['a negative learning rate', () => adamw.run({ theta0: [0], grads: [[1]], ...classic, lr: -1 }), 'lr'],
    ['gradients of another size', () => adam.run({ theta0: [0], grads: [[1, 2]], ...classic }), 'grads[0]'],
    ['no gradients', () => adam.run({ theta0: [0], grads: [], ...classic }), 'grads'],
  ])('refuses %s', (_, attempt, path) => {
    expect(attempt).toThrow(expect.objectContaining({ path }));
  });
});
