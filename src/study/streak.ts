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

/**
 * Counts a valid answer, in time, to the daily of `date` (a late one is not to be passed here). `posted` are the dates
 * on which this server posted a daily, at least those after `streak.lastDate`: those in between were missed. A daily
 * already accounted for changes nothing.
 */
export function advance(
  streak: Streak | null,
  answer: { readonly date: LocalDate; readonly posted: readonly LocalDate[] },
): { streak: Streak; events: StreakEvent[] } {
  throw new Error(`to come ${streak?.current} ${answer.date}`);
}

/**
 * The streak once the dailies that have closed are accounted for: each one after `lastDate` was missed, and takes a
 * freeze or breaks it. For showing a streak as it stands today, and for recording at closing time that it broke;
 * doing so early, late or never before the next answer comes to the same.
 */
export function settle(
  streak: Streak,
  closed: readonly LocalDate[],
): { streak: Streak; events: StreakEvent[] } {
  throw new Error(`to come ${streak.current} ${closed.length}`);
}
