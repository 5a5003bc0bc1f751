import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerSpec, grade, readNumber, type Submission } from '../../src/grading/index.ts';
import { hostile } from './hostile.ts';

/** Keys that nobody hits by chance. */
const real = { min: 0.3, max: 2.9 };
const specs: readonly AnswerSpec[] = [
  { kind: 'numeric', value: 0.738_146_205_9, mistakes: [{ id: 'other', value: -91.234_567_8 }] },
  { kind: 'numeric', value: 49.234_871, unit: 'GB' },
  { kind: 'numeric', value: 49.234_871, unit: 'M' },
  { kind: 'numeric', value: 31.415_17, unit: '%' },
  { kind: 'vector', value: [0.738_146_205_9, -3.219_874_1], mistakes: [{ id: 'other', value: [7.1, 8.2] }] },
  {
    kind: 'matrix',
    value: [
      [0.738_146_205_9, -3.219_874_1],
      [17.102_938, 4.617_283_4],
    ],
  },
  {
    kind: 'formula',
    expression: 'x^2*ln(y)+exp(z_1)/sum(exp(z))',
    variables: { x: real, y: real, z: { min: -2, max: 2, length: 4 } },
    mistakes: [{ id: 'other', value: 'x*ln(y)' }],
  },
  { kind: 'formula', expression: 'exp(z)/sum(exp(z))', variables: { z: { min: -2, max: 2, length: 4 } } },
  { kind: 'short', accept: { text: ['Rotary position embedding'] } },
];
const choosing: readonly AnswerSpec[] = [
  { kind: 'choice', correct: 2, options: 4 },
  { kind: 'multi', correct: [0, 2], options: 4 },
  { kind: 'order', correct: ['forward', 'loss', 'backward'] },
];

/** The first verdict that should not be, or null. */
const offence = (submission: Submission, among: readonly AnswerSpec[]) => {
  for (const spec of among) {
    const { outcome, score } = grade(spec, submission);
    if (outcome === 'correct' || !(score >= 0 && score < 1)) return { spec, submission, outcome, score };
  }
  return null;
};

test('the corpus holds at least 100 submissions', () => {
  expect(new Set(hostile).size).toBeGreaterThanOrEqual(100);
});

describe('hostile submissions are never right and never an exception', () => {
  test.each(hostile.map((text) => [text.length > 40 ? `${text.slice(0, 30)}… ${text.length}` : text, text]))(
    '%j',
    (_, text) => {
      expect(offence(text, [...specs, ...choosing])).toBeNull();
      expect(readNumber(text)).toHaveProperty('ok');
    },
  );
});

describe('fuzz', () => {
  // What a keyboard, an input method and LaTeX produce, so that many texts get past the first character.
  const characters =
    '0123456789.,;:+-*/^%()[]{}|_=~ \n\\!?<>&#@\'"`$eixyzπσμεΣ√∑½²³⁻₁，；、。：（）【】％＋－０．５≈约万亿千又×÷·−–';
  const words =
    'sqrt( exp( ln log sum( max( x_1 z_i z[1] \\frac{ }{ \\sum_j \\sqrt 1/2 1e E- 10^ 1,000 000 110M GB 分之 \\\\ \\left \\begin{bmatrix}';
  const pieces = [...Array.from(characters), ...words.split(' '), '\u200b', '\u202e', '\ud800', '😀'];
  const keyboard = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''));
  const anything = fc.string({ unit: 'binary', maxLength: 40 });

  test('1e5 random texts, each for one reader: never right, never an exception', () => {
    const text = fc.oneof({ weight: 3, arbitrary: keyboard }, { weight: 1, arbitrary: anything });
    const offences: unknown[] = [];
    fc.assert(
      fc.property(text, fc.constantFrom(...specs), (typed, spec) => {
        const found = offence(typed, [spec]);
        if (found !== null) offences.push(found);
      }),
      { numRuns: 100_000, seed: 20_261_123 },
    );
    expect(offences).toEqual([]);
  }, 120_000);

  test('submissions of any other type are invalid', () => {
    const any = fc.anything().filter((value) => typeof value !== 'string');
    fc.assert(
      fc.property(any, (value) => {
        for (const spec of specs) {
          expect(grade(spec, value as Submission).outcome).toBe('invalid');
        }
        for (const spec of choosing) expect(() => grade(spec, value as Submission)).not.toThrow();
      }),
    );
  });
});
