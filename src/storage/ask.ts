import { prepared } from './prepared.ts';
import type { AskRow, Db } from './schema.ts';

const byId = prepared((db, id: string) => db.selectFrom('ask').selectAll().where('id', '=', id));

export const findAsk = async (db: Db, id: string): Promise<AskRow | undefined> => (await byId(db, id))[0];

export function findDailyAsk(
  db: Db,
  guildId: string,
  localDate: string,
  userId: string,
): Promise<AskRow | undefined> {
  return db
    .selectFrom('ask')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('local_date', '=', localDate)
    .where('user_id', '=', userId)
    .where('mode', '=', 'daily')
    .executeTakeFirst();
}

/** Adds the ask unless the same interaction, or the same learner's same daily, already has one. */
export async function insertAsk(db: Db, row: AskRow): Promise<void> {
  await db
    .insertInto('ask')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function updateAsk(
  db: Db,
  id: string,
  change: Partial<Pick<AskRow, 'hinted' | 'draft' | 'confidence' | 'question_version' | 'seed' | 'params'>>,
): Promise<void> {
  await db.updateTable('ask').set(change).where('id', '=', id).execute();
}

/** When each question was last put to this learner. */
export async function lastAskedAt(db: Db, userId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('ask')
    .select((of) => ['question_id', of.fn.max('asked_at').as('asked_at')])
    .where('user_id', '=', userId)
    .groupBy('question_id')
    .execute();
  return new Map(rows.map((row) => [row.question_id, row.asked_at]));
}
