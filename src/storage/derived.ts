import { sql } from 'kysely';
import type { CardRow, Db, ReviewLogRow, Schema, ScoreRow, StreakEventRow, StreakRow } from './schema.ts';

/** The tables whose rows follow from the attempts and the ledger of dailies, with the columns that name a row. */
export const DERIVED = {
  review_log: ['attempt_id'],
  card: ['user_id', 'question_id'],
  score: ['board', 'period', 'user_id'],
  streak: ['guild_id', 'user_id'],
  streak_event: ['guild_id', 'user_id', 'local_date', 'kind'],
} as const satisfies { [Table in keyof Schema]?: readonly (keyof Schema[Table])[] };

export type DerivedTable = keyof typeof DERIVED;

/** A row of a derived table. */
export type DerivedRow = Readonly<Record<string, string | number>>;

/** The first learner after `userId`, by id, of whom any derived row or attempt is kept. */
export async function nextLearner(db: Db, userId: string): Promise<string | undefined> {
  const firsts: string[] = [];
  for (const table of ['attempt', ...(Object.keys(DERIVED) as DerivedTable[])] as const) {
    const row = await db
      .selectFrom(table)
      .select((of) => of.fn.min<string | null>('user_id').as('first'))
      .where('user_id', '>', userId)
      .executeTakeFirstOrThrow();
    if (row.first !== null) firsts.push(row.first);
  }
  return firsts.toSorted()[0];
}

/** How many answers there are, and by how many learners. */
export function countAnswers(db: Db): Promise<{ attempts: number; learners: number }> {
  return db
    .selectFrom('attempt')
    .select((of) => [
      of.fn.countAll<number>().as('attempts'),
      of.fn.count<number>('user_id').distinct().as('learners'),
    ])
    .executeTakeFirstOrThrow();
}

export interface DerivedRows {
  readonly review_log: readonly ReviewLogRow[];
  readonly card: readonly CardRow[];
  readonly score: readonly ScoreRow[];
  readonly streak: readonly StreakRow[];
  readonly streak_event: readonly StreakEventRow[];
}

/** Everything derived that is stored about a learner. */
export async function derivedRows(db: Db, userId: string): Promise<DerivedRows> {
  return {
    review_log: await reviewsOfLearner(db, userId),
    card: await db.selectFrom('card').selectAll().where('user_id', '=', userId).execute(),
    score: await db.selectFrom('score').selectAll().where('user_id', '=', userId).execute(),
    streak: await db.selectFrom('streak').selectAll().where('user_id', '=', userId).execute(),
    streak_event: await db.selectFrom('streak_event').selectAll().where('user_id', '=', userId).execute(),
  };
}

/** The reviews that the learner's attempts caused, whatever name they bear, and any in the learner's name that no attempt did. */
async function reviewsOfLearner(db: Db, userId: string): Promise<ReviewLogRow[]> {
  const caused = await db
    .selectFrom('attempt')
    .innerJoin('review_log', 'review_log.attempt_id', 'attempt.id')
    .selectAll('review_log')
    .where('attempt.user_id', '=', userId)
    .execute();
  const uncaused = await db
    .selectFrom('review_log')
    .leftJoin('attempt', 'attempt.id', 'review_log.attempt_id')
    .selectAll('review_log')
    .where('review_log.user_id', '=', userId)
    .where('attempt.id', 'is', null)
    .execute();
  return [...caused, ...uncaused];
}

/** Puts a row in place of the one with this key; none when undefined. */
export async function replaceDerived(
  db: Db,
  table: DerivedTable,
  key: Readonly<Record<string, string>>,
  row: DerivedRow | undefined,
): Promise<void> {
  const named = Object.entries(key).map(([column, value]) => sql<boolean>`${sql.ref(column)} = ${value}`);
  await sql`delete from ${sql.table(table)} where ${sql.join(named, sql` and `)}`.execute(db);
  if (!row) return;
  const columns = Object.keys(row).map((column) => sql.ref(column));
  await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(Object.values(row))})`.execute(
    db,
  );
}
