import { boardsFor, periodKeys } from '../study/index.ts';
import { attemptsOfLearner } from '../storage/attempt.ts';
import { findLearner } from '../storage/learner.ts';
import type { AttemptRow, Db } from '../storage/schema.ts';
import { addToScore, dropAllScores, dropScores } from '../storage/score.ts';

export const GLOBAL = 'global';

/** Counts an attempt in every period of a board. Late answers and open questions are practice: they count on none. */
export async function countOn(db: Db, board: string, attempt: AttemptRow): Promise<void> {
  if (attempt.late === 1 || attempt.kind === 'open') return;
  const periods =
    board === GLOBAL
      ? periodKeys(attempt.answered_at.slice(0, 10), null)
      : periodKeys(attempt.server_date ?? attempt.answered_on, attempt.season);
  for (const period of periods) {
    await addToScore(db, {
      board,
      period,
      user_id: attempt.user_id,
      points: attempt.points,
      score: attempt.score,
      at: attempt.answered_at,
    });
  }
}

/** Counts everything the learner ever answered on the global board. */
export async function joinGlobalBoard(db: Db, userId: string): Promise<void> {
  await dropScores(db, GLOBAL, userId);
  for (const attempt of await attemptsOfLearner(db, userId)) await countOn(db, GLOBAL, attempt);
}

export function leaveGlobalBoard(db: Db, userId: string): Promise<void> {
  return dropScores(db, GLOBAL, userId);
}

/** Counts all of a learner's boards again from their attempts. */
export async function recountBoards(db: Db, userId: string): Promise<void> {
  await dropAllScores(db, userId);
  const learner = await findLearner(db, userId);
  for (const attempt of await attemptsOfLearner(db, userId)) {
    for (const board of boardsFor(attempt.guild_id, learner?.global_opt_in === 1)) {
      await countOn(db, board, attempt);
    }
  }
}
