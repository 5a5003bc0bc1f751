import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, pickDaily, pickPractice, type Candidate } from '../../src/study/index.ts';

/** A bank of `topics` headings with `each` questions of levels 1 to 5. */
function bank(topics: number, each: number): Candidate[] {
  return Array.from({ length: topics * each }, (_, index) => ({
    id: `topic-${index % topics}/question-${Math.floor(index / topics)}`,
    topic: `topic-${index % topics}`,
    level: 1 + (Math.floor(index / topics) % 5),
    kind: index % 3 === 0 ? 'numeric' : 'choice',
  }));
}

const byId = (candidates: readonly Candidate[]) => new Map(candidates.map((one) => [one.id, one]));

/** The dailies of a server over some days. */
function dailies(candidates: readonly Candidate[], days: number, seed = 'server'): string[] {
  const history = new Map<string, string>();
  return Array.from({ length: days }, (_, index) => {
    const date = addDays('2026-01-01', index);
    const id = pickDaily({ candidates, history, date, seed })!;
    history.set(id, date);
    return id;
  });
}

describe('the daily', () => {
  test('is none without candidates', () => {
    expect(pickDaily({ candidates: [], history: new Map(), date: '2026-11-24', seed: 1 })).toBeNull();
  });

  test('does not come again within 180 days', () => {
    const ids = dailies(bank(42, 7), 600);
    const waits = ids.map((id, day) => day - ids.slice(0, day).lastIndexOf(id));
    const repeats = waits.filter((wait, day) => wait <= day);
    expect(repeats.length).toBeGreaterThan(300);
    expect(Math.min(...repeats)).toBeGreaterThan(180);
  });

  test('may come again after 180 days, not before', () => {
    const candidates = bank(1, 2);
    const date = '2026-11-24';
    const picks = (ago: number) =>
      new Set(
        Array.from({ length: 30 }, (_, seed) => {
          const history = new Map([
            ['topic-0/question-0', addDays(date, -ago)],
            ['topic-0/question-1', addDays(date, -200)],
          ]);
          return pickDaily({
            candidates: candidates.map((one) => ({ ...one, level: 1 })),
            history,
            date,
            seed,
          });
        }),
      );
    expect(picks(180)).toEqual(new Set(['topic-0/question-1']));
    // Both are of the level asked last, so neither is put off for that.
    expect(picks(181)).toEqual(new Set(['topic-0/question-0', 'topic-0/question-1']));
  });

  test('takes the one longest ago when none is rested', () => {
    const ids = dailies(bank(2, 5), 40);
    expect(new Set(ids.slice(0, 10)).size).toBe(10);
    expect(ids.slice(10, 20)).toEqual(ids.slice(0, 10));
    expect(ids.slice(30)).toEqual(ids.slice(0, 10));
  });

  test('takes turns over the headings', () => {
    const topics = dailies(bank(42, 7), 200).map((id) => id.split('/')[0]!);
    for (let day = 0; day + 20 <= topics.length; day += 1) {
      expect(new Set(topics.slice(day, day + 20)).size).toBe(20);
    }
    expect(new Set(topics.slice(0, 126)).size).toBe(42);
  });

  test('changes the level from day to day', () => {
    const candidates = bank(42, 7);
    const levels = dailies(candidates, 200).map((id) => byId(candidates).get(id)!.level);
    expect(levels.filter((level, day) => level === levels[day - 1])).toEqual([]);
    expect(new Set(levels)).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  test('differs between servers', () => {
    const candidates = bank(42, 7);
    const here = dailies(candidates, 30, 'here');
    const there = dailies(candidates, 30, 'there');
    expect(here.filter((id, day) => id === there[day]).length).toBeLessThan(5);
  });

  test('depends on the seed, and not on the order of the bank', () => {
    const candidates = bank(10, 5);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(candidates, { minLength: candidates.length }),
        fc.array(fc.tuple(fc.constantFrom(...candidates), fc.nat(400))),
        fc.integer(),
        (shuffled, asked, seed) => {
          const history = new Map(asked.map(([one, ago]) => [one.id, addDays('2026-11-24', -1 - ago)]));
          const pick = { history, date: '2026-11-24', seed };
          expect(pickDaily({ ...pick, candidates: shuffled })).toBe(pickDaily({ ...pick, candidates }));
        },
      ),
    );
  });

  test('rests for any history, while another is left', () => {
    const candidates = bank(6, 4);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...candidates), fc.nat(400)), { maxLength: 60 }),
        fc.integer(),
        (asked, seed) => {
          const date = '2026-11-24';
          const history = new Map(asked.map(([one, ago]) => [one.id, addDays(date, -1 - ago)]));
          const rested = (id: string) => daysBetween(history.get(id) ?? '1970-01-01', date) > 180;
          const picked = pickDaily({ candidates, history, date, seed })!;
          const allRecent = !candidates.some(({ id }) => rested(id));
          const longestAgo = history.get(picked) === [...history.values()].toSorted()[0];
          expect(allRecent ? longestAgo : rested(picked)).toBe(true);
        },
      ),
    );
  });
});

describe('practice', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  const [a, b, c] = ['a', 'b', 'c'].map((id, index) => ({
    id,
    topic: `t${index}`,
    level: index + 1,
    kind: 'choice',
  }));
  const candidates = [a!, b!, c!];
  const none = { candidates, seen: new Map(), due: new Set<string>(), now, seed: 1, filter: {} };

  test.each([
    ['something new', { a: 20, b: 30 }, [], 'c'],
    ['new before rested', { b: 300, c: 300 }, [], 'a'],
    ['due, although seen yesterday', { a: 1, b: 2, c: 3 }, ['b'], 'b'],
    ['rested before fresh', { a: 3, b: 15, c: 14 }, [], 'b'],
    ['the longest ago when all are fresh', { a: 3, b: 13, c: 0 }, [], 'b'],
  ])('takes %s', (_name, ago, due, expected) => {
    const seen = new Map(Object.entries(ago).map(([id, days]) => [id, daysAgo(days)]));
    for (let seed = 0; seed < 20; seed += 1) {
      expect(pickPractice({ ...none, seen, due: new Set(due), seed })).toBe(expected);
    }
  });

  test('keeps to the filter', () => {
    expect(pickPractice({ ...none, filter: { topic: 't1' } })).toBe('b');
    expect(pickPractice({ ...none, filter: { level: 3 } })).toBe('c');
    expect(pickPractice({ ...none, filter: { kind: 'numeric' } })).toBeNull();
    expect(pickPractice({ ...none, filter: { topic: 't1', level: 3 } })).toBeNull();
    expect(pickPractice({ ...none, filter: { topic: undefined, level: 1, kind: undefined } })).toBe('a');
    expect(pickPractice({ ...none, candidates: [] })).toBeNull();
  });

  test('gives each question about the same chance', () => {
    const many = bank(5, 4);
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 4000; seed += 1) {
      const id = pickPractice({ ...none, candidates: many, seed })!;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    // 200 each on average, with a standard deviation of about 14.
    expect(counts.size).toBe(20);
    expect(Math.min(...counts.values())).toBeGreaterThan(130);
    expect(Math.max(...counts.values())).toBeLessThan(270);
  });

  test('repeats nothing within 14 days that is not due, while something else is left', () => {
    const many = bank(4, 3);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...many), fc.nat(30), fc.boolean())),
        fc.shuffledSubarray(many, { minLength: many.length }),
        fc.integer(),
        (history, shuffled, seed) => {
          const seen = new Map(history.map(([one, ago]) => [one.id, daysAgo(ago)]));
          const due = new Set(history.filter(([, , due]) => due).map(([one]) => one.id));
          const allowed = (id: string) => !seen.has(id) || due.has(id) || seen.get(id)! < daysAgo(14);
          const pick = { ...none, candidates: many, seen, due, seed };
          const picked = pickPractice(pick)!;
          const allFresh = !many.some(({ id }) => allowed(id));
          const longestAgo = seen.get(picked) === [...seen.values()].toSorted()[0];
          expect(allFresh ? longestAgo : allowed(picked)).toBe(true);
          expect(pickPractice({ ...pick, candidates: shuffled })).toBe(picked);
        },
      ),
    );
  });
});
