import type { Db, StreakEventRow, StreakRow } from './schema.ts';

export function findStreak(db: Db, guildId: string, userId: string): Promise<StreakRow | undefined> {
  return db
    .selectFrom('streak')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

/** Streaks that run but have not accounted for a daily of that date. */
export function streaksBefore(db: Db, guildId: string, localDate: string): Promise<StreakRow[]> {
  return db
    .selectFrom('streak')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('current', '>', 0)
    .where('last_date', '<', localDate)
    .execute();
}

/** Running streaks of a server; of all servers (each learner's best) among those on the global board when null. */
function running(db: Db, guildId: string | null) {
  return db
    .selectFrom('streak')
    .innerJoin('learner', 'learner.user_id', 'streak.user_id')
    .leftJoin('member', (join) =>
      join.onRef('member.user_id', '=', 'streak.user_id').onRef('member.guild_id', '=', 'streak.guild_id'),
    )
    .select((of) => [
      'streak.user_id as user_id',
      of.fn.max('streak.current').as('current'),
      of.fn
        .coalesce(of.fn.max(guildId === null ? 'learner.name' : 'member.name'), of.fn.max('learner.name'))
        .as('name'),
    ])
    .where('streak.current', '>', 0)
    .$if(guildId !== null, (query) => query.where('streak.guild_id', '=', guildId))
    .$if(guildId === null, (query) => query.where('learner.global_opt_in', '=', 1))
    .groupBy('streak.user_id');
}

/** The longest running streaks first; ties by id. */
export function pageOfStreaks(db: Db, guildId: string | null, offset: number, limit: number) {
  return running(db, guildId)
    .orderBy('current', 'desc')
    .orderBy('user_id')
    .offset(offset)
    .limit(limit)
    .execute();
}

export async function sizeOfStreaks(db: Db, guildId: string | null): Promise<number> {
  const row = await db
    .selectFrom(running(db, guildId).as('running'))
    .select((of) => of.fn.countAll<number>().as('size'))
    .executeTakeFirstOrThrow();
  return row.size;
}

/** The learner's place among running streaks, from 1; undefined without one. */
export async function rankOfStreak(
  db: Db,
  guildId: string | null,
  userId: string,
): Promise<{ rank: number; current: number } | undefined> {
  const own = await db
    .selectFrom(running(db, guildId).as('running'))
    .select('current')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!own) return undefined;
  const better = await db
    .selectFrom(running(db, guildId).as('running'))
    .select((of) => of.fn.countAll<number>().as('count'))
    .where((where) =>
      where.or([
        where('current', '>', own.current),
        where.and([where('current', '=', own.current), where('user_id', '<', userId)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return { rank: better.count + 1, current: own.current };
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

/** Who answered that daily and has the longest streaks, by name. */
export function namesOfStreaks(db: Db, guildId: string, localDate: string, limit: number) {
  return db
    .selectFrom('streak')
    .innerJoin('member', (join) =>
      join.onRef('member.user_id', '=', 'streak.user_id').onRef('member.guild_id', '=', 'streak.guild_id'),
    )
    .select(['member.name as name', 'streak.current as days'])
    .where('streak.guild_id', '=', guildId)
    .where('streak.last_date', '>=', localDate)
    .where('streak.current', '>', 1)
    .orderBy('streak.current', 'desc')
    .orderBy('streak.user_id')
    .limit(limit)
    .execute();
}

/** The dates from `since` on at which a freeze kept the learner's streak. */
export async function freezesUsedSince(
  db: Db,
  guildId: string,
  userId: string,
  since: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('streak_event')
    .select('local_date')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'freeze-used')
    .where('local_date', '>=', since)
    .execute();
  return rows.map((row) => row.local_date);
}
