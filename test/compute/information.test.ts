import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { distribution, size } from './numeric.ts';

const { perplexity, klDivergence, entropy, tokenWeightedLoss } = operations;

const pair = size(1, 6).chain((n) => fc.record({ p: distribution(n), q: distribution(n) }));

describe('klDivergence', () => {
  test('is never negative, is 0 for equals, and completes the entropy to the cross-entropy', () => {
    fc.assert(
      fc.property(pair, ({ p, q }) => {
        const { klPq, klQp, crossEntropyPq, entropyP } = klDivergence.run({ p, q });
        expect(klPq).toBeGreaterThanOrEqual(0);
        expect(klQp).toBe(klDivergence.run({ p: q, q: p }).klPq);
        expect(entropyP + klPq).toAgreeWith(crossEntropyPq);
        expect(klDivergence.run({ p, q: p }).klPq).toBe(0);
      }),
    );
  });

  test('the check values', () => {
    const { klPq, klQp, crossEntropyPq, entropyP } = klDivergence.run({ p: [0.5, 0.5], q: [0.25, 0.75] });
    expect([klPq, klQp, crossEntropyPq, entropyP].map((value) => value.toFixed(4))).toEqual([
      '0.1438',
      '0.1308',
      '0.8370',
      '0.6931',
    ]);
  });

  test('a term with p = 0 counts 0; q = 0 where p > 0 is infinite', () => {
    const { klPq, klQp, crossEntropyPq, entropyP } = klDivergence.run({ p: [1, 0], q: [0.5, 0.5] });
    expect([klPq, crossEntropyPq, entropyP]).toAgreeWith([Math.LN2, Math.LN2, 0]);
    expect(klQp).toBe(Infinity);
  });

  test.each([
    ['a sum of 0.9', { p: [0.4, 0.5] }, 'p'],
    ['a negative probability', { q: [-0.5, 1.5] }, 'q[0]'],
    ['unequal lengths', { q: [1] }, 'q'],
  ])('refuses %s', (_, change, path) => {
    expect(() => klDivergence.run({ p: [0.5, 0.5], q: [0.5, 0.5], ...change })).toThrow(
      expect.objectContaining({ path }),
    );
  });
});

test('entropy is largest for a uniform distribution', () => {
  const { entropyNats, entropyBits, expEntropy } = entropy.run({ p: [0.25, 0.25, 0.25, 0.25] });
  expect([entropyNats, entropyBits, expEntropy]).toAgreeWith([Math.log(4), 2, 4]);
  expect(entropy.run({ p: [0, 1] })).toEqual({ entropyNats: 0, entropyBits: 0, expEntropy: 1 });
  fc.assert(
    fc.property(pair, ({ p }) => {
      expect(entropy.run({ p }).entropyNats).toBeLessThanOrEqual(Math.log(p.length) + 1e-12);
    }),
  );
});

describe('perplexity', () => {
  test('is the geometric mean of 1/p', () => {
    const result = perplexity.run({ tokenLogprobs: [0.5, 0.25, 0.125, 0.25].map(Math.log) });
    expect(result.perplexity).toAgreeWith(4);
    expect(result.bitsPerToken).toAgreeWith(2);
    expect(result.sumLogprob).toAgreeWith(-8 * Math.LN2);
    expect(result.meanNll).toAgreeWith(2 * Math.LN2);
  });

  test('certain tokens have perplexity 1', () => {
    expect(perplexity.run({ tokenLogprobs: [0, 0] })).toEqual({
      meanNll: 0,
      perplexity: 1,
      bitsPerToken: 0,
      sumLogprob: 0,
    });
  });

  test('refuses a positive log-probability', () => {
    expect(() => perplexity.run({ tokenLogprobs: [-1, 0.1] })).toThrow(
      expect.objectContaining({ path: 'tokenLogprobs[1]' }),
    );
  });
});

test('tokenWeightedLoss weighs by tokens', () => {
  expect(tokenWeightedLoss.run({ losses: [2, 3], tokens: [2, 6] })).toEqual({
    totalTokens: 8,
    weightedMean: 2.75,
    meanOfMeans: 2.5,
  });
  expect(() => tokenWeightedLoss.run({ losses: [1], tokens: [0] })).toThrow(
    expect.objectContaining({ path: 'tokens' }),
  );
});
