import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import './numeric.ts';

const {
  trainingSteps,
  equalCompute,
  earlyStopping,
  trainingCompute,
  computeOptimal,
  modelFlopsUtilization,
  pipelineBubble,
  initialization,
  depthGradient,
  vanishingDepth,
  dropout,
  floatLimits,
  factScore,
  binaryClassification,
} = operations;

describe('steps and compute', () => {
  test('steps round up, or down when the last batch is dropped', () => {
    const input = { samples: 50_000, batchSize: 32, accumulation: 4, devices: 8, epochs: 3, dropLast: false };
    expect(trainingSteps.run(input)).toEqual({ effectiveBatch: 1024, stepsPerEpoch: 49, totalSteps: 147 });
    expect(trainingSteps.run({ ...input, dropLast: true }).totalSteps).toBe(144);
  });

  test.each([
    [2048, 125_000],
    [8192, 31_250],
  ])('256 x 1M is %d x %d', (batchB, stepsB) => {
    expect(equalCompute.run({ batchA: 256, stepsA: 1e6, batchB }).stepsB).toBe(stepsB);
  });

  test.each([
    [175e9, 300e9, 3.15e23],
    [70e9, 1.4e12, 5.88e23],
    [405e9, 15.6e12, 3.79e25],
  ])('%d parameters on %d tokens', (parameters, tokens, flops) => {
    const result = trainingCompute.run({ parameters, tokens, devices: 1000, peakFlops: 1e15, mfu: 0.5 });
    expect(result.flops / flops).toBeCloseTo(1, 2);
    expect(result.days).toAgreeWith(result.flops / (1000 * 1e15 * 0.5 * 86_400));
    expect(result.deviceHours).toAgreeWith(result.days * 24_000);
  });

  test('a pipeline of one stage never idles', () => {
    expect(pipelineBubble.run({ stages: 1, microBatches: 4 }).bubble).toBe(0);
    expect(pipelineBubble.run({ stages: 4, microBatches: 12 }).bubble).toBe(0.2);
  });

  test('the compute-optimal split and MFU', () => {
    const { parameters, tokens } = computeOptimal.run({ flops: 1e24, tokensPerParameter: 20 });
    expect([parameters / 1e9, tokens / 1e12].map((value) => value.toFixed(2))).toEqual(['91.29', '1.83']);
    expect(6 * parameters * tokens).toAgreeWith(1e24);
    expect(modelFlopsUtilization.run(modelFlopsUtilization.example).mfu).toBeCloseTo(0.43, 2);
  });

  test.each([
    [[1.1, 0.9, 0.95, 0.92, 0.5], 2, 2, 4],
    [[1.1, 0.9, 0.95, 0.92, 0.5], 3, 5, 5],
    [[3, 2, 1], 1, 3, 3],
    [[1, 1, 1], 2, 1, 3],
    [[1], 1, 1, 1],
  ])('validation %j with patience %d: best %d, stop %d', (valLoss, patience, bestEpoch, stopEpoch) => {
    const trainLoss = valLoss.map((loss) => loss - 0.25);
    const result = earlyStopping.run({ trainLoss, valLoss, patience });
    expect(result).toMatchObject({ bestEpoch, stopEpoch, bestValLoss: valLoss[bestEpoch - 1] });
    expect(result.gap).toAgreeWith(0.25);
  });
});

describe('initialisation and depth', () => {
  test('He and Xavier', () => {
    const { heStd, heBound, xavierStd, xavierBound } = initialization.run({ fanIn: 512, fanOut: 512 });
    expect([heStd, heBound, xavierStd, xavierBound]).toAgreeWith([
      1 / 16,
      Math.sqrt(3) / 16,
      Math.sqrt(2 / 1024),
      Math.sqrt(6 / 1024),
    ]);
  });

  test('gradients through depth', () => {
    expect(depthGradient.run({ slope: 1, weight: 1.5, depth: 10 }).gradient).toBeCloseTo(57.67, 2);
    expect(depthGradient.run({ slope: 0.25, weight: -1, depth: 3 }).gradient).toBe(-(0.25 ** 3));
    expect(vanishingDepth.run({ factor: 0.25, threshold: 1e-6 }).layers).toBe(10);
    expect(vanishingDepth.run({ factor: 0.1, threshold: 1e-3 }).layers).toBe(3);
    expect(() => vanishingDepth.run({ factor: 1, threshold: 0.1 })).toThrow(
      expect.objectContaining({ path: 'factor' }),
    );
  });

  test('dropout scales in training only', () => {
    const { scale, training, evaluation, expectedKept } = dropout.run({ x: [3, 6], keep: [1, 0], p: 0.25 });
    expect([scale, training, evaluation, expectedKept]).toAgreeWith([4 / 3, [4, 0], [3, 6], 1.5]);
    expect(() => dropout.run({ x: [1], keep: [1], p: 1 })).toThrow(expect.objectContaining({ path: 'p' }));
    expect(() => dropout.run({ x: [1], keep: [2], p: 0.5 })).toThrow(
      expect.objectContaining({ path: 'keep[0]' }),
    );
  });

  test.each([
    ['fp16', 65_504, 11.09],
    ['bf16', 3.3895313892515355e38, 88.72],
    ['fp32', 3.4028234663852886e38, 88.72],
    ['fp64', Number.MAX_VALUE, 709.78],
  ] as const)('%s', (format, largest, limit) => {
    const result = floatLimits.run({ format });
    expect(result.largest).toBe(largest);
    expect(result.largestExponent).toBeCloseTo(limit, 2);
  });
});

describe('evaluation', () => {
  test('FActScore, micro and macro', () => {
    const { micro, macro, hallucinationRate } = factScore.run({ supported: [8, 3], facts: [10, 4] });
    expect([micro, macro, hallucinationRate]).toAgreeWith([11 / 14, 0.775, 3 / 14]);
    expect(() => factScore.run({ supported: [5], facts: [4] })).toThrow(
      expect.objectContaining({ path: 'supported[0]' }),
    );
    expect(() => factScore.run({ supported: [0], facts: [0] })).toThrow(
      expect.objectContaining({ path: 'facts[0]' }),
    );
  });

  test('accuracy, precision, recall and F1', () => {
    const counts = { truePositives: 6, falsePositives: 2, falseNegatives: 4, trueNegatives: 8 };
    const { accuracy, precision, recall, f1 } = binaryClassification.run(counts);
    expect([accuracy, precision, recall, f1]).toAgreeWith([0.7, 0.75, 0.6, 2 / 3]);
    expect(() => binaryClassification.run({ ...counts, truePositives: 0, falsePositives: 0 })).toThrow(
      expect.objectContaining({ path: 'truePositives' }),
    );
  });
});
