import { sql, type ExpressionBuilder } from 'kysely';
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

/** Adds one answer to a sum. A gain of no points leaves `reached_at`, and so the order of ties, as it was. */
export async function addToScore(db: Db, gain: Gain): Promise<void> {
  await db
    .insertInto('score')
    .values({
      board: gain.board,
      period: gain.period,
      user_id: gain.user_id,
      points: gain.points,
      answered: 1,
      correct: gain.score,
      accuracy: gain.score,
      reached_at: gain.at,
    })
    .onConflict((conflict) =>
      conflict.columns(['board', 'period', 'user_id']).doUpdateSet({
        points: sql`score.points + excluded.points`,
        answered: sql`score.answered + 1`,
        correct: sql`score.correct + excluded.correct`,
        accuracy: sql`(score.correct + excluded.correct) / (score.answered + 1)`,
        reached_at: sql`case when excluded.points > 0 then excluded.reached_at else score.reached_at end`,
      }),
    )
    .execute();
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
