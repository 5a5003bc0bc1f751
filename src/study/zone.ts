import type { LocalDate } from './date.ts';

/** Whether `name` is a zone of the IANA database (or a link in it, or UTC). Fixed offsets such as `+08:00` are not. */
export function isZone(name: string): boolean {
  throw new Error(`to come ${name}`);
}

/** The date on the wall in `zone` at an instant. */
export function localDate(instant: Date, zone: string): LocalDate {
  throw new Error(`to come ${instant.toISOString()} ${zone}`);
}

/** The time on the wall in `zone` at an instant, `HH:MM`. */
export function localTime(instant: Date, zone: string): string {
  throw new Error(`to come ${instant.toISOString()} ${zone}`);
}

/**
 * The instant at which the wall in `zone` shows a date and time (`HH:MM`). A time that the clocks skip becomes the
 * first minute after the gap, which may lie on the next date; of a time that occurs twice, the first.
 */
export function instantOf(date: LocalDate, time: string, zone: string): Date {
  throw new Error(`to come ${date} ${time} ${zone}`);
}
