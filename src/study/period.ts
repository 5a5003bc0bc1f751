import { addDays, weekday, type LocalDate } from './date.ts';

export type Period = 'day' | 'week' | 'month' | 'all';

/**
 * The key under which the sums of a period are kept: `day:2026-11-24`, `week:2026-W48` (ISO 8601), `month:2026-11`,
 * `all`. `date` is that of the server's zone; for the global board, of UTC.
 */
export function periodKey(period: Period, date: LocalDate): string {
  switch (period) {
    case 'day':
      return `day:${date}`;
    case 'week':
      return `week:${isoWeek(date)}`;
    case 'month':
      return `month:${date.slice(0, 7)}`;
    case 'all':
      return 'all';
  }
}

/** The key of a server's season, which its admins name and may begin anew. */
export function seasonKey(season: string): string {
  return `season:${season}`;
}

/** Every key an attempt of that date counts under; on the global board, which has no seasons, `season` is null. */
export function periodKeys(date: LocalDate, season: string | null): string[] {
  const keys = (['day', 'week', 'month', 'all'] as const).map((period) => periodKey(period, date));
  return season === null ? keys : [...keys, seasonKey(season)];
}

/** `2026-W48`. A week belongs to the year of its Thursday (ISO 8601). */
function isoWeek(date: LocalDate): string {
  const thursday = addDays(date, 4 - weekday(date));
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / (7 * 86_400_000));
  return `${year}-W${String(week).padStart(2, '0')}`;
}
