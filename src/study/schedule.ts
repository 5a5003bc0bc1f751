import type { LocalDate } from './date.ts';

/** When a server's daily is posted. */
export interface Schedule {
  /** `HH:MM` on the wall in `zone`. */
  readonly time: string;
  readonly zone: string;
  /** The newest local date that already has a daily here; null when there was none. */
  readonly lastDate: LocalDate | null;
}

export interface Due {
  readonly localDate: LocalDate;
  readonly at: Date;
}

/**
 * The next daily to post. `at` in the past means at once: today's is caught up. Days missed entirely are never posted
 * later, and no local date comes twice, whatever happens to time and zone in between. A skipped time is due at the
 * next valid minute of its date (the last one, if the gap ends the date); a date that the zone skips has none.
 */
export function nextDue(schedule: Schedule, now: Date): Due {
  throw new Error(`to come ${schedule.zone} ${now.toISOString()}`);
}

/** When a daily closes: 24 hours after it was posted, or when the next one is due if that is sooner. */
export function closesAt(
  daily: { readonly localDate: LocalDate; readonly time: string; readonly zone: string },
  postedAt: Date,
): Date {
  throw new Error(`to come ${daily.zone} ${postedAt.toISOString()}`);
}
