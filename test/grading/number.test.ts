import { describe, expect, test } from 'vitest';
import { grade, readNumber } from '../../src/grading/index.ts';
import { refused, right, wrong } from './number-forms.ts';

const pairs = (rows: typeof right) =>
  rows.flatMap(([key, ...typed]) => typed.map((text) => [key, text] as const));

test('the tables hold at least 300 forms, half of them right', () => {
  expect(pairs(right).length).toBeGreaterThanOrEqual(150);
  expect(pairs(wrong).length).toBeGreaterThanOrEqual(150);
});

describe('right', () => {
  test.each(pairs(right))('%d typed as %j', (key, text) => {
    expect(grade({ kind: 'numeric', value: key }, text)).toMatchObject({ outcome: 'correct', score: 1 });
  });
});

describe('wrong', () => {
  test.each(pairs(wrong))('for %d: %j', (key, text) => {
    expect(grade({ kind: 'numeric', value: key }, text)).toMatchObject({ outcome: 'wrong', score: 0 });
  });
});

describe('refused', () => {
  const cases = Object.entries(refused).flatMap(([code, texts]) =>
    texts.map((text) => [code, text] as const),
  );
  test.each(cases)('%s: %j', (code, text) => {
    expect(readNumber(text)).toMatchObject({ ok: false, code });
  });
});
