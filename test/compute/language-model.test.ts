import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { distribution, real, size } from './numeric.ts';

const {
  mlmExpectations,
  maskReuse,
  spanCorruption,
  attentionPairs,
  squadSpan,
  bpeMerges,
  wordPieceScores,
  utf8Bytes,
  topK,
  topP,
  rewardModelLoss,
  preferencePairs,
  klPenalizedReward,
  dpoLoss,
  ppoClip,
} = operations;

describe('masking', () => {
  test('expected counts', () => {
    const { selected, masked, random, unchanged, changed, unaffected } = mlmExpectations.run({
      tokens: 512,
      rate: 0.15,
      maxPredictions: null,
    });
    expect([selected, masked, random, unchanged, changed, unaffected]).toAgreeWith([
      76.8, 61.44, 7.68, 7.68, 69.12, 442.88,
    ]);
  });

  test.each([
    [512, null, 77],
    [128, null, 19],
    [128, 10, 10],
    [10, null, 2],
    [30, null, 4],
    [9, null, 1],
    [1, null, 1],
  ])('the code selects of %d tokens with cap %s: %d', (tokens, maxPredictions, codeCount) => {
    expect(mlmExpectations.run({ tokens, rate: 0.15, maxPredictions }).codeCount).toBe(codeCount);
  });

  test('static and dynamic masks', () => {
    const { timesEachMask, staticNeverSelected, dynamicNeverSelected, expectedSelections } = maskReuse.run(
      maskReuse.example,
    );
    expect([timesEachMask, expectedSelections]).toEqual([4, 6]);
    expect(staticNeverSelected).toBeCloseTo(0.197, 3);
    expect(dynamicNeverSelected).toBeCloseTo(0.0015, 4);
  });

  test.each([
    [100, 91, 21],
    [200, 181, 41],
    [568, 512, 114],
  ])('span corruption of %d tokens: %d in, %d out', (tokens, inputLength, targetLength) => {
    expect(spanCorruption.run({ tokens, density: 0.15, meanSpan: 3 })).toMatchObject({
      inputLength,
      targetLength,
    });
  });

  test('pairs each mask allows, counted one by one', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), (a, b) => {
        const count = (allows: (i: number, j: number) => boolean) => {
          const positions = Array.from({ length: a + b }, (_, i) => i);
          return positions.flatMap((i) => positions.filter((j) => allows(i, j))).length;
        };
        expect(attentionPairs.run({ prefix: a, generated: b })).toEqual({
          prefixLm: count((i, j) => j < a || j <= i),
          causal: count((i, j) => j <= i),
          full: count(() => true),
        });
      }),
    );
  });
});

describe('squadSpan', () => {
  test('never ends before it starts', () => {
    expect(squadSpan.run(squadSpan.example)).toMatchObject({
      spanStart: 2,
      spanEnd: 3,
      score: 8,
      independentStart: 2,
      independentEnd: 1,
      isNull: 0,
    });
  });

  test('is the best of all allowed spans', () => {
    fc.assert(
      fc.property(
        size(1, 6).chain((n) =>
          fc.tuple(
            fc.array(fc.integer({ min: -5, max: 5 }), { minLength: n, maxLength: n }),
            fc.array(fc.integer({ min: -5, max: 5 }), { minLength: n, maxLength: n }),
          ),
        ),
        fc.option(fc.integer({ min: 1, max: 3 })),
        ([start, end], maxLength) => {
          const {
            spanStart: i,
            spanEnd: j,
            score,
          } = squadSpan.run({ start, end, maxLength, nullThreshold: null });
          const allowed = start.flatMap((s, a) =>
            end.flatMap((e, b) => (a <= b && (maxLength === null || b - a < maxLength) ? [s + e] : [])),
          );
          expect(score).toBe(Math.max(...allowed));
          expect(start[i]! + end[j]!).toBe(score);
          expect(j).toBeGreaterThanOrEqual(i);
        },
      ),
    );
  });

  test('the null answer wins unless the span beats it', () => {
    const input = { start: [3, 2], end: [3, 1], maxLength: null };
    expect(squadSpan.run({ ...input, nullThreshold: 0 })).toMatchObject({
      spanStart: 1,
      spanEnd: 1,
      nullScore: 6,
      isNull: 1,
    });
    expect(squadSpan.run({ ...input, nullThreshold: -3 })).toMatchObject({ nullScore: 3, isNull: 1 });
    expect(squadSpan.run({ ...input, nullThreshold: -3.5 }).isNull).toBe(0);
    expect(() => squadSpan.run({ start: [1], end: [1], maxLength: null, nullThreshold: 0 })).toThrow(
      expect.objectContaining({ path: 'start' }),
    );
  });
});

describe('tokenization', () => {
  test('BPE merges the pair with the largest weighted count', () => {
    expect(bpeMerges.run(bpeMerges.example)).toEqual({
      pairCounts: [19, 10, 6, 3],
      mergeCounts: [19, 10],
      symbols: 4,
      tokens: 28,
    });
  });

  test('overlapping pairs of a run count once, as they merge', () => {
    expect(bpeMerges.run({ words: ['aaa', 'aaaa'], counts: [5, 1], merges: 1 })).toMatchObject({
      pairCounts: [7],
      tokens: 12,
    });
  });

  test('every merge shortens the corpus by its count', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '中'), minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 4 }),
        (corpus) => {
          const words = corpus.map(([word]) => word);
          const counts = corpus.map(([, count]) => count);
          const { tokens, mergeCounts } = bpeMerges.run({ words, counts, merges: 1 });
          expect(tokens).toBe(
            corpus.reduce((total, [word, count]) => total + word.length * count, 0) - mergeCounts[0]!,
          );
        },
      ),
    );
  });

  test('refuses merges when no pair is left', () => {
    expect(() => bpeMerges.run({ words: ['ab'], counts: [1], merges: 2 })).toThrow(
      expect.objectContaining({ path: 'merges', got: '2' }),
    );
    expect(() => bpeMerges.run({ words: ['a b'], counts: [1], merges: 1 })).toThrow(
      expect.objectContaining({ path: 'words[0]' }),
    );
  });

  test('WordPiece may choose another pair than BPE', () => {
    expect(wordPieceScores.run(wordPieceScores.example)).toEqual({
      scores: [0.25, 0.00625],
      counts: [4, 10],
    });
  });

  test('bytes of characters', () => {
    expect(utf8Bytes.run({ text: 'aé中😀' })).toEqual({ codePoints: 4, bytesEach: [1, 2, 3, 4], bytes: 10 });
    expect(() => utf8Bytes.run({ text: '\ud800' })).toThrow(expect.objectContaining({ path: 'text' }));
  });
});

describe('sampling', () => {
  const probs = [0.5, 0.3, 0.15, 0.05];

  test('the check values', () => {
    expect(topP.run({ probs, p: 0.7 })).toMatchObject({ keptCount: 2, kept: [0, 1], gpt2Count: 1 });
    expect(topP.run({ probs, p: 0.7 }).probs).toAgreeWith([0.625, 0.375, 0, 0]);
    expect(topK.run({ probs, k: 3 }).probs).toAgreeWith([0.5 / 0.95, 0.3 / 0.95, 0.15 / 0.95, 0]);
  });

  test('rounding does not keep one token too many', () => {
    expect(topP.run({ probs, p: 0.8 })).toMatchObject({ keptCount: 2, gpt2Count: 2 });
    expect(topP.run({ probs: [0.1, 0.2, 0.7], p: 0.9 })).toMatchObject({ keptCount: 2, kept: [2, 1] });
  });

  test('top-p keeps the smallest prefix that reaches p, renormalised', () => {
    fc.assert(
      fc.property(size(1, 8).chain(distribution), fc.double({ min: 0, max: 1, noNaN: true }), (probs, p) => {
        const { kept, keptMass, probs: result } = topP.run({ probs, p });
        expect(keptMass).toBeGreaterThanOrEqual(p - 1e-9);
        expect(keptMass - probs[kept.at(-1)!]!).toBeLessThanOrEqual(p + 1e-9);
        expect(result.reduce((a, b) => a + b, 0)).toAgreeWith(1);
        expect(topK.run({ probs, k: kept.length }).probs).toEqual(result);
      }),
    );
  });

  test.each([
    ['more than there are', () => topK.run({ probs, k: 5 }), 'k'],
    ['p above 1', () => topP.run({ probs, p: 1.1 }), 'p'],
    ['probabilities that do not sum to 1', () => topP.run({ probs: [0.5, 0.4], p: 0.5 }), 'probs'],
  ])('refuses %s', (_, attempt, path) => {
    expect(attempt).toThrow(expect.objectContaining({ path }));
  });
});

describe('alignment', () => {
  test.each([
    [Math.log(3), 0.75],
    [Math.log(2), 2 / 3],
    [0, 0.5],
  ])('a difference of %d is preferred with probability %d', (difference, probability) => {
    const result = rewardModelLoss.run({ chosen: 5 + difference, rejected: 5 });
    expect([result.probability, result.loss, result.gradChosen]).toAgreeWith([
      probability,
      -Math.log(probability),
      probability - 1,
    ]);
  });

  test('the loss does not overflow', () => {
    expect(rewardModelLoss.run({ chosen: -1e4, rejected: 0 })).toMatchObject({ loss: 1e4, gradChosen: -1 });
  });

  test.each([
    [4, 6],
    [9, 36],
    [1, 0],
  ])('%d answers make %d pairs', (answers, pairs) => {
    expect(preferencePairs.run({ answers })).toEqual({ pairs });
  });

  test('the KL penalty sums over the tokens', () => {
    const { penalty, total } = klPenalizedReward.run(klPenalizedReward.example);
    expect([penalty, total]).toAgreeWith([0.1 * Math.LN2, 1 - 0.1 * Math.LN2]);
    const impossible = { ...klPenalizedReward.example, policyProbs: [0, 0.4, 0.1] };
    expect(() => klPenalizedReward.run(impossible)).toThrow(
      expect.objectContaining({ path: 'policyProbs[0]' }),
    );
  });

  test.each([
    [1.5, 2, 2.4],
    [0.5, 2, 1],
    [1.5, -2, -3],
    [0.5, -2, -1.6],
    [1.1, 2, 2.2],
  ])('PPO with ratio %d and advantage %d gains %d', (ratio, advantage, objective) => {
    expect(ppoClip.run({ ratio, advantage, epsilon: 0.2 }).objective).toAgreeWith(objective);
  });

  test('DPO: the check value, and ln 2 at the start', () => {
    expect(dpoLoss.run(dpoLoss.example).loss).toBeCloseTo(0.5946, 4);
    fc.assert(
      fc.property(real(), real(), fc.double({ min: 0, max: 1, noNaN: true }), (w, l, beta) => {
        const input = { policyChosen: w, referenceChosen: w, policyRejected: l, referenceRejected: l, beta };
        expect(dpoLoss.run(input).loss).toAgreeWith(Math.LN2);
      }),
    );
  });
});
