import { describe, expect, test } from 'vitest';
import { type AnswerSpec, grade } from '../../src/grading/index.ts';
import { groups, refused } from './formula-pairs.ts';

const cases = groups.flatMap(({ key, variables, same, different }) => {
  const spec: AnswerSpec = { kind: 'formula', expression: key, variables };
  return { key, spec, same, different };
});

test('the tables hold at least 300 pairs, half of them equal', () => {
  expect(groups.flatMap(({ same }) => same).length).toBeGreaterThanOrEqual(150);
  expect(groups.flatMap(({ different }) => different).length).toBeGreaterThanOrEqual(150);
});

describe.each(cases)('$key', ({ key, spec, same, different }) => {
  test('equals itself', () => {
    expect(grade(spec, key)).toMatchObject({ outcome: 'correct', score: 1 });
  });

  test.each(same)('equals %s', (text) => {
    expect(grade(spec, text)).toMatchObject({ outcome: 'correct', score: 1 });
  });

  test.each(different)('differs from %s', (text) => {
    expect(['wrong', 'partial']).toContain(grade(spec, text).outcome);
  });
});

describe('refused', () => {
  const variables = { x: { min: 0.5, max: 2 }, y: { min: 0.5, max: 2 }, z: { min: 0.5, max: 2, length: 4 } };
  const spec: AnswerSpec = { kind: 'formula', expression: 'x*y', variables };
  const rows = Object.entries(refused).flatMap(([reason, texts]) =>
    texts.map((text) => [reason, text] as const),
  );

  test.each(rows)('%s: %s', (reason, text) => {
    const { outcome, notes } = grade(spec, text);
    const [note] = notes;
    const given = note !== undefined && 'reason' in note ? note.reason : note?.code;
    expect([outcome, given]).toEqual(['invalid', reason]);
  });
});
