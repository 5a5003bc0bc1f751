import type { Db, StreakEventRow, StreakRow } from './schema.ts';

export function findStreak(db: Db, guildId: string, userId: string): Promise<StreakRow | undefined> {
  return db
    .selectFrom('streak')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

export function streaksOfLearner(db: Db, userId: string): Promise<StreakRow[]> {
  return db.selectFrom('streak').selectAll().where('user_id', '=', userId).execute();
}

/** Stores the streak as it is now, with what happened to it. Events already recorded stay as they are. */
export async function recordStreak(db: Db, row: StreakRow, events: readonly StreakEventRow[]): Promise<void> {
  await db
    .insertInto('streak')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'user_id']).doUpdateSet({
        current: row.current,
        longest: row.longest,
        freezes: row.freezes,
        last_date: row.last_date,
      }),
    )
    .execute();
  if (events.length === 0) return;
  await db
    .insertInto('streak_event')
    .values([...events])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
