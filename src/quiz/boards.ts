import { boardsFor, periodKeys } from '../study/index.ts';
import { attemptsOfLearner } from '../storage/attempt.ts';
import { findLearner } from '../storage/learner.ts';
import type { AttemptRow, Db, ScoreRow } from '../storage/schema.ts';
import { addToScores, dropAllScores, dropScores, putScores, withGain, type Gain } from '../storage/score.ts';

export const GLOBAL = 'global';

/** Counts an attempt in every period of a board. */
export async function countOn(db: Db, board: string, attempt: AttemptRow): Promise<void> {
  const [first, ...others] = gainsOn(board, attempt);
  if (first) await addToScores(db, [first, ...others]);
}

/** What an attempt adds to a board. Late answers and open questions are practice: they count on none. */
function gainsOn(board: string, attempt: AttemptRow): Gain[] {
  const { user_id, points, score, answered_at: at } = attempt;
  if (attempt.late === 1 || attempt.kind === 'open') return [];
  const periods =
    board === GLOBAL
      ? periodKeys(at.slice(0, 10), null)
      : periodKeys(attempt.server_date ?? attempt.answered_on, attempt.season);
  return periods.map((period) => ({ board, period, user_id, points, score, at }));
}

/** The sums that a learner's attempts come to on the boards that each counts on. */
export function sumsOf(
  attempts: readonly AttemptRow[],
  boardsOf: (attempt: AttemptRow) => readonly string[],
): ScoreRow[] {
  const sums = new Map<string, ScoreRow>();
  for (const attempt of attempts) {
    for (const gain of boardsOf(attempt).flatMap((board) => gainsOn(board, attempt))) {
      const key = `${gain.board} ${gain.period}`;
      sums.set(key, withGain(sums.get(key), gain));
    }
  }
  return [...sums.values()];
}

/** Counts everything the learner ever answered on the global board. */
export async function joinGlobalBoard(db: Db, userId: string): Promise<void> {
  await dropScores(db, GLOBAL, userId);
  await putScores(
    db,
    sumsOf(await attemptsOfLearner(db, userId), () => [GLOBAL]),
  );
}

export function leaveGlobalBoard(db: Db, userId: string): Promise<void> {
  return dropScores(db, GLOBAL, userId);
}

/** The sums that all of a learner's boards must hold. */
export async function expectedScores(
  db: Db,
  userId: string,
  attempts: readonly AttemptRow[],
): Promise<ScoreRow[]> {
  const learner = await findLearner(db, userId);
  return sumsOf(attempts, ({ guild_id }) => boardsFor(guild_id, learner?.global_opt_in === 1));
}

/** Counts all of a learner's boards again from their attempts. */
export async function recountBoards(db: Db, userId: string): Promise<void> {
  await dropAllScores(db, userId);
  await putScores(db, await expectedScores(db, userId, await attemptsOfLearner(db, userId)));
}
