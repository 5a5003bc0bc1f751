import type { LocalDate } from './date.ts';

/** A learner's streak of dailies in one server. */
export interface Streak {
  /** Dailies answered in a row. A freeze keeps the number and adds nothing to it. */
  readonly current: number;
  readonly longest: number;
  /** Freezes in stock, 0..2. */
  readonly freezes: number;
  /** The date of the last daily accounted for, answered or missed. */
  readonly lastDate: LocalDate;
}

/** What happened to a streak, dated by the daily that caused it. */
export interface StreakEvent {
  readonly kind: 'extended' | 'freeze-earned' | 'freeze-used' | 'broken';
  readonly date: LocalDate;
}

export interface StreakChange {
  readonly streak: Streak;
  /** In order; none when nothing happened. */
  readonly events: readonly StreakEvent[];
}

const MOST_FREEZES = 2;
const DAYS_PER_FREEZE = 7;

/**
 * Counts a valid answer, in time, to the daily of `date` (a late one is not to be passed here). `posted` are the dates
 * on which this server posted a daily, in any order, at least those after `streak.lastDate`: the ones in between were
 * missed. A daily already accounted for changes nothing. Every 7 in a row earn a freeze.
 */
export function advance(
  streak: Streak | null,
  { date, posted }: { readonly date: LocalDate; readonly posted: readonly LocalDate[] },
): StreakChange {
  if (!streak) {
    return {
      streak: { current: 1, longest: 1, freezes: 0, lastDate: date },
      events: [{ kind: 'extended', date }],
    };
  }
  if (date <= streak.lastDate) return { streak, events: [] };

  const settled = settle(
    streak,
    posted.filter((earlier) => earlier < date),
  );
  const current = settled.streak.current + 1;
  const earned = current % DAYS_PER_FREEZE === 0 && settled.streak.freezes < MOST_FREEZES;
  return {
    streak: {
      current,
      longest: Math.max(settled.streak.longest, current),
      freezes: settled.streak.freezes + (earned ? 1 : 0),
      lastDate: date,
    },
    events: [
      ...settled.events,
      { kind: 'extended', date },
      ...(earned ? [{ kind: 'freeze-earned', date } as const] : []),
    ],
  };
}

/**
 * The streak once the dailies that have closed are accounted for: each one after `lastDate` was missed, and takes a
 * freeze or breaks it. For showing a streak as it stands today, and for recording at closing time that it broke;
 * doing so early, late or never before the next answer comes to the same.
 */
export function settle(streak: Streak, closed: readonly LocalDate[]): StreakChange {
  const missed = closed.filter((date) => date > streak.lastDate).toSorted();
  let { current, freezes } = streak;
  const events: StreakEvent[] = [];
  for (const date of missed) {
    if (current === 0) break;
    if (freezes > 0) {
      freezes -= 1;
      events.push({ kind: 'freeze-used', date });
    } else {
      current = 0;
      events.push({ kind: 'broken', date });
    }
  }
  return { streak: { ...streak, current, freezes, lastDate: missed.at(-1) ?? streak.lastDate }, events };
}

/**
 * What a whole history comes to: null without an answer. `answered` (in time), `posted` and, of those, `closed` are
 * dates in order. The same as {@link advance} at each answer and {@link settle} at each closing.
 */
export function replayStreak(history: {
  readonly answered: readonly LocalDate[];
  readonly posted: readonly LocalDate[];
  readonly closed: readonly LocalDate[];
}): StreakChange | null {
  const { answered, posted, closed } = history;
  let streak: Streak | null = null;
  const events: StreakEvent[] = [];
  let passed = 0;
  for (const date of answered) {
    const from = passed;
    while (passed < posted.length && posted[passed]! < date) passed += 1;
    const change = advance(streak, { date, posted: posted.slice(from, passed) });
    streak = change.streak;
    events.push(...change.events);
  }
  for (const date of closed) {
    // A broken streak accounts for nothing until the next answer.
    if (!streak || streak.current === 0) break;
    const change: StreakChange = settle(streak, [date]);
    streak = change.streak;
    events.push(...change.events);
  }
  return streak && { streak, events };
}
