import { prepared } from './prepared.ts';
import type { Db, LearnerRow, MemberRow } from './schema.ts';

export type LearnerSettings = Partial<Omit<LearnerRow, 'user_id' | 'first_seen_at'>>;

const byId = prepared((db, userId: string) =>
  db.selectFrom('learner').selectAll().where('user_id', '=', userId),
);

export const findLearner = async (db: Db, userId: string): Promise<LearnerRow | undefined> =>
  (await byId(db, userId))[0];

/** Adds the learner, or refreshes only what Discord tells with each interaction. */
export async function meetLearner(db: Db, row: LearnerRow): Promise<void> {
  const { name, discord_locale, last_guild_id, last_seen_at } = row;
  await db
    .insertInto('learner')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ name, discord_locale, last_guild_id, last_seen_at }),
    )
    .execute();
}

export async function updateLearner(db: Db, userId: string, settings: LearnerSettings): Promise<void> {
  await db.updateTable('learner').set(settings).where('user_id', '=', userId).execute();
}

/** Learners whose reminder is due at `now`. */
export function learnersToRemind(db: Db, now: string): Promise<LearnerRow[]> {
  return db.selectFrom('learner').selectAll().where('reminder_at', '<=', now).orderBy('user_id').execute();
}

export async function nameMember(db: Db, row: MemberRow): Promise<void> {
  await db
    .insertInto('member')
    .values(row)
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id']).doUpdateSet({ name: row.name }))
    .execute();
}
