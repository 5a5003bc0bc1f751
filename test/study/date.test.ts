import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, weekday } from '../../src/study/index.ts';
import { anyDate } from './arbitrary.ts';

describe('addDays', () => {
  test.each([
    ['2026-11-24', 1, '2026-11-25'],
    ['2026-11-24', -1, '2026-11-23'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2028-02-29', 365, '2029-02-28'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2026-03-08', 1, '2026-03-09'],
    ['2026-11-24', 0, '2026-11-24'],
  ])('%s %i days -> %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });

  test('is undone by daysBetween', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -2000, max: 2000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  test('keeps the order in which dates compare as text', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 2000 }), (date, days) => {
        expect(addDays(date, days) > date).toBe(true);
      }),
    );
  });
});

test.each([
  ['2026-11-23', 1],
  ['2026-11-24', 2],
  ['2026-11-29', 7],
  ['2000-02-29', 2],
])('weekday of %s is %i', (date, expected) => {
  expect(weekday(date)).toBe(expected);
});
