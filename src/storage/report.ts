import type { Db, ReportRow } from './schema.ts';

/** Adds the report; the same interaction twice adds one. */
export async function insertReport(db: Db, row: ReportRow): Promise<void> {
  await db
    .insertInto('report')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export function findReport(db: Db, id: string): Promise<ReportRow | undefined> {
  return db.selectFrom('report').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A learner's report of a question that is still open, if there is one. */
export function findOpenReport(db: Db, userId: string, questionId: string): Promise<ReportRow | undefined> {
  return db
    .selectFrom('report')
    .selectAll()
    .where('user_id', '=', userId)
    .where('question_id', '=', questionId)
    .where('state', '=', 'open')
    .executeTakeFirst();
}

/** A server's open reports, the oldest first. */
export function openReports(db: Db, guildId: string): Promise<ReportRow[]> {
  return db
    .selectFrom('report')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', '=', 'open')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Settles every open report of a question in a server. */
export async function settleReports(
  db: Db,
  guildId: string,
  questionId: string,
  settled: Pick<ReportRow, 'state' | 'settled_at' | 'settled_by'>,
): Promise<void> {
  await db
    .updateTable('report')
    .set(settled)
    .where('guild_id', '=', guildId)
    .where('question_id', '=', questionId)
    .where('state', '=', 'open')
    .execute();
}

/** Questions that a server's admins have hidden; none outside a server. */
export async function hiddenQuestions(db: Db, guildId: string | null): Promise<Set<string>> {
  if (guildId === null) return new Set();
  const rows = await db
    .selectFrom('report')
    .select('question_id')
    .distinct()
    .where('guild_id', '=', guildId)
    .where('state', '=', 'hidden')
    .execute();
  return new Set(rows.map((row) => row.question_id));
}
