import type { ExpressionBuilder } from 'kysely';
import type { Db, Schema, ScoreRow } from './schema.ts';

export type Ranking = 'points' | 'accuracy';

export interface Gain {
  readonly board: string;
  readonly period: string;
  readonly user_id: string;
  readonly points: number;
  /** 0..1 */
  readonly score: number;
  readonly at: string;
}

/** A sum with one more answer in it. */
export function withGain(sum: ScoreRow | undefined, gain: Gain): ScoreRow {
  const { board, period, user_id } = gain;
  const points = (sum?.points ?? 0) + gain.points;
  const answered = (sum?.answered ?? 0) + 1;
  const correct = (sum?.correct ?? 0) + gain.score;
  const reached_at = sum ? reachedAt(sum, gain) : gain.at;
  return { board, period, user_id, points, answered, correct, accuracy: correct / answered, reached_at };
}

/**
 * When the points were reached, which orders ties: the last answer that earned some, else the first of all. By time, not
 * by turn, so that counting again comes to the same where the clock was set back.
 */
function reachedAt(sum: ScoreRow, { points, at }: Gain): string {
  const [earlier, later] = sum.reached_at < at ? [sum.reached_at, at] : [at, sum.reached_at];
  if (points > 0) return sum.points > 0 ? later : at;
  return sum.points > 0 ? sum.reached_at : earlier;
}

/** Adds one answer to several periods of one board of one learner. */
export async function addToScores(db: Db, gains: readonly [Gain, ...Gain[]]): Promise<void> {
  const [{ board, user_id }] = gains;
  const periods = gains.map(({ period }) => period);
  const rows = await db
    .selectFrom('score')
    .selectAll()
    .where('board', '=', board)
    .where('period', 'in', periods)
    .where('user_id', '=', user_id)
    .execute();
  const sums = new Map(rows.map((row) => [row.period, row]));
  await putScores(
    db,
    gains.map((gain) => withGain(sums.get(gain.period), gain)),
  );
}

/** A statement takes a limited number of values. */
const ROWS_AT_ONCE = 100;

/** Stores sums, in place of those that are there. */
export async function putScores(db: Db, rows: readonly ScoreRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await db
      .insertInto('score')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['board', 'period', 'user_id']).doUpdateSet((of) => ({
          points: of.ref('excluded.points'),
          answered: of.ref('excluded.answered'),
          correct: of.ref('excluded.correct'),
          accuracy: of.ref('excluded.accuracy'),
          reached_at: of.ref('excluded.reached_at'),
        })),
      )
      .execute();
  }
}

export interface Board {
  readonly board: string;
  readonly period: string;
  readonly by: Ranking;
  /** Who has answered fewer is left out. */
  readonly minimum: number;
}

export type RankedRow = ScoreRow & { readonly name: string | null };

/** A page of a board, best first. Ties: who got there first, then the id. Names as the server knows them, else the learner's own. */
export function pageOfBoard(db: Db, board: Board, offset: number, limit: number): Promise<RankedRow[]> {
  return onBoard(db, board)
    .leftJoin('member', (join) =>
      join.onRef('member.user_id', '=', 'score.user_id').on('member.guild_id', '=', board.board),
    )
    .leftJoin('learner', 'learner.user_id', 'score.user_id')
    .selectAll('score')
    .select((of) => of.fn.coalesce('member.name', 'learner.name').as('name'))
    .orderBy(`score.${board.by}`, 'desc')
    .orderBy('score.reached_at')
    .orderBy('score.user_id')
    .offset(offset)
    .limit(limit)
    .execute();
}

export async function sizeOfBoard(db: Db, board: Board): Promise<number> {
  const row = await onBoard(db, board)
    .select((of) => of.fn.countAll<number>().as('size'))
    .executeTakeFirstOrThrow();
  return row.size;
}

/** The learner's place on a board, from 1; undefined when not on it. */
export async function rankOnBoard(
  db: Db,
  board: Board,
  userId: string,
): Promise<{ rank: number; row: ScoreRow } | undefined> {
  const row = await onBoard(db, board)
    .selectAll('score')
    .where('score.user_id', '=', userId)
    .executeTakeFirst();
  if (!row) return undefined;
  const better = await onBoard(db, board)
    .select((of) => of.fn.countAll<number>().as('count'))
    .where((where) => isBetter(where, board.by, row))
    .executeTakeFirstOrThrow();
  return { rank: better.count + 1, row };
}

function onBoard(db: Db, { board, period, minimum }: Board) {
  return db
    .selectFrom('score')
    .where('score.board', '=', board)
    .where('score.period', '=', period)
    .where('score.answered', '>=', minimum);
}

function isBetter(where: ExpressionBuilder<Schema, 'score'>, by: Ranking, row: ScoreRow) {
  return where.or([
    where(by, '>', row[by]),
    where.and([where(by, '=', row[by]), where('reached_at', '<', row.reached_at)]),
    where.and([
      where(by, '=', row[by]),
      where('reached_at', '=', row.reached_at),
      where('user_id', '<', row.user_id),
    ]),
  ]);
}

export async function dropScores(db: Db, board: string, userId: string): Promise<void> {
  await db.deleteFrom('score').where('board', '=', board).where('user_id', '=', userId).execute();
}

export async function dropAllScores(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('score').where('user_id', '=', userId).execute();
}
