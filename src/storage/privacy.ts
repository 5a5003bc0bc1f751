import type { Db } from './schema.ts';

/** Every table that holds something about a learner, children before parents. */
const PERSONAL = [
  'review_log',
  'card',
  'attempt',
  'ask',
  'score',
  'streak_event',
  'streak',
  'report',
  'member',
  'learner',
] as const;

/** Removes everything stored about a learner. Run it inside a transaction. */
export async function forgetLearner(db: Db, userId: string): Promise<void> {
  for (const table of PERSONAL) await db.deleteFrom(table).where('user_id', '=', userId).execute();
  await db.updateTable('server').set({ set_by: null }).where('set_by', '=', userId).execute();
  await db.updateTable('report').set({ settled_by: null }).where('settled_by', '=', userId).execute();
}

/** How much is stored about a learner, by table. */
export async function countPersonalRows(
  db: Db,
  userId: string,
): Promise<Record<(typeof PERSONAL)[number], number>> {
  const counts: [string, number][] = [];
  for (const table of PERSONAL) {
    const row = await db
      .selectFrom(table)
      .select((of) => of.fn.countAll<number>().as('count'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    counts.push([table, row.count]);
  }
  return Object.fromEntries(counts) as Record<(typeof PERSONAL)[number], number>;
}

/** Every row stored about a learner, by table. */
export async function personalRows(db: Db, userId: string): Promise<Record<string, unknown[]>> {
  const tables: [string, unknown[]][] = [];
  for (const table of PERSONAL) {
    tables.push([table, await db.selectFrom(table).selectAll().where('user_id', '=', userId).execute()]);
  }
  return Object.fromEntries(tables);
}
