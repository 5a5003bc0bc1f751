import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { prepared } from './prepared.ts';
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

const sumsIn = prepared((db, board: string, periods: readonly string[], userId: string) =>
  db
    .selectFrom('score')
    .selectAll()
    .where('board', '=', board)
    .where('period', 'in', periods)
    .where('user_id', '=', userId),
);

/** Adds one answer to several periods of one board of one learner. */
export async function addToScores(db: Db, gains: readonly [Gain, ...Gain[]]): Promise<void> {
  const [{ board, user_id }] = gains;
  const periods = gains.map(({ period }) => period);
  const rows = await sumsIn(db, board, periods, user_id);
  const sums = new Map(rows.map((row) => [row.period, row]));
  await putScores(
    db,
    gains.map((gain) => withGain(sums.get(gain.period), gain)),
  );
}

/** A statement takes a limited number of values. */
const ROWS_AT_ONCE = 100;

const put = prepared((db, rows: readonly ScoreRow[]) =>
  db
    .insertInto('score')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['board', 'period', 'user_id']).doUpdateSet((of) => ({
        points: of.ref('excluded.points'),
        answered: of.ref('excluded.answered'),
        correct: of.ref('excluded.correct'),
        accuracy: of.ref('excluded.accuracy'),
        reached_at: of.ref('excluded.reached_at'),
      })),
    ),
);

/** Stores sums, in place of those that are there. */
export async function putScores(db: Db, rows: readonly ScoreRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await put(db, rows.slice(start, start + ROWS_AT_ONCE));
  }
}

export interface Board {
  readonly board: string;
  readonly period: string;
  readonly by: Ranking;
}

/** Who has answered fewer times is not ranked by accuracy: it says too little about them. The index leaves them out. */
export const ACCURACY_MINIMUM = 5;

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
  const { by } = board;
  const ahead = await countOnBoard(db, board, (where) => where(`score.${by}`, '>', row[by]));
  const sooner = await countOnBoard(db, board, (where) =>
    where.and([
      where(`score.${by}`, '=', row[by]),
      where(
        where.refTuple('score.reached_at', 'score.user_id'),
        '<',
        where.tuple(row.reached_at, row.user_id),
      ),
    ]),
  );
  return { rank: ahead + sooner + 1, row };
}

type Condition = (where: ExpressionBuilder<Schema, 'score'>) => Expression<SqlBool>;

/** Each condition is one range of an index; together in one query they would be a scan of the whole board. */
async function countOnBoard(db: Db, board: Board, condition: Condition): Promise<number> {
  const row = await onBoard(db, board)
    .select((of) => of.fn.countAll<number>().as('count'))
    .where(condition)
    .executeTakeFirstOrThrow();
  return row.count;
}

function onBoard(db: Db, { board, period, by }: Board) {
  return (
    db
      .selectFrom('score')
      .where('score.board', '=', board)
      .where('score.period', '=', period)
      // As a literal: SQLite cannot tell that a value to come is what the index asks for.
      .$if(by === 'accuracy', (query) => query.where('score.answered', '>=', sql.lit(ACCURACY_MINIMUM)))
  );
}

export async function dropScores(db: Db, board: string, userId: string): Promise<void> {
  await db.deleteFrom('score').where('board', '=', board).where('user_id', '=', userId).execute();
}

export async function dropAllScores(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('score').where('user_id', '=', userId).execute();
}
