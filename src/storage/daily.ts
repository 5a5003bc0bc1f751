import type { DailyRow, DailyState, Db } from './schema.ts';

export function findDaily(db: Db, guildId: string, localDate: string): Promise<DailyRow | undefined> {
  return db
    .selectFrom('daily')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('local_date', '=', localDate)
    .executeTakeFirst();
}

/** The server's newest daily that its members can see. */
export function newestPostedDaily(db: Db, guildId: string): Promise<DailyRow | undefined> {
  return db
    .selectFrom('daily')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('posted_at', 'is not', null)
    .orderBy('local_date', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertDaily(db: Db, row: DailyRow): Promise<void> {
  await db.insertInto('daily').values(row).execute();
}

export async function updateDaily(
  db: Db,
  guildId: string,
  localDate: string,
  change: Partial<Omit<DailyRow, 'guild_id' | 'local_date'>>,
): Promise<void> {
  await db
    .updateTable('daily')
    .set(change)
    .where('guild_id', '=', guildId)
    .where('local_date', '=', localDate)
    .execute();
}

/** Dailies in a state whose time to try again, if they failed, has come; the oldest first. */
function inState(db: Db, state: DailyState, now: string) {
  return db
    .selectFrom('daily')
    .selectAll()
    .where('state', '=', state)
    .where((where) => where.or([where('retry_at', 'is', null), where('retry_at', '<=', now)]))
    .orderBy('due_at')
    .orderBy('guild_id');
}

/** Dailies that still have to be sent. */
export const dailiesToSend = (db: Db, now: string): Promise<DailyRow[]> => inState(db, 'due', now).execute();

/** Dailies whose message may or may not have gone out: the process ended, or the reply was lost, while sending. */
export const dailiesInDoubt = (db: Db, now: string): Promise<DailyRow[]> =>
  inState(db, 'sending', now).execute();

export const dailiesToClose = (db: Db, now: string): Promise<DailyRow[]> =>
  inState(db, 'posted', now).where('closes_at', '<=', now).execute();

/** Dailies of earlier dates that are still open: the next one takes their place. */
export function openDailiesBefore(db: Db, guildId: string, localDate: string): Promise<DailyRow[]> {
  return db
    .selectFrom('daily')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('local_date', '<', localDate)
    .where('state', '!=', 'closed')
    .execute();
}

/** The local dates after `after` and up to `until` on which a daily was posted, in order. */
export async function postedDates(db: Db, guildId: string, after: string, until: string): Promise<string[]> {
  const rows = await db
    .selectFrom('daily')
    .select('local_date')
    .where('guild_id', '=', guildId)
    .where('posted_at', 'is not', null)
    .where('local_date', '>', after)
    .where('local_date', '<=', until)
    .orderBy('local_date')
    .execute();
  return rows.map((row) => row.local_date);
}

/** The server's dailies from a date on that were posted, in order. */
export function postedDailies(
  db: Db,
  guildId: string,
  since: string,
): Promise<Pick<DailyRow, 'local_date' | 'state' | 'closed_at'>[]> {
  return db
    .selectFrom('daily')
    .select(['local_date', 'state', 'closed_at'])
    .where('guild_id', '=', guildId)
    .where('posted_at', 'is not', null)
    .where('local_date', '>=', since)
    .orderBy('local_date')
    .execute();
}

/** The last `count` local dates up to `until` on which a daily was posted, oldest first. */
export async function datesPosted(db: Db, guildId: string, until: string, count: number): Promise<string[]> {
  const rows = await db
    .selectFrom('daily')
    .select('local_date')
    .where('guild_id', '=', guildId)
    .where('posted_at', 'is not', null)
    .where('local_date', '<=', until)
    .orderBy('local_date', 'desc')
    .limit(count)
    .execute();
  return rows.map((row) => row.local_date).toReversed();
}

/** The date on which this server last had each question as its daily. */
export async function lastPickedOn(db: Db, guildId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('daily')
    .select((of) => ['question_id', of.fn.max('local_date').as('local_date')])
    .where('guild_id', '=', guildId)
    .groupBy('question_id')
    .execute();
  return new Map(rows.map((row) => [row.question_id, row.local_date]));
}
