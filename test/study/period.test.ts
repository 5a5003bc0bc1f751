import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, periodKey, periodKeys, weekday } from '../../src/study/index.ts';
import { anyDate } from './arbitrary.ts';

test.each([
  ['2026-11-24', 'week:2026-W48'],
  ['2026-11-29', 'week:2026-W48'],
  ['2026-11-30', 'week:2026-W49'],
  // Years of 53 weeks, and days that belong to a week of another year.
  ['2026-12-31', 'week:2026-W53'],
  ['2027-01-01', 'week:2026-W53'],
  ['2027-01-03', 'week:2026-W53'],
  ['2027-01-04', 'week:2027-W01'],
  ['2024-12-29', 'week:2024-W52'],
  ['2024-12-30', 'week:2025-W01'],
  ['2024-12-31', 'week:2025-W01'],
  ['2021-01-01', 'week:2020-W53'],
  ['2022-01-01', 'week:2021-W52'],
  ['2023-01-01', 'week:2022-W52'],
  ['2029-01-01', 'week:2029-W01'],
  ['2028-02-29', 'week:2028-W09'],
])('%s lies in %s', (date, key) => {
  expect(periodKey('week', date)).toBe(key);
});

test('an answer counts under each period', () => {
  expect(periodKeys('2026-11-24', null)).toEqual(['day:2026-11-24', 'week:2026-W48', 'month:2026-11', 'all']);
  expect(periodKeys('2026-11-24', '3')).toEqual([
    'day:2026-11-24',
    'week:2026-W48',
    'month:2026-11',
    'season:3',
  ]);
});

test('a week is seven days from Monday to Sunday', () => {
  fc.assert(
    fc.property(anyDate, (date) => {
      const monday = addDays(date, 1 - weekday(date));
      const sunday = addDays(monday, 6);
      expect(periodKey('week', monday)).toBe(periodKey('week', date));
      expect(periodKey('week', sunday)).toBe(periodKey('week', date));
      expect(periodKey('week', addDays(sunday, 1)) > periodKey('week', date)).toBe(true);
    }),
  );
});
