import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, advance, settle, type Streak, type StreakEvent } from '../../src/study/index.ts';

const first = '2026-11-01';

/**
 * Plays a calendar, one letter a day from 1 November on: `a` posted and answered, `m` posted and missed, `.` not posted.
 * The streak is settled only by answers, as if nobody had looked in between.
 */
function play(calendar: string): { streak: Streak | null; events: StreakEvent[] } {
  const days = calendar.split('').map((what, index) => ({ what, date: addDays(first, index) }));
  const posted = days.filter(({ what }) => what !== '.').map(({ date }) => date);
  let streak: Streak | null = null;
  const events: StreakEvent[] = [];
  for (const { what, date } of days) {
    if (what !== 'a') continue;
    const change = advance(streak, { date, posted });
    streak = change.streak;
    events.push(...change.events);
  }
  return { streak, events };
}

/** The same calendar, settled at every closing: a daily closes when its date has passed. */
function playSettling(calendar: string) {
  let streak: Streak | null = null;
  const events: StreakEvent[] = [];
  const closed: string[] = [];
  for (const [index, what] of calendar.split('').entries()) {
    const date = addDays(first, index);
    if (what === 'a') {
      const change = advance(streak, { date, posted: [...closed, date] });
      streak = change.streak;
      events.push(...change.events);
    }
    if (what !== '.') closed.push(date);
    if (streak && what === 'm') {
      const change = settle(streak, closed);
      streak = change.streak;
      events.push(...change.events);
    }
  }
  return { streak, events };
}

describe('a calendar', () => {
  test.each([
    // calendar, current, longest, freezes
    ['a', 1, 1, 0],
    ['aaa', 3, 3, 0],
    ['a.a', 2, 2, 0],
    ['a......................a', 2, 2, 0],
    ['mma', 1, 1, 0],
    ['ama', 1, 1, 0],
    ['aaama', 1, 3, 0],
    ['aaaaaaa', 7, 7, 1],
    ['aaaaaaama', 8, 8, 0],
    ['aaaaaaam.ma', 1, 7, 0],
    ['aaaaaaa'.repeat(2), 14, 14, 2],
    ['aaaaaaa'.repeat(3), 21, 21, 2],
    ['aaaaaaaaaaaaaammaaaaaaa', 21, 21, 1],
    ['aaaaaaaaaaaaaammma', 1, 14, 0],
    // A frozen day keeps the number and adds nothing: the second freeze comes with the 14th answer.
    ['aaaaaaamaaaaaaa', 14, 14, 1],
    ['aaaaaaamaaaaaa', 13, 13, 0],
    // After a break the count to seven begins anew.
    ['aaaaaamaaaaaa', 6, 6, 0],
    ['aaaaaamaaaaaaa', 7, 7, 1],
  ])('%s', (calendar, current, longest, freezes) => {
    expect(play(calendar).streak).toMatchObject({ current, longest, freezes });
  });

  test('leaves a trail that says why', () => {
    const { events } = play('aaaaaaam.mma');
    expect(events.slice(6)).toEqual([
      { kind: 'extended', date: '2026-11-07' },
      { kind: 'freeze-earned', date: '2026-11-07' },
      { kind: 'freeze-used', date: '2026-11-08' },
      { kind: 'broken', date: '2026-11-10' },
      { kind: 'extended', date: '2026-11-12' },
    ]);
  });
});

describe('a second answer to the same daily', () => {
  test('changes nothing', () => {
    const { streak } = play('aaaaaaa');
    expect(advance(streak, { date: streak!.lastDate, posted: [streak!.lastDate] })).toEqual({
      streak,
      events: [],
    });
  });

  test('nor does one to an earlier daily', () => {
    const { streak } = play('aam.a');
    expect(advance(streak, { date: '2026-11-03', posted: ['2026-11-03'] })).toEqual({ streak, events: [] });
  });
});

describe('a streak as it stands', () => {
  const { streak } = play('aaaaaaaa');

  test('is whole while the daily is still open', () => {
    expect(settle(streak!, [])).toEqual({ streak, events: [] });
    expect(settle(streak!, ['2026-11-07', '2026-11-08'])).toEqual({ streak, events: [] });
  });

  test('has spent its freezes once dailies have closed, and then is broken', () => {
    expect(settle(streak!, ['2026-11-09']).streak).toMatchObject({ current: 8, freezes: 0 });
    expect(settle(streak!, ['2026-11-09', '2026-11-10']).streak).toMatchObject({ current: 0, longest: 8 });
  });

  test('does not mind the order in which they are told', () => {
    const inOrder = settle(streak!, ['2026-11-09', '2026-11-10', '2026-11-11']);
    expect(settle(streak!, ['2026-11-11', '2026-11-09', '2026-11-10'])).toEqual(inOrder);
  });

  test('breaks once only', () => {
    const broken = settle(streak!, ['2026-11-09', '2026-11-10']);
    expect(settle(broken.streak, ['2026-11-11']).events).toEqual([]);
    expect(settle(broken.streak, ['2026-11-11']).streak.current).toBe(0);
  });
});

describe('any calendar', () => {
  const calendar = fc
    .array(fc.constantFrom('a', 'a', 'a', 'a', 'm', '.'), { maxLength: 60 })
    .map((days) => days.join(''));

  test('comes to the same whether misses are settled at once or by the next answer', () => {
    fc.assert(
      fc.property(calendar, (calendar) => {
        const lazy = play(`${calendar}a`);
        const eager = playSettling(`${calendar}a`);
        expect(eager).toEqual(lazy);
      }),
      { numRuns: 500 },
    );
  });

  test('is not changed by days without a daily', () => {
    fc.assert(
      fc.property(calendar, (calendar) => {
        const dense = play(calendar.replaceAll('.', '')).streak;
        const sparse = play(calendar).streak;
        expect(sparse && { ...sparse, lastDate: '' }).toEqual(dense && { ...dense, lastDate: '' });
      }),
    );
  });

  test('answered twice each day is answered once', () => {
    fc.assert(
      fc.property(calendar, (calendar) => {
        const posted = calendar.split('').map((_, index) => addDays(first, index));
        let streak: Streak | null = null;
        for (const [index, what] of calendar.split('').entries()) {
          if (what !== 'a') continue;
          const date = addDays(first, index);
          const once: Streak = advance(streak, { date, posted }).streak;
          streak = advance(once, { date, posted }).streak;
          expect(streak).toEqual(once);
        }
      }),
    );
  });

  test('has a trail that replays to the streak', () => {
    fc.assert(
      fc.property(calendar, (calendar) => {
        const { streak, events } = play(calendar);
        let current = 0;
        let longest = 0;
        let freezes = 0;
        for (const { kind } of events) {
          if (kind === 'extended') current += 1;
          if (kind === 'broken') current = 0;
          if (kind === 'freeze-earned') freezes += 1;
          if (kind === 'freeze-used') freezes -= 1;
          longest = Math.max(longest, current);
          expect(freezes).toBeGreaterThanOrEqual(0);
          expect(freezes).toBeLessThanOrEqual(2);
        }
        const { lastDate, ...counts } = streak ?? { current: 0, longest: 0, freezes: 0, lastDate: null };
        expect(counts).toEqual({ current, longest, freezes });
        expect(lastDate).toBe(events.at(-1)?.date ?? null);
        const keys = events.map(({ kind, date }) => `${date} ${kind}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
