import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACCURACY_MINIMUM,
  addToScores,
  pageOfBoard,
  rankOnBoard,
  sizeOfBoard,
  type Board,
} from '../../src/storage/score.ts';
import { memoryDb } from './memory.ts';

const board: Board = { board: 'g', period: 'all', by: 'points' };
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

describe('the score table', () => {
  test('adds up answers, and a gain of nothing keeps its place among ties', async () => {
    const db = memoryDb();
    const gain = (user_id: string, points: number, minute: number) =>
      addToScores(db, [
        { board: 'g', period: 'all', user_id, points, score: points > 0 ? 1 : 0, at: at(minute) },
      ]);
    await gain('a', 10, 1);
    await gain('b', 10, 2);
    await gain('a', 0, 3);
    const page = await pageOfBoard(db, board, 0, 10);
    expect(
      page.map(({ user_id, points, answered, accuracy }) => [user_id, points, answered, accuracy]),
    ).toEqual([
      ['a', 10, 2, 0.5],
      ['b', 10, 1, 1],
    ]);
  });

  test('gives everybody the rank at which the pages show them', async () => {
    const gains = fc.array(
      fc.record({
        user: fc.integer({ min: 0, max: 12 }),
        points: fc.integer({ min: 0, max: 3 }),
        minute: fc.integer({ min: 0, max: 5 }),
      }),
      { minLength: 1, maxLength: 80 },
    );
    await fc.assert(
      fc.asyncProperty(gains, fc.constantFrom('points' as const, 'accuracy' as const), async (list, by) => {
        const db = memoryDb();
        for (const { user, points, minute } of list) {
          await addToScores(db, [
            { ...board, user_id: `u${user}`, points, score: points / 3, at: at(minute) },
          ]);
        }
        const ranked = { ...board, by };
        const size = await sizeOfBoard(db, ranked);
        const pages = [];
        for (let offset = 0; offset < size; offset += 5)
          pages.push(...(await pageOfBoard(db, ranked, offset, 5)));
        expect(pages).toHaveLength(size);
        for (const [index, { user_id }] of pages.entries()) {
          expect((await rankOnBoard(db, ranked, user_id))?.rank).toBe(index + 1);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('ranks by accuracy only who has answered often enough', async () => {
    const db = memoryDb();
    const ranked = { ...board, by: 'accuracy' as const };
    for (let answer = 1; answer <= ACCURACY_MINIMUM; answer += 1) {
      expect(await sizeOfBoard(db, ranked)).toBe(0);
      expect(await rankOnBoard(db, ranked, 'a')).toBeUndefined();
      await addToScores(db, [{ ...board, user_id: 'a', points: 1, score: 1, at: at(answer) }]);
    }
    expect(await sizeOfBoard(db, ranked)).toBe(1);
    expect((await rankOnBoard(db, ranked, 'a'))?.rank).toBe(1);
    expect(await pageOfBoard(db, ranked, 0, 10)).toHaveLength(1);
  });
});
