import type { LocalDate } from './date.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The forms IANA gives to places, and UTC. Abbreviations are left out: `CST` is Chicago to ICU, and China to many. */
const ZONE_NAME = /^(UTC|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_-]+){1,2}|Etc\/GMT[+-]\d{1,2})$/;

/**
 * Whether `name` is a zone of the IANA database, in the spelling used there, or UTC. Bare offsets (`+08:00`) and
 * abbreviations (`CST`, `PRC`) are not.
 */
export function isZone(name: string): boolean {
  return ZONE_NAME.test(name) && formatterOf(name) !== null;
}

/** The date on the wall in `zone` at an instant. Throws a RangeError for an unknown zone or an invalid instant. */
export function localDate(instant: Date, zone: string): LocalDate {
  return wall(instant, zone).slice(0, 10);
}

/** The time on the wall in `zone` at an instant, `HH:MM`. Throws like {@link localDate}. */
export function localTime(instant: Date, zone: string): string {
  return wall(instant, zone).slice(11, 16);
}

/**
 * The instant at which the wall in `zone` shows a date and time (`HH:MM`). A time that the clocks skip becomes the
 * first minute after the gap, which may lie on the next date; of a time that occurs twice, the first.
 * Throws a RangeError for an unknown zone, date or time.
 */
export function instantOf(date: LocalDate, time: string, zone: string): Date {
  const shown = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(shown)) throw new RangeError(`no such date and time: ${date} ${time}`);
  // Offsets lie within a day of UTC, so these two are surely in force before and after.
  const before = offsetAt(shown - DAY, zone);
  const after = offsetAt(shown + DAY, zone);
  const early = shown - Math.max(before, after);
  const late = shown - Math.min(before, after);
  if (offsetAt(early, zone) === shown - early) return new Date(early);
  if (offsetAt(late, zone) === shown - late) return new Date(late);
  return new Date(transition(early, late, zone));
}

function wall(instant: Date, zone: string): string {
  const at = instant.getTime();
  return new Date(at + offsetAt(at, zone)).toISOString();
}

// Asking Intl costs about 20 us, and a tick asks for every server. So the offset is kept for each zone and UTC day:
// a day with one offset at both ends has it throughout, as no zone changes twice within a day.

interface OffsetOfDay {
  readonly day: number;
  /** ms east of UTC. */
  readonly offset: number;
  /** When another offset takes over; Infinity on most days. */
  readonly until: number;
  readonly after: number;
}

const DAYS_KEPT = 8;
const offsets = new Map<string, OffsetOfDay[]>();

/** ms east of UTC in force at an instant. */
function offsetAt(at: number, zone: string): number {
  const day = Math.floor(at / DAY);
  const days = offsets.get(zone) ?? [];
  let known = days.find((entry) => entry.day === day);
  if (!known) {
    known = readDay(day, zone);
    offsets.set(zone, [known, ...days.slice(0, DAYS_KEPT - 1)]);
  }
  return at < known.until ? known.offset : known.after;
}

function readDay(day: number, zone: string): OffsetOfDay {
  const offset = readOffset(day * DAY, zone);
  const after = readOffset((day + 1) * DAY, zone);
  const until = offset === after ? Infinity : transition(day * DAY, (day + 1) * DAY, zone);
  return { day, offset, until, after };
}

/** The minute in (from, to] at which the offset in force at `from` ends; zones change on whole minutes. */
function transition(from: number, to: number, zone: string): number {
  const offset = readOffset(from, zone);
  let low = Math.floor(from / MINUTE);
  let high = Math.ceil(to / MINUTE);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readOffset(middle * MINUTE, zone) === offset) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}

function readOffset(at: number, zone: string): number {
  const format = formatterOf(zone);
  if (!format) throw new RangeError(`no such time zone: ${zone}`);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(
    part['year']!,
    part['month']! - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  );
  return shown - Math.floor(at / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(zone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, format);
    return format;
  } catch {
    return null;
  }
}
