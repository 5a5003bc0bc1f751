import { describe, expect, test } from 'vitest';
import { readLevels, readTime } from '../../src/quiz/settings.ts';

describe('readTime', () => {
  test.each([
    ['9:00', '09:00'],
    ['23:59', '23:59'],
    [' 09：30 ', '09:30'],
    ['０８:０５', '08:05'],
    ['24:00', undefined],
    ['9', undefined],
    ['9:60', undefined],
    ['nine', undefined],
    ['', undefined],
  ])('%j is %j', (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });
});

describe('readLevels', () => {
  test.each([
    ['1-3', [1, 2, 3]],
    ['2,4', [2, 4]],
    ['4、2', [2, 4]],
    ['5', [5]],
    ['1-5', [1, 2, 3, 4, 5]],
    ['3-1', undefined],
    ['0', undefined],
    ['6', undefined],
    ['easy', undefined],
  ])('%j is %j', (typed, levels) => {
    expect(readLevels(typed)).toEqual(levels);
  });
});
