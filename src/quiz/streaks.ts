import { replayStreak, type Streak, type StreakChange, type StreakEvent } from '../study/index.ts';
import { postedDailies } from '../storage/daily.ts';
import type { AttemptRow, Db, StreakEventRow, StreakRow } from '../storage/schema.ts';
import { recordStreak } from '../storage/streak.ts';

/** Whose streak it is, and in which server. */
export interface Owner {
  readonly guildId: string;
  readonly userId: string;
}

export const streakOf = ({ current, longest, freezes, last_date }: StreakRow): Streak => ({
  current,
  longest,
  freezes,
  lastDate: last_date,
});

export const streakRow = ({ guildId, userId }: Owner, streak: Streak): StreakRow => ({
  guild_id: guildId,
  user_id: userId,
  current: streak.current,
  longest: streak.longest,
  freezes: streak.freezes,
  last_date: streak.lastDate,
});

export const eventRow = ({ guildId, userId }: Owner, event: StreakEvent, at: string): StreakEventRow => ({
  guild_id: guildId,
  user_id: userId,
  local_date: event.date,
  kind: event.kind,
  at,
});

/** Stores a streak as it has become, and what happened to it, at the instant `at`. */
export function recordChange(
  db: Db,
  owner: Owner,
  { streak, events }: StreakChange,
  at: string,
): Promise<void> {
  return recordStreak(
    db,
    streakRow(owner, streak),
    events.map((event) => eventRow(owner, event, at)),
  );
}

interface Stored {
  readonly streak: StreakRow | undefined;
  readonly events: readonly StreakEventRow[];
}

/** The streak and its trail that a learner's attempts in a server, and its ledger of dailies, come to. */
export async function expectedStreak(
  db: Db,
  owner: Owner,
  attempts: readonly AttemptRow[],
  stored: Stored,
): Promise<Stored> {
  const answers = new Map(
    attempts
      .filter(({ mode, late }) => mode === 'daily' && late === 0)
      .map(({ local_date, answered_at }) => [local_date!, answered_at]),
  );
  const answered = [...answers.keys()].toSorted();
  if (answered[0] === undefined) return { streak: undefined, events: [] };
  const dailies = await postedDailies(db, owner.guildId, answered[0]);
  const posted = dailies.map(({ local_date }) => local_date);
  const lastClosed = dailies.findLast(({ state }) => state === 'closed')?.local_date ?? '';
  const change = replayStreak({ answered, posted, closed: posted.filter((date) => date <= lastClosed) })!;

  /** When an answer was given or, of a daily that was missed, when that was first noticed. */
  const instantOf = ({ kind, date }: StreakEvent): string => {
    const known = stored.events.find((row) => row.local_date === date && row.kind === kind);
    if (known) return known.at;
    if (answers.has(date)) return answers.get(date)!;
    const closings = dailies.filter(({ local_date }) => local_date >= date).map(({ closed_at }) => closed_at);
    const later = [...answers].filter(([answer]) => answer > date).map(([, at]) => at);
    return [...closings, ...later].filter((at) => at !== null).toSorted()[0]!;
  };
  return {
    streak: streakRow(owner, asStored(change.streak, stored.streak, lastClosed)),
    events: change.events.map((event) => eventRow(owner, event, instantOf(event))),
  };
}

/** A broken streak may have accounted for any daily that has closed since: it is the same until the next answer. */
function asStored(streak: Streak, stored: StreakRow | undefined, lastClosed: string): Streak {
  const same = stored && streak.current === 0 && stored.last_date <= lastClosed;
  return same ? { ...streak, lastDate: stored.last_date } : streak;
}
