import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, isZone, localDate, localTime } from '../../src/study/index.ts';
import { zones } from './arbitrary.ts';

describe('isZone', () => {
  test.each([
    'UTC',
    'Asia/Shanghai',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'America/Nuuk',
    'Europe/Kyiv',
    'US/Eastern',
    'Etc/GMT-14',
    'Etc/UTC',
  ])('%s is one', (name) => {
    expect(isZone(name)).toBe(true);
  });

  test.each([
    '',
    ' ',
    '+08:00',
    '-0500',
    'UTC+8',
    'GMT+8',
    // To ICU these are Chicago, Los Angeles, Tokyo and Shanghai.
    'CST',
    'PST',
    'JST',
    'PRC',
    'Asia/Beijing',
    'Mars/Olympus_Mons',
    'asia/shanghai',
    ' Asia/Shanghai',
    'Asia/Shanghai ',
    'Asia/',
    '/Shanghai',
    'Etc/Unknown',
    'SystemV/PST8',
    'constructor',
    '__proto__',
    '北京',
  ])('%j is none', (name) => {
    expect(isZone(name)).toBe(false);
  });
});

describe('the wall', () => {
  test.each([
    ['2026-11-24T15:59:59.999Z', 'Asia/Shanghai', '2026-11-24', '23:59'],
    ['2026-11-24T16:00:00Z', 'Asia/Shanghai', '2026-11-25', '00:00'],
    ['2026-11-24T18:15:00Z', 'Asia/Kathmandu', '2026-11-25', '00:00'],
    ['2026-11-24T18:14:00Z', 'Asia/Kathmandu', '2026-11-24', '23:59'],
    ['2026-11-24T10:00:00Z', 'Pacific/Kiritimati', '2026-11-25', '00:00'],
    ['2026-11-24T10:59:00Z', 'Pacific/Pago_Pago', '2026-11-23', '23:59'],
    ['2026-03-08T06:59:59Z', 'America/New_York', '2026-03-08', '01:59'],
    ['2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08', '03:00'],
    ['2026-11-01T05:59:00Z', 'America/New_York', '2026-11-01', '01:59'],
    ['2026-11-01T06:00:00Z', 'America/New_York', '2026-11-01', '01:00'],
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29', '23:59'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31', '00:00'],
    // Winter time began on the hour at which 18 February would have: the 17th had its last hour twice.
    ['2018-02-18T01:59:00Z', 'America/Sao_Paulo', '2018-02-17', '23:59'],
    ['2018-02-18T02:00:00Z', 'America/Sao_Paulo', '2018-02-17', '23:00'],
    ['2028-02-29T12:00:00Z', 'Europe/London', '2028-02-29', '12:00'],
  ])('at %s in %s shows %s %s', (instant, zone, date, time) => {
    expect(localDate(new Date(instant), zone)).toBe(date);
    expect(localTime(new Date(instant), zone)).toBe(time);
  });

  test('agrees with Intl at any instant in any zone', () => {
    const formats = new Map(
      zones.map((zone) => [
        zone,
        new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
      ]),
    );
    const instant = fc.date({
      min: new Date('1975-01-01'),
      max: new Date('2037-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
        expect(`${localDate(at, zone)} ${localTime(at, zone)}`).toBe(formats.get(zone)!.format(at));
      }),
      { numRuns: 3000 },
    );
  });

  test('refuses a zone that does not exist and an instant that is none', () => {
    expect(() => localDate(new Date(), 'Asia/Beijing')).toThrow(RangeError);
    expect(() => localDate(new Date(Number.NaN), 'UTC')).toThrow(RangeError);
  });
});

describe('instantOf', () => {
  test.each([
    ['2026-11-24', '09:00', 'Asia/Shanghai', '2026-11-24T01:00:00.000Z', 'plain'],
    ['2026-11-24', '09:00', 'UTC', '2026-11-24T09:00:00.000Z', 'plain'],
    ['2026-11-24', '00:00', 'Asia/Kathmandu', '2026-11-23T18:15:00.000Z', 'quarter hours'],
    ['2026-11-24', '09:00', 'Pacific/Kiritimati', '2026-11-23T19:00:00.000Z', 'far east'],
    ['2026-11-24', '23:59', 'Pacific/Pago_Pago', '2026-11-25T10:59:00.000Z', 'far west'],
    ['2026-03-08', '01:59', 'America/New_York', '2026-03-08T06:59:00.000Z', 'before the gap'],
    ['2026-03-08', '02:00', 'America/New_York', '2026-03-08T07:00:00.000Z', 'first of the gap'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00.000Z', 'in the gap'],
    ['2026-03-08', '03:00', 'America/New_York', '2026-03-08T07:00:00.000Z', 'after the gap'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', 'occurs twice'],
    ['2026-11-01', '02:00', 'America/New_York', '2026-11-01T07:00:00.000Z', 'after the repeat'],
    ['2026-03-29', '01:30', 'Europe/London', '2026-03-29T01:00:00.000Z', 'in the gap'],
    ['2026-10-25', '01:30', 'Europe/London', '2026-10-25T00:30:00.000Z', 'occurs twice'],
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z', 'a gap of half an hour'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', 'half an hour twice'],
    ['2026-09-27', '03:00', 'Pacific/Chatham', '2026-09-26T14:00:00.000Z', 'a gap at a quarter to three'],
    ['2018-11-04', '00:00', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 'a gap at midnight'],
    ['2018-02-17', '23:30', 'America/Sao_Paulo', '2018-02-18T01:30:00.000Z', 'the last hour twice'],
    ['2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'a date that was skipped'],
    ['2024-03-30', '23:30', 'America/Nuuk', '2024-03-31T01:00:00.000Z', 'a gap that ends the date'],
    ['2026-02-15', '02:30', 'Africa/Casablanca', '2026-02-15T01:30:00.000Z', 'Ramadan begins: occurs twice'],
    ['2026-03-22', '02:30', 'Africa/Casablanca', '2026-03-22T02:00:00.000Z', 'Ramadan ends: in the gap'],
    ['2028-02-29', '12:00', 'Asia/Tokyo', '2028-02-29T03:00:00.000Z', '29 February'],
  ])('%s %s %s is %s (%s)', (date, time, zone, expected) => {
    expect(instantOf(date, time, zone).toISOString()).toBe(expected);
  });

  test('is undone by the wall, but for skipped times, and never later than the wall allows', () => {
    const instant = fc
      .integer({ min: Date.UTC(1990, 0, 1) / 60_000, max: Date.UTC(2037, 0, 1) / 60_000 })
      .map((minute) => new Date(minute * 60_000));
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
        const back = instantOf(localDate(at, zone), localTime(at, zone), zone);
        expect(localDate(back, zone)).toBe(localDate(at, zone));
        expect(localTime(back, zone)).toBe(localTime(at, zone));
        expect(back.getTime()).toBeLessThanOrEqual(at.getTime());
      }),
      { numRuns: 2000 },
    );
  });

  test('refuses what is no date, time or zone', () => {
    expect(() => instantOf('2026-13-01', '09:00', 'UTC')).toThrow(RangeError);
    expect(() => instantOf('2026-11-24', '25:00', 'UTC')).toThrow(RangeError);
    expect(() => instantOf('2026-11-24', '9', 'UTC')).toThrow(RangeError);
    expect(() => instantOf('2026-11-24', '09:00', 'Mars/Olympus_Mons')).toThrow(RangeError);
  });
});
