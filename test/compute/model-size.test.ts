import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { matrix, real } from './numeric.ts';

const {
  bertParameters,
  albertParameters,
  albertEmbedding,
  attentionParameters,
  attentionShare,
  gptParameters,
  swigluFfn,
  llamaParameters,
  loraParameters,
  loraMerge,
  kvCache,
  quantizationMemory,
  symmetricQuantize,
  trainingMemory,
} = operations;

describe('encoders, against the instantiated models', () => {
  const base = {
    vocabulary: 30_522,
    positions: 512,
    segments: 2,
    hidden: 768,
    layers: 12,
    intermediate: 3072,
    pooler: true,
  };

  test.each([
    ['bert-base', base, 109_482_240],
    ['bert-large', { ...base, hidden: 1024, layers: 24, intermediate: 4096 }, 335_141_888],
    [
      'a toy',
      {
        vocabulary: 1000,
        positions: 64,
        segments: 2,
        hidden: 32,
        layers: 2,
        intermediate: 128,
        pooler: true,
      },
      60_640,
    ],
  ])('%s', (_, input, total) => {
    expect(bertParameters.run(input).total).toBe(total);
  });

  test('one layer and the share of the embeddings', () => {
    const { perLayer, embeddingShare } = bertParameters.run(base);
    expect(perLayer).toBe(7_087_872);
    expect(embeddingShare).toBeCloseTo(0.218, 3);
  });

  test('albert-base', () => {
    const { total, sharingSaved } = albertParameters.run({ ...base, vocabulary: 30_000, embedding: 128 });
    expect([total, sharingSaved]).toEqual([11_683_584, 77_966_592]);
  });

  test.each([
    [768, 19_101_696, 0.829],
    [1024, 26_748_928, 0.871],
    [4096, 118_515_712, 0.964],
  ])('factorising for H = %d saves %d', (hidden, saved, share) => {
    const result = albertEmbedding.run({ vocabulary: 30_000, hidden, embedding: 128 });
    expect(result.saved).toBe(saved);
    expect(result.savedShare).toBeCloseTo(share, 3);
  });
});

describe('decoders', () => {
  test.each([
    [32, 67_108_864],
    [8, 41_943_040],
    [1, 34_603_008],
  ])('attention with %d KV heads has %d weights', (kvHeads, total) => {
    expect(attentionParameters.run({ hidden: 4096, heads: 32, kvHeads }).total).toBe(total);
  });

  test.each([
    [
      'LLaMA-7B',
      {
        vocabulary: 32_000,
        hidden: 4096,
        layers: 32,
        heads: 32,
        kvHeads: 32,
        feedForward: 11_008,
        tied: false,
      },
      6_738_415_616,
    ],
    [
      'Llama-3-8B',
      {
        vocabulary: 128_256,
        hidden: 4096,
        layers: 32,
        heads: 32,
        kvHeads: 8,
        feedForward: 14_336,
        tied: false,
      },
      8_030_261_248,
    ],
    [
      'Yi-34B',
      {
        vocabulary: 64_000,
        hidden: 7168,
        layers: 60,
        heads: 56,
        kvHeads: 8,
        feedForward: 20_480,
        tied: false,
      },
      34_388_917_248,
    ],
  ])('%s', (_, input, total) => {
    expect(llamaParameters.run(input).total).toBe(total);
    const tied = llamaParameters.run({ ...input, tied: true }).total;
    expect(total - tied).toBe(input.vocabulary * input.hidden);
  });

  test.each([
    ['GPT-2 small', 768, 12, 124_439_808],
    ['GPT-2 medium', 1024, 24, 354_823_168],
  ])('%s', (_, hidden, layers, total) => {
    expect(gptParameters.run({ vocabulary: 50_257, positions: 1024, hidden, layers }).total).toBe(total);
  });

  test('the quadratic part is half of the work at n = 6H', () => {
    expect(attentionShare.run({ hidden: 100, tokens: 600 })).toMatchObject({ share: 0.5, evenAt: 600 });
  });

  test.each([
    [4096, 11_008],
    [5120, 13_824],
    [6656, 17_920],
    [8192, 22_016],
  ])('SwiGLU for H = %d is %d wide', (hidden, width) => {
    expect(swigluFfn.run({ hidden, multipleOf: 256 })).toMatchObject({
      width,
      parameters: 3 * hidden * width,
      plainParameters: 8 * hidden ** 2,
    });
  });

  test.each([
    ['heads that do not divide H', { hidden: 10, heads: 3, kvHeads: 1 }, 'heads'],
    ['groups that do not divide the heads', { hidden: 8, heads: 4, kvHeads: 3 }, 'kvHeads'],
    ['no head', { hidden: 8, heads: 0, kvHeads: 1 }, 'heads'],
  ])('refuses %s', (_, input, path) => {
    expect(() => attentionParameters.run(input)).toThrow(expect.objectContaining({ path }));
  });
});

describe('LoRA', () => {
  test('the check values', () => {
    const { perMatrix, matrixShare, total, modelShare } = loraParameters.run(loraParameters.example);
    expect([perMatrix, matrixShare, total]).toEqual([65_536, 0.00390625, 4_194_304]);
    expect(modelShare).toBeCloseTo(0.00062, 5);
    const value = { ...loraParameters.example, columns: 1024, baseParameters: null };
    expect(loraParameters.run(value)).toMatchObject({ perMatrix: 40_960, modelShare: null });
  });

  test('the merged weight acts as the two paths together', () => {
    fc.assert(
      fc.property(matrix(3, 2), matrix(3, 2), matrix(2, 2), real(), ([...W], B, A, alpha) => {
        const { merged } = loraMerge.run({ W, B, A, alpha });
        const at = (i: number, j: number) =>
          W[i]![j]! + (alpha / 2) * (B[i]![0]! * A[0]![j]! + B[i]![1]! * A[1]![j]!);
        expect(merged).toAgreeWith(W.map((row, i) => row.map((_, j) => at(i, j))));
      }),
    );
  });
});

describe('memory', () => {
  test.each([
    ['LLaMA-7B at 4096', { layers: 32, kvHeads: 32, headDim: 128, tokens: 4096 }, 2],
    ['Llama-3-8B at 8192', { layers: 32, kvHeads: 8, headDim: 128, tokens: 8192 }, 1],
    ['Llama-2-70B at 4096', { layers: 80, kvHeads: 8, headDim: 128, tokens: 4096 }, 1.25],
    ['GPT-3 at 2048', { layers: 96, kvHeads: 96, headDim: 128, tokens: 2048 }, 9],
  ])('KV cache of %s', (_, shape, gibibytes) => {
    expect(kvCache.run({ ...shape, batch: 1, bytesPerValue: 2 }).gibibytes).toBe(gibibytes);
  });

  test('KV cache of Yi-34B at 200,000, in GB', () => {
    const { gigabytes } = kvCache.run({
      layers: 60,
      kvHeads: 8,
      headDim: 128,
      tokens: 200_000,
      batch: 1,
      bytesPerValue: 2,
    });
    expect(gigabytes).toBeCloseTo(49.2, 1);
  });

  test.each([
    [16, null, 14],
    [8, null, 7],
    [4, null, 3.5],
    [4, 128, 3.609375],
  ])('7B in %d bits, groups of %s: %d GB', (bits, groupSize, gigabytes) => {
    expect(quantizationMemory.run({ parameters: 7e9, bits, groupSize, scaleBits: 16 }).gigabytes).toAgreeWith(
      gigabytes,
    );
  });

  test('symmetric int8', () => {
    const { scale, quantized } = symmetricQuantize.run({ x: [-1.2, 0.3, 0.8, 2.4], bits: 8 });
    expect(scale).toAgreeWith(2.4 / 127);
    expect(quantized).toEqual([-64, 16, 42, 127]);
    expect(symmetricQuantize.run({ x: [0.5, 1.5, -0.5, 127], bits: 8 }).quantized).toEqual([0, 2, 0, 127]);
  });

  test('no entry is off by more than half a step', () => {
    fc.assert(
      fc.property(
        fc.array(real(100), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 2, max: 16 }),
        (x, bits) => {
          fc.pre(x.some((value) => Math.abs(value) > 1e-3));
          const { scale, maxError } = symmetricQuantize.run({ x, bits });
          expect(maxError).toBeLessThanOrEqual((scale / 2) * (1 + 1e-9));
        },
      ),
    );
    expect(() => symmetricQuantize.run({ x: [0], bits: 8 })).toThrow(expect.objectContaining({ path: 'x' }));
  });

  test('Adam and ZeRO', () => {
    expect(trainingMemory.run({ parameters: 7e9, devices: 64 }).gigabytes).toAgreeWith([
      112, 29.3125, 15.53125, 1.75,
    ]);
    expect(trainingMemory.run({ parameters: 1, devices: 1 }).bytesPerParameter).toEqual([16, 16, 16, 16]);
  });
});
