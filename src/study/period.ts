import { addDays, daysBetween, weekday, type LocalDate } from './date.ts';

// The keys under which the sums of a period are kept. Dates are those of the server's zone; for the global board, of UTC.

export type Period = 'day' | 'week' | 'month' | 'all';

/** The key of all time. */
export const ALL_TIME = 'all';

/** `day:2026-11-24` */
export function dayKey(date: LocalDate): string {
  return `day:${date}`;
}

/** `week:2026-W48`, by ISO 8601: weeks begin on Monday, and belong to the year of their Thursday. */
export function weekKey(date: LocalDate): string {
  const thursday = addDays(date, 4 - weekday(date));
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor(daysBetween(`${year}-01-01`, thursday) / 7);
  return `week:${year}-W${String(week).padStart(2, '0')}`;
}

/** `month:2026-11` */
export function monthKey(date: LocalDate): string {
  return `month:${date.slice(0, 7)}`;
}

/** `season:<name>`: a server's season, which its admins begin anew. */
export function seasonKey(season: string): string {
  return `season:${season}`;
}

const keys: Readonly<Record<Period, (date: LocalDate) => string>> = {
  day: dayKey,
  week: weekKey,
  month: monthKey,
  all: () => ALL_TIME,
};

export function periodKey(period: Period, date: LocalDate): string {
  return keys[period](date);
}

/** Every key an answer of that date counts under. `season` is null on the global board, which has none. */
export function periodKeys(date: LocalDate, season: string | null): string[] {
  const all = Object.values(keys).map((keyOf) => keyOf(date));
  return season === null ? all : [...all, seasonKey(season)];
}
