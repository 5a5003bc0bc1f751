import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asked, draw, DrawError, instantiate, submissionOf } from '../../src/bank/index.ts';
import { grade } from '../../src/grading/index.ts';
import { fields, questionOf } from './fixtures.ts';

const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const numeric = questionOf(fields.numeric);
const withParams = (params: object, rest: object = {}) =>
  questionOf({
    ...fields.choice,
    params,
    prompt: { 'zh-CN': '给定 {{x}}。', 'en-US': 'Given {{x}}.' },
    ...rest,
  });
const drawn = (params: object, seed: number, rest: object = {}) =>
  draw(withParams(params, rest), seed).params['x'];

describe('a draw', () => {
  test('is the same for the same question and seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { solution, question, ...variant } = draw(numeric, seed);
        const { solution: again, question: same, ...other } = draw(questionOf(fields.numeric), seed);
        expect(other).toEqual(variant);
        expect(again()).toEqual(solution());
        expect(same.version).toBe(question.version);
      }),
      { numRuns: 50 },
    );
  });

  test('differs between seeds and between questions', () => {
    const other = questionOf(fields.numeric, 'batchnorm/another');
    const params = [0, 1, 2, 3, 4, 5].map((seed) => JSON.stringify(draw(numeric, seed).params));
    expect(new Set(params).size).toBeGreaterThan(4);
    expect(draw(other, 1).params).not.toEqual(draw(numeric, 1).params);
  });

  test('stays as it was: stored seeds depend on it', () => {
    expect(draw(numeric, 42).params).toMatchInlineSnapshot(`
      {
        "alpha": 0.2,
        "means": [
          4,
          1.5,
          5,
        ],
      }
    `);
    expect(draw(questionOf(fields.choice), 42).display).toMatchInlineSnapshot(`
      [
        1,
        0,
        2,
      ]
    `);
  });

  test('is rebuilt from its parameters and seed after a trip through JSON', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { solution, ...variant } = draw(numeric, seed);
        const params = JSON.parse(JSON.stringify(variant.params)) as typeof variant.params;
        const { solution: again, ...rebuilt } = instantiate(numeric, params, seed);
        expect(rebuilt).toEqual(variant);
        expect(again()).toEqual(solution());
      }),
      { numRuns: 50 },
    );
  });

  test('cannot be rebuilt from parameters of another question', () => {
    expect(() => instantiate(numeric, { beta: 3 }, 1)).toThrow(DrawError);
  });

  test('solves to the key with the numbers drawn', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { params, spec, solution } = draw(numeric, seed);
        const { means, alpha } = params as { means: number[]; alpha: number };
        const key = means.reduce((old, mean) => (1 - alpha) * old + alpha * mean, 0);
        expect(spec).toMatchObject({ kind: 'numeric', tolerance: { decimals: 3 } });
        expect('value' in spec && spec.value).toBeCloseTo(key, 12);
        expect(solution().at(-1)?.output).toBe('runningMean');
      }),
      { numRuns: 50 },
    );
  });
});

describe('parameters', () => {
  test.each<[string, object, (value: unknown) => boolean]>([
    ['int', { x: { int: [2, 5] } }, (x) => [2, 3, 4, 5].includes(x as number)],
    ['int with a step', { x: { int: [2, 9], step: 3 } }, (x) => [2, 5, 8].includes(x as number)],
    [
      'decimal',
      { x: { decimal: [0.1, 0.5], step: 0.1 } },
      (x) => [0.1, 0.2, 0.3, 0.4, 0.5].includes(x as number),
    ],
    ['one', { x: { one: ['relu', 'tanh'] } }, (x) => x === 'relu' || x === 'tanh'],
    [
      'list',
      { x: { list: { of: { int: [1, 3] }, length: [1, 4] } } },
      (x) => Array.isArray(x) && x.length >= 1 && x.length <= 4,
    ],
    [
      'distinct list',
      { x: { list: { of: { int: [1, 3] }, length: 3, distinct: true } } },
      (x) => new Set(x as number[]).size === 3,
    ],
    [
      'nested list',
      { x: { list: { of: { list: { of: { int: [0, 1] }, length: 2 } }, length: 3 } } },
      (x) => (x as number[][]).every((row) => row.length === 2),
    ],
  ])('%s', (_, params, fits) => {
    const values = Array.from({ length: 200 }, (_, seed) => drawn(params, seed));
    expect(values.filter((value) => !fits(value))).toEqual([]);
  });

  test('reach every value of their range', () => {
    const values = Array.from({ length: 200 }, (_, seed) => drawn({ x: { int: [1, 6] } }, seed));
    expect(new Set(values)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  test('may depend on those before them', () => {
    const params = { n: { int: [2, 4] }, x: { list: { of: { int: [1, 'n'] }, length: 'n' } } };
    for (let seed = 0; seed < 50; seed += 1) {
      const { n, x } = draw(withParams(params), seed).params as { n: number; x: number[] };
      expect(x).toHaveLength(n);
      expect(Math.max(...x)).toBeLessThanOrEqual(n);
    }
  });

  test('that fail a condition are drawn again', () => {
    const values = Array.from({ length: 50 }, (_, seed) =>
      drawn({ x: { int: [1, 9] } }, seed, { where: ['x > 7'] }),
    );
    expect(new Set(values)).toEqual(new Set([8, 9]));
  });

  test('that can never fit end in an error that says why', () => {
    expect(() => drawn({ x: { int: [1, 3] } }, 1, { where: ['x > 7'] })).toThrow(/where, x > 7/);
    expect(() => drawn({ x: { list: { of: { int: [1, 2] }, length: 3, distinct: true } } }, 1)).toThrow(
      /distinct, x/,
    );
  });
});

const always = (value: string | number, decimals = 3) =>
  questionOf({
    ...fields.numeric,
    answer: { ...fields.numeric.answer, decimals },
    mistakes: [
      ...fields.numeric.mistakes,
      { id: 'other', value, says: { 'zh-CN': '错。', 'en-US': 'Wrong.' } },
    ],
  });

describe('mistakes', () => {
  test('are computed from the draw, and count only where their condition holds', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { params, mistakes, spec } = draw(numeric, seed);
        const small = (params['alpha'] as number) > 0.15;
        expect(mistakes.map(({ id }) => id)).toEqual(small ? ['plain-average', 'small'] : ['plain-average']);
        const means = params['means'] as number[];
        expect(mistakes[0]!.value).toBeCloseTo((means[0]! + means[1]! + means[2]!) / 3, 12);
        expect('mistakes' in spec && spec.mistakes?.map(({ id }) => id)).toEqual(
          mistakes.map(({ id }) => id),
        );
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['equals the key', 'answer', /collision, other = the answer/],
    ['lies within three tolerances of the key', 'answer + 0.0001', /collision, other = the answer/],
    ['equals another mistake', 'plain', /collision, other = plain-average/],
    ['is not finite', '1 / 0', /not-finite, other/],
    ['is a vector', 'means', /want a number/],
    ['cannot be computed', 'means[7]', /means\[7\]/],
  ])('one that %s rejects the draw', (_, value, message) => {
    expect(() => draw(always(value), 1)).toThrow(message);
  });

  test('an off-by-one of a whole number is no collision', () => {
    const counted = questionOf({
      ...fields.numeric,
      params: { n: { int: [10, 90] } },
      let: {},
      where: ['mod(n, 10) != 0'],
      prompt: { 'zh-CN': '求 {{n}}。', 'en-US': 'Of {{n}}.' },
      answer: {
        ...fields.numeric.answer,
        input: { batchMean: [['$ceil(n / 10)']], batchVar: [[1]], alpha: 1, initMean: [0], initVar: [0] },
        decimals: 0,
      },
      mistakes: [{ id: 'floor', value: 'floor(n / 10)', says: { 'zh-CN': '取整错。', 'en-US': 'Floor.' } }],
    });
    const { spec } = draw(counted, 3);
    expect('mistakes' in spec && spec.mistakes).toHaveLength(1);
  });
});

describe('what is shown', () => {
  test.each(Object.entries(fields))('%s holds no key', (_, content) => {
    const variant = draw(questionOf(content), 5);
    const text = JSON.stringify(asked(variant));
    for (const secret of [
      variant.explanation['en-US'],
      ...variant.mistakes.map(({ says }) => says['en-US']),
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(Object.keys(asked(variant)).toSorted()).toEqual(
      [
        'id',
        'topic',
        'kind',
        'level',
        'prompt',
        'hint',
        'choices',
        'tolerance',
        'unit',
        'variables',
      ].toSorted(),
    );
  });

  test('options come in an order drawn from the seed, each position as likely', () => {
    const choice = questionOf(fields.choice);
    const positions = [0, 0, 0];
    for (let seed = 0; seed < 600; seed += 1) positions[draw(choice, seed).display.indexOf(0)]! += 1;
    for (const count of positions) expect(count).toBeGreaterThan(150);
  });

  test('steps are never shown in the right order', () => {
    const order = questionOf(fields.order);
    for (let seed = 0; seed < 100; seed += 1) expect(draw(order, seed).display).not.toEqual([0, 1, 2]);
  });

  test('positions pressed become what grading takes', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const content of [fields.choice, fields.multi, fields.order]) {
          const variant = draw(questionOf(content), seed);
          const right = content.kind === 'choice' ? [0] : content.kind === 'multi' ? [0, 1] : [0, 1, 2];
          const positions = right.map((index) => variant.display.indexOf(index));
          expect(grade(variant.spec, submissionOf(variant, positions)).outcome).toBe('correct');
        }
      }),
      { numRuns: 30 },
    );
  });

  test.each([fields.choice, fields.multi, fields.order])(
    'a position never shown is invalid: $kind',
    (content) => {
      const variant = draw(questionOf(content), 1);
      expect(grade(variant.spec, submissionOf(variant, [9])).outcome).toBe('invalid');
      expect(grade(variant.spec, submissionOf(variant, [])).outcome).toBe('invalid');
    },
  );

  test('options that print the same reject the draw', () => {
    const [right, wrong] = fields.choice.options;
    const options = [
      { ...right, text: { 'zh-CN': '{{x}}', 'en-US': '{{x}}' } },
      { ...wrong, text: { 'zh-CN': '{{x^2}}', 'en-US': '{{x^2}}' } },
    ];
    const values = Array.from({ length: 40 }, (_, seed) => drawn({ x: { int: [0, 3] } }, seed, { options }));
    expect(new Set(values)).toEqual(new Set([2, 3]));
  });
});
