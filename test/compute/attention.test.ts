import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { matrix, real, size, vector } from './numeric.ts';

const { attention, rope, ropeScore } = operations;

const shapes = fc.tuple(size(), size(), size(), size());
const inputs = shapes.chain(([n, m, d, e]) =>
  fc.record({ Q: matrix(n, d), K: matrix(m, d), V: matrix(m, e), causal: fc.boolean() }),
);

describe('attention', () => {
  test('rows of weights sum to 1, and the output lies within the values', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { scores, maskedScores, weights, output } = attention.run(input);
        const scale = Math.sqrt(input.K[0]!.length);
        expect(scores).toAgreeWith(
          input.Q.map((q) =>
            input.K.map((k) => q.reduce((total, value, i) => total + value * k[i]!, 0) / scale),
          ),
        );
        expect(weights.map((row) => row.reduce((a, b) => a + b, 0))).toAgreeWith(weights.map(() => 1));
        expect(maskedScores).toEqual(
          scores.map((row, i) => row.map((s, j) => (input.causal && j > i ? -Infinity : s))),
        );
        for (const row of output) {
          row.forEach((value, j) => {
            const column = input.V.map((v) => v[j]!);
            expect(value).toBeLessThanOrEqual(Math.max(...column) + 1e-12);
            expect(value).toBeGreaterThanOrEqual(Math.min(...column) - 1e-12);
          });
        }
      }),
    );
  });

  test('a causal row does not see what comes later', () => {
    fc.assert(
      fc.property(inputs, real(100), (input, noise) => {
        const changed = {
          ...input,
          causal: true,
          K: input.K.map((k, j) => (j === 0 ? k : k.map((v) => v + noise))),
        };
        expect(attention.run(changed).output[0]).toAgreeWith(input.V[0]);
      }),
    );
  });

  test('the weights of the textbook: scores of 2 ln k give k over the sum', () => {
    const K = [1, 2, 3].map((k) => [2 * Math.log(k), 0, 0, 0]);
    const { weights, output } = attention.run({
      Q: [[1, 0, 0, 0]],
      K,
      V: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      causal: false,
    });
    expect(weights).toAgreeWith([[1 / 6, 2 / 6, 3 / 6]]);
    expect(output).toAgreeWith([[4 / 6, 5 / 6]]);
  });

  test.each([
    ['keys of another width', { K: [[1, 2]] }, 'K[0]'],
    ['another number of values', { V: [[1], [1]] }, 'V'],
  ])('refuses %s', (_, change, path) => {
    expect(() => attention.run({ Q: [[1]], K: [[1]], V: [[1]], causal: false, ...change })).toThrow(
      expect.objectContaining({ path }),
    );
  });
});

const length = (x: readonly number[]) => Math.hypot(...x);
const evenThenOdd = (v: readonly number[]) => [v[0]!, v[2]!, v[4]!, v[1]!, v[3]!, v[5]!];

describe('rope', () => {
  const even = fc.constantFrom(2, 4, 8).chain((d) => vector(d));

  test('keeps norms, and position 0 changes nothing', () => {
    fc.assert(
      fc.property(even, real(1000), (x, position) => {
        const { interleaved, halfSplit } = rope.run({ x, position, base: 10_000 });
        expect([length(interleaved), length(halfSplit)]).toAgreeWith([length(x), length(x)]);
        const still = rope.run({ x, position: 0, base: 10_000 });
        expect([still.interleaved, still.halfSplit]).toAgreeWith([x, x]);
      }),
    );
  });

  test('both pairings turn the same pairs once their entries are reordered', () => {
    fc.assert(
      fc.property(vector(6), real(10), (x, position) => {
        const { interleaved } = rope.run({ x, position, base: 100 });
        const { halfSplit } = rope.run({ x: evenThenOdd(x), position, base: 100 });
        expect(halfSplit).toAgreeWith(evenThenOdd(interleaved));
      }),
    );
  });

  test('angles fall by powers of the base; a quarter turn', () => {
    expect(rope.run({ x: [1, 0, 0, 0, 0, 0, 0, 0], position: 1, base: 10_000 }).angles).toAgreeWith([
      1, 0.1, 0.01, 0.001,
    ]);
    expect(rope.run({ x: [1, 2], position: Math.PI / 2, base: 10_000 }).interleaved).toAgreeWith([-2, 1]);
  });

  test('scores depend on the relative position only', () => {
    fc.assert(
      fc.property(vector(4), vector(4), fc.nat(50), fc.nat(50), fc.nat(50), (q, k, m, n, shift) => {
        const score = (queryPosition: number, keyPosition: number) =>
          ropeScore.run({ q, k, queryPosition, keyPosition, base: 10_000 }).score;
        expect(score(m + shift, n + shift)).toAgreeWith(score(m, n));
      }),
    );
  });

  test('refuses an odd length', () => {
    expect(() => rope.run({ x: [1, 2, 3], position: 1, base: 10 })).toThrow(
      expect.objectContaining({ path: 'x', got: 'length 3' }),
    );
    expect(() => ropeScore.run({ q: [1], k: [1], queryPosition: 1, keyPosition: 1, base: 10 })).toThrow(
      expect.objectContaining({ path: 'q' }),
    );
  });
});
