import type { Db, ReportRow } from './schema.ts';

/** Adds the report; the same interaction twice adds one. */
export async function insertReport(db: Db, row: ReportRow): Promise<void> {
  await db
    .insertInto('report')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
