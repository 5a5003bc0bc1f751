import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, closesAt, localDate, localTime, nextDue } from '../../src/study/index.ts';
import { zones } from './arbitrary.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const at = (text: string) => new Date(text);

/** The dates that the wall of a zone shows in a span, by Intl alone, looking every six hours. */
function datesShown(zone: string, from: Date, to: Date): string[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  const dates = new Set<string>();
  for (let now = from.getTime(); now < to.getTime(); now += 6 * HOUR) dates.add(format.format(now));
  dates.add(format.format(to.getTime() - 1));
  return [...dates];
}

interface Posted {
  readonly localDate: string;
  readonly at: Date;
}

/** A server's ledger, with a tick on every whole minute at which something is due. */
function simulate(time: string, zone: string, from: Date, to: Date): Posted[] {
  const posted: Posted[] = [];
  let now = from;
  for (;;) {
    const due = nextDue({ time, zone, lastDate: posted.at(-1)?.localDate ?? null }, now);
    const tick = Math.ceil(Math.max(due.at.getTime(), now.getTime()) / MINUTE) * MINUTE;
    if (tick >= to.getTime()) return posted;
    now = new Date(tick);
    posted.push({ localDate: due.localDate, at: now });
  }
}

describe('the next daily', () => {
  test.each<[string, string, string | null, string, string, string, string]>([
    // time, zone, last date, now -> date, instant
    [
      '09:00',
      'Asia/Shanghai',
      null,
      '2026-11-24T00:59:00Z',
      '2026-11-24',
      '2026-11-24T01:00:00.000Z',
      'later today',
    ],
    [
      '09:00',
      'Asia/Shanghai',
      '2026-11-23',
      '2026-11-24T01:00:00Z',
      '2026-11-24',
      '2026-11-24T01:00:00.000Z',
      'now',
    ],
    [
      '09:00',
      'Asia/Shanghai',
      '2026-11-24',
      '2026-11-24T01:00:00Z',
      '2026-11-25',
      '2026-11-25T01:00:00.000Z',
      'posted',
    ],
    [
      '09:00',
      'Asia/Shanghai',
      '2026-11-23',
      '2026-11-24T15:59:00Z',
      '2026-11-24',
      '2026-11-24T01:00:00.000Z',
      'late',
    ],
    [
      '09:00',
      'Asia/Shanghai',
      '2026-11-20',
      '2026-11-24T15:59:00Z',
      '2026-11-24',
      '2026-11-24T01:00:00.000Z',
      'days late',
    ],
    [
      '09:00',
      'Asia/Shanghai',
      '2026-11-20',
      '2026-11-24T16:00:00Z',
      '2026-11-25',
      '2026-11-25T01:00:00.000Z',
      'a missed day is gone',
    ],
    [
      '02:30',
      'America/New_York',
      '2026-03-07',
      '2026-03-08T06:00:00Z',
      '2026-03-08',
      '2026-03-08T07:00:00.000Z',
      'skipped time',
    ],
    [
      '01:30',
      'America/New_York',
      '2026-11-01',
      '2026-11-01T06:30:00Z',
      '2026-11-02',
      '2026-11-02T06:30:00.000Z',
      'second 01:30',
    ],
    [
      '23:30',
      'America/Sao_Paulo',
      '2018-02-17',
      '2018-02-18T02:30:00Z',
      '2018-02-18',
      '2018-02-19T02:30:00.000Z',
      'second 23:30',
    ],
    [
      '09:00',
      'Pacific/Apia',
      '2011-12-29',
      '2011-12-30T09:00:00Z',
      '2011-12-31',
      '2011-12-30T19:00:00.000Z',
      'skipped date',
    ],
    [
      '23:30',
      'America/Nuuk',
      '2024-03-29',
      '2024-03-30T12:00:00Z',
      '2024-03-30',
      '2024-03-31T00:59:00.000Z',
      'the gap ends the date',
    ],
    [
      '09:00',
      'UTC',
      '2028-02-28',
      '2028-02-28T10:00:00Z',
      '2028-02-29',
      '2028-02-29T09:00:00.000Z',
      '29 February',
    ],
  ])('%s in %s after %s at %s is that of %s at %s (%s)', (time, zone, lastDate, now, date, due) => {
    const next = nextDue({ time, zone, lastDate }, at(now));
    expect({ ...next, at: next.at.toISOString() }).toEqual({ localDate: date, at: due });
  });

  describe('comes exactly once for each local date of 400 days', () => {
    const spans = [
      ['these years', '2026-01-01T00:00:00Z'],
      ['when Samoa crossed the date line', '2011-06-01T00:00:00Z'],
      ['when Brazil changed its clocks at midnight', '2017-06-01T00:00:00Z'],
      ['when Iran and Greenland changed their rules', '2022-03-01T00:00:00Z'],
      ['when Kiribati crossed the date line', '1994-06-01T00:00:00Z'],
    ] as const;
    const times = ['00:00', '02:30', '23:59'];

    test.each(spans.flatMap(([name, from]) => zones.map((zone) => [zone, name, from] as const)))(
      '%s, %s',
      (zone, _name, from) => {
        const start = at(from);
        const end = new Date(start.getTime() + 400 * DAY);
        const dates = datesShown(zone, start, end);
        for (const time of times) {
          const posted = simulate(time, zone, start, end);
          // The span may end before the time of its last date.
          const complete = posted.length < dates.length ? dates.slice(0, -1) : dates;
          expect(posted.map((daily) => daily.localDate)).toEqual(complete);
          for (const daily of posted.slice(1)) {
            expect(localDate(daily.at, zone)).toBe(daily.localDate);
          }
          const onTime = posted.filter((daily) => localTime(daily.at, zone) === time);
          expect(onTime.length).toBeGreaterThanOrEqual(posted.length - 4);
        }
      },
    );
  });

  test('is the same whether the clock jumps or ticks every minute', () => {
    for (const [time, zone, from] of [
      ['02:30', 'America/New_York', '2026-03-06T00:00:00Z'],
      ['01:30', 'America/New_York', '2026-10-30T00:00:00Z'],
      ['02:15', 'Australia/Lord_Howe', '2026-10-02T00:00:00Z'],
      ['00:30', 'Pacific/Apia', '2011-12-28T00:00:00Z'],
    ] as const) {
      const end = new Date(at(from).getTime() + 5 * DAY);
      const ticked: Posted[] = [];
      for (let now = at(from); now < end; now = new Date(now.getTime() + MINUTE)) {
        const due = nextDue({ time, zone, lastDate: ticked.at(-1)?.localDate ?? null }, now);
        if (due.at <= now) ticked.push({ localDate: due.localDate, at: now });
      }
      expect(ticked).toEqual(simulate(time, zone, at(from), end));
    }
  });

  const anyTime = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const anyZone = fc.constantFrom(...zones);
  const anyStart = fc.date({
    min: at('2010-01-01T00:00:00Z'),
    max: at('2030-01-01T00:00:00Z'),
    noInvalidDate: true,
  });

  test('whatever happens to time, zone and the process, no date comes twice or late', () => {
    const event = fc.oneof(
      fc.record({ pass: fc.integer({ min: 1, max: 72 * 60 }) }),
      fc.record({ time: anyTime }),
      fc.record({ zone: anyZone }),
    );
    fc.assert(
      fc.property(
        anyStart,
        anyTime,
        anyZone,
        fc.array(event, { maxLength: 60 }),
        (start, time, zone, events) => {
          let settings = { time, zone };
          let now = start;
          let lastDate: string | null = null;
          for (const change of events) {
            if ('pass' in change) now = new Date(now.getTime() + change.pass * MINUTE);
            else settings = { ...settings, ...change };
            const due = nextDue({ ...settings, lastDate }, now);
            expect(lastDate === null || due.localDate > lastDate).toBe(true);
            if (due.at > now) continue;
            expect(due.localDate).toBe(localDate(now, settings.zone));
            lastDate = due.localDate;
            // One catch-up, not a flood.
            expect(nextDue({ ...settings, lastDate }, now).at > now).toBe(true);
          }
        },
      ),
    );
  });

  test('a process that comes back on the same date posts that date, however late', () => {
    fc.assert(
      fc.property(anyStart, anyTime, anyZone, fc.nat(DAY), (start, time, zone, away) => {
        const due = nextDue({ time, zone, lastDate: null }, start);
        const back = new Date(due.at.getTime() + away);
        fc.pre(localDate(back, zone) === due.localDate);
        const lastDate = addDays(due.localDate, -1);
        expect(nextDue({ time, zone, lastDate }, back)).toEqual(due);
      }),
    );
  });
});

describe('closing', () => {
  test.each([
    ['posted on time', 'Asia/Shanghai', '2026-11-24', '2026-11-24T01:00:04Z', '2026-11-25T01:00:00.000Z'],
    ['caught up late', 'Asia/Shanghai', '2026-11-24', '2026-11-24T12:00:00Z', '2026-11-25T01:00:00.000Z'],
    [
      'a day of 23 hours',
      'America/New_York',
      '2026-03-07',
      '2026-03-07T14:00:00Z',
      '2026-03-08T13:00:00.000Z',
    ],
    [
      'a day of 25 hours',
      'America/New_York',
      '2026-10-31',
      '2026-10-31T13:00:00Z',
      '2026-11-01T13:00:00.000Z',
    ],
    ['a skipped date', 'Pacific/Apia', '2011-12-29', '2011-12-29T19:00:00Z', '2011-12-30T19:00:00.000Z'],
  ])('%s', (_name, zone, localDate, postedAt, expected) => {
    expect(closesAt({ localDate, time: '09:00', zone }, at(postedAt)).toISOString()).toBe(expected);
  });
});
