import { addDays, daysBetween, weekday, type LocalDate } from './date.ts';

export type Period = 'day' | 'week' | 'month' | 'all';

const keys: Readonly<Record<Period, (date: LocalDate) => string>> = {
  day: (date) => `day:${date}`,
  week: (date) => `week:${isoWeek(date)}`,
  month: (date) => `month:${date.slice(0, 7)}`,
  all: () => 'all',
};

/**
 * The key under which the sums of a period are kept: `day:2026-11-24`, `week:2026-W48` (ISO 8601), `month:2026-11`,
 * `all`. `date` is that of the server's zone; for the global board, of UTC.
 */
export function periodKey(period: Period, date: LocalDate): string {
  return keys[period](date);
}

/** `season:<name>`: a server's season, which its admins begin anew. */
export function seasonKey(season: string): string {
  return `season:${season}`;
}

/**
 * Every key an answer of that date counts under: on a server's board its season is its "all". `season` is null on the
 * global board, which has none.
 */
export function periodKeys(date: LocalDate, season: string | null): string[] {
  const all = season === null ? keys.all(date) : seasonKey(season);
  return [keys.day(date), keys.week(date), keys.month(date), all];
}

/** `2026-W48`. Weeks begin on Monday, and belong to the year of their Thursday. */
function isoWeek(date: LocalDate): string {
  const thursday = addDays(date, 4 - weekday(date));
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor(daysBetween(`${year}-01-01`, thursday) / 7);
  return `${year}-W${String(week).padStart(2, '0')}`;
}
