import { describe, expect, test } from 'vitest';
import { boardsFor, pointsFor, type Scored } from '../../src/study/index.ts';

const first: Scored = {
  kind: 'numeric',
  level: 3,
  score: 1,
  hinted: false,
  late: false,
  attempted: false,
  due: false,
};

describe('points', () => {
  test.each([
    ['right at once', {}, 30],
    ['the hardest', { level: 5 }, 50],
    ['partial', { score: 2 / 3 }, 20],
    ['partial, rounded', { level: 1, score: 0.55 }, 6],
    ['after a hint', { hinted: true }, 24],
    ['wrong', { score: 0 }, 0],
    ['again with new numbers', { attempted: true }, 0],
    ['again when it is due', { attempted: true, due: true }, 15],
    ['again when it is due, rounded', { level: 1, score: 0.5, attempted: true, due: true }, 3],
    ['late', { late: true }, 0],
    ['late, and due', { late: true, attempted: true, due: true }, 0],
    ['open', { kind: 'open' }, 0],
  ])('%s', (_name, change, points) => {
    expect(pointsFor({ ...first, ...change })).toBe(points);
  });

  test('count here, and globally for who wants that', () => {
    expect(boardsFor('1', true)).toEqual(['1', 'global']);
    expect(boardsFor('1', false)).toEqual(['1']);
  });

  test('of a direct message count globally only', () => {
    expect(boardsFor(null, true)).toEqual(['global']);
    expect(boardsFor(null, false)).toEqual([]);
  });
});
