import { addDays, type LocalDate } from './date.ts';
import { instantOf, localDate } from './zone.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

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
export function nextDue({ time, zone, lastDate }: Schedule, now: Date): Due {
  const today = localDate(now, zone);
  let date = lastDate !== null && lastDate >= today ? addDays(lastDate, 1) : today;
  for (;;) {
    const at = dueAt(date, time, zone);
    if (at) return { localDate: date, at };
    date = addDays(date, 1);
  }
}

/** When a daily closes: 24 hours after it was posted, or when the next one is due if that is sooner. */
export function closesAt(
  { localDate, time, zone }: { readonly localDate: LocalDate; readonly time: string; readonly zone: string },
  postedAt: Date,
): Date {
  const next = nextDue({ time, zone, lastDate: localDate }, postedAt);
  return new Date(Math.min(postedAt.getTime() + DAY, next.at.getTime()));
}

/** The instant at which the daily of a date is due; null for a date that the zone skips. */
function dueAt(date: LocalDate, time: string, zone: string): Date | null {
  const at = instantOf(date, time, zone);
  if (localDate(at, zone) === date) return at;
  const minuteBefore = new Date(at.getTime() - MINUTE);
  return localDate(minuteBefore, zone) === date ? minuteBefore : null;
}
