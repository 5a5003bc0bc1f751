/** A calendar date of some zone, `YYYY-MM-DD`. Dates compare as strings. */
export type LocalDate = string;

const DAY = 86_400_000;

const midnight = (date: LocalDate) => Date.parse(`${date}T00:00:00Z`);

/** The date `days` later; earlier when negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(midnight(date) + days * DAY).toISOString().slice(0, 10);
}

/** How many days `to` lies after `from`; negative when it lies before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (midnight(to) - midnight(from)) / DAY;
}

/** The ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekday(date: LocalDate): number {
  return new Date(midnight(date)).getUTCDay() || 7;
}
