import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { derivative, matrix, positive, size, vector } from './numeric.ts';

const { linearRegressionGd, quadraticDescent, regressionStability, weightPenalty, softThreshold } =
  operations;

describe('linearRegressionGd', () => {
  test('one step by hand, the bias not regularised', () => {
    const { theta, loss, grad0 } = linearRegressionGd.run({
      X: [[1], [3]],
      y: [2, 4],
      theta0: [1, 2],
      eta: 0.1,
      steps: 1,
      lambda: 0.5,
    });
    // Residuals 1 and 3: gradients 2 and (1 + 9) / 2 + 0.5 * 2.
    expect(grad0).toAgreeWith([2, 6]);
    expect(theta).toAgreeWith([
      [1, 2],
      [0.8, 1.4],
    ]);
    expect(loss[0]).toAgreeWith(10 / 4 + 0.25 * 4);
    expect(loss).toHaveLength(2);
  });

  test('the gradient agrees with numerical differentiation', () => {
    const input = fc
      .tuple(size(1, 5), size(1, 3))
      .chain(([m, d]) =>
        fc.record({ X: matrix(m, d), y: vector(m), theta0: vector(d + 1), lambda: positive(0, 2) }),
      );
    fc.assert(
      fc.property(input, ({ theta0, ...rest }) => {
        const at = (theta0: number[]) => linearRegressionGd.run({ ...rest, theta0, eta: 0.1, steps: 0 });
        expect(at(theta0).grad0).toBeGradient(derivative((theta) => at(theta).loss[0]!, theta0));
      }),
    );
  });

  test('converges below the stability bound and diverges above it', () => {
    const X = [[1], [2], [3], [4]];
    const { divergenceBound } = regressionStability.run({ X, intercept: true });
    const at = (eta: number) =>
      linearRegressionGd.run({ X, y: [3, 5, 7, 9], theta0: [0, 0], eta, steps: 2000, lambda: 0 });
    expect(at(divergenceBound * 0.99).theta.at(-1)).toAgreeWith([1, 2], 1e-6);
    expect(at(divergenceBound * 1.01).loss.at(-1)).toBeGreaterThan(1e6);
  });

  test('a divergence beyond the numbers is refused, not NaN', () => {
    expect(() =>
      linearRegressionGd.run({ X: [[1e3]], y: [1], theta0: [0, 0], eta: 1e3, steps: 500, lambda: 0 }),
    ).toThrow(expect.objectContaining({ got: 'NaN' }));
  });

  test('a run too long to wait for is refused', () => {
    const X = Array.from({ length: 1001 }, () => [1]);
    const input = { X, y: X.flat(), theta0: [0, 0], eta: 0.1, lambda: 0 };
    expect(() => linearRegressionGd.run({ ...input, steps: 10_000 })).toThrow(
      expect.objectContaining({ path: 'steps', want: 'at most 4995 for inputs of this size' }),
    );
  });

  test('theta0 has one entry more than X has columns', () => {
    expect(() =>
      linearRegressionGd.run({ X: [[1]], y: [1], theta0: [0], eta: 1, steps: 1, lambda: 0 }),
    ).toThrow(
      expect.objectContaining({ path: 'theta0', got: 'length 1', want: expect.stringContaining('length 2') }),
    );
  });
});

describe('regressionStability', () => {
  test('the check value', () => {
    const { eigenvalues, divergenceBound } = regressionStability.run({
      X: [[1], [2], [3], [4]],
      intercept: true,
    });
    expect(eigenvalues[0]).toBeCloseTo(8.3503, 4);
    expect(divergenceBound).toBeCloseTo(0.2395, 4);
  });

  test('eigenvalues descend, sum to the trace and give the sum of squares', () => {
    fc.assert(
      fc.property(
        fc.tuple(size(1, 6), size(1, 6)).chain(([m, d]) => matrix(m, d)),
        (X) => {
          fc.pre(X.flat().some((value) => Math.abs(value) > 0.01));
          const { hessian, eigenvalues } = regressionStability.run({ X, intercept: false });
          const trace = hessian.reduce((total, row, i) => total + row[i]!, 0);
          const squares = hessian.flat().reduce((total, value) => total + value ** 2, 0);
          expect(eigenvalues.reduce((a, b) => a + b, 0)).toAgreeWith(trace);
          expect(eigenvalues.reduce((a, b) => a + b ** 2, 0)).toAgreeWith(squares);
          expect(eigenvalues.toSorted((a, b) => b - a)).toEqual(eigenvalues);
          expect(eigenvalues.at(-1)).toBeGreaterThan(-1e-9);
        },
      ),
    );
  });
});

test('quadraticDescent is gradient descent', () => {
  const { theta, factor } = quadraticDescent.run({ curvature: 4, eta: 0.6, theta0: 2, steps: 3 });
  expect(factor).toAgreeWith(-1.4);
  let want = 2;
  expect(theta).toAgreeWith([
    want,
    (want -= 0.6 * 4 * want),
    (want -= 0.6 * 4 * want),
    (want -= 0.6 * 4 * want),
  ]);
});

test('weightPenalty', () => {
  expect(Object.values(weightPenalty.run({ weights: [-2, 0, 3], lambda: 0.1 }))).toAgreeWith([
    0.5,
    0.65,
    [-0.1, 0, 0.1],
    [-0.2, 0, 0.3],
  ]);
});

test('softThreshold finds the minima', () => {
  fc.assert(
    fc.property(fc.double({ min: -4, max: 4, noNaN: true }), positive(0, 3), (a, lambda) => {
      const { lasso, ridge } = softThreshold.run({ a: [a], lambda });
      const l1 = (w: number) => (w - a) ** 2 / 2 + lambda * Math.abs(w);
      const l2 = (w: number) => (w - a) ** 2 / 2 + (lambda / 2) * w ** 2;
      for (const step of [-1e-3, 1e-3]) {
        expect(l1(lasso[0]! + step)).toBeGreaterThanOrEqual(l1(lasso[0]!) - 1e-12);
        expect(l2(ridge[0]! + step)).toBeGreaterThanOrEqual(l2(ridge[0]!) - 1e-12);
      }
    }),
  );
  expect(softThreshold.run({ a: [2, 0.5, -0.5], lambda: 1 }).lasso).toEqual([1, 0, 0]);
});
