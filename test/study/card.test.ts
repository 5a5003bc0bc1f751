import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  daysBetween,
  easier,
  forecast,
  instantOf,
  isDue,
  localDate,
  mayBeEasy,
  Rating,
  ratingFor,
  retrievability,
  review,
  type Card,
} from '../../src/study/index.ts';
import { anyDate, zones } from './arbitrary.ts';

const zone = 'Asia/Shanghai';
const cardId = 'learner/batchnorm/running-mean';
const now = new Date('2026-11-24T15:30:00Z'); // 23:30 in Shanghai

const anyRating = fc.constantFrom(...Object.values(Rating));
const anyZone = fc.constantFrom(...zones);
const anyInstant = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2030-01-01T00:00:00Z'),
  noInvalidDate: true,
});

/** A card after a history of reviews, each some days after the last. */
const anyCard = fc
  .tuple(
    fc.string(),
    anyZone,
    anyInstant,
    fc.array(fc.tuple(anyRating, fc.integer({ min: 0, max: 500 })), { minLength: 1, maxLength: 12 }),
  )
  .map(([id, zone, start, history]) => {
    let card: Card | null = null;
    let at = start;
    for (const [rating, wait] of history) {
      card = review(card, { rating, now: at, zone, cardId: id }).card;
      at = new Date(at.getTime() + wait * 86_400_000);
    }
    return { card: card!, id, zone, at };
  });

describe('the rating of an attempt', () => {
  test.each([
    ['wrong', 0, false, Rating.Again],
    ['wrong', 0, true, Rating.Again],
    ['partial', 0.5, false, Rating.Again],
    ['partial', 0.79, false, Rating.Again],
    ['partial', 0.79, true, Rating.Again],
    ['partial', 0.8, false, Rating.Hard],
    ['partial', 0.8, true, Rating.Hard],
    ['correct', 1, true, Rating.Hard],
    ['correct', 1, false, Rating.Good],
  ] as const)('%s %d, hinted %s: %i', (outcome, score, hinted, rating) => {
    expect(ratingFor({ outcome, score, hinted })).toBe(rating);
  });

  test('only what was rated good may be called easy, and a choice never', () => {
    expect(mayBeEasy(Rating.Good, 'numeric')).toBe(true);
    expect(mayBeEasy(Rating.Good, 'choice')).toBe(false);
    expect(mayBeEasy(Rating.Hard, 'numeric')).toBe(false);
    expect(mayBeEasy(Rating.Again, 'numeric')).toBe(false);
  });
});

describe('the first review', () => {
  // The first intervals of FSRS-6's default parameters; only the last is long enough to be fuzzed.
  test.each([
    ['Again', '2026-11-25', 0.212],
    ['Hard', '2026-11-26', 1.2931],
    ['Good', '2026-11-27', 2.3065],
    ['Easy', '2026-12-01', 8.2956],
  ] as const)('%s', (rating, due, stability) => {
    const { card } = review(null, { rating: Rating[rating], now, zone, cardId });
    expect(card).toMatchObject({ due, reviewed: '2026-11-24', stability, reps: 1, lapses: 0 });
  });

  test('belongs to the day of the learner, not of Greenwich', () => {
    const late = new Date('2026-11-24T16:30:00Z'); // 00:30 on the 25th in Shanghai
    expect(review(null, { rating: Rating.Again, now: late, zone, cardId }).card.due).toBe('2026-11-26');
    expect(review(null, { rating: Rating.Again, now: late, zone: 'UTC', cardId }).card.due).toBe(
      '2026-11-25',
    );
  });
});

describe('later reviews', () => {
  test('count the days since the last one', () => {
    // Remembering after a longer time proves more: a missing last review would make these two equal.
    const { card } = review(null, { rating: Rating.Good, now, zone, cardId });
    const after = (days: number) =>
      review(card, {
        rating: Rating.Good,
        now: instantOf(addDays('2026-11-24', days), '12:00', zone),
        zone,
        cardId,
      });
    expect(after(30).card.stability).toBeGreaterThan(after(3).card.stability);
    expect(after(30).log.elapsedDays).toBe(30);
  });

  test('a minute before and after midnight lie a day apart', () => {
    const { card } = review(null, { rating: Rating.Good, now, zone, cardId });
    const next = review(card, {
      rating: Rating.Good,
      now: instantOf('2026-11-25', '00:01', zone),
      zone,
      cardId,
    });
    expect(next.log.elapsedDays).toBe(1);
  });

  test('a lapse is counted, and comes back soon', () => {
    let { card } = review(null, { rating: Rating.Good, now, zone, cardId });
    for (let rep = 0; rep < 5; rep += 1) {
      card = review(card, {
        rating: Rating.Good,
        now: instantOf(card.due, '12:00', zone),
        zone,
        cardId,
      }).card;
    }
    const before = daysBetween(card.reviewed, card.due);
    const lapsed = review(card, {
      rating: Rating.Again,
      now: instantOf(card.due, '12:00', zone),
      zone,
      cardId,
    });
    expect(lapsed.card.lapses).toBe(1);
    expect(lapsed.log.scheduledDays).toBeLessThan(before / 5);
  });

  test('a learner who flew back over the date line can review', () => {
    const { card } = review(null, { rating: Rating.Good, now, zone: 'Pacific/Kiritimati', cardId });
    expect(card.reviewed).toBe('2026-11-25');
    const next = review(card, { rating: Rating.Good, now, zone: 'Pacific/Pago_Pago', cardId });
    expect(next.log.elapsedDays).toBe(0);
    expect(next.card.due > card.reviewed).toBe(true);
  });

  test('are never due before the next day, nor after a year', () => {
    fc.assert(
      fc.property(anyCard, anyRating, ({ card, id, zone, at }, rating) => {
        const next = review(card, { rating, now: at, zone, cardId: id });
        expect(next.card.due > localDate(at, zone)).toBe(true);
        expect(isDue(next.card, localDate(at, zone))).toBe(false);
        expect(isDue(next.card, next.card.due)).toBe(true);
        expect(daysBetween(next.card.reviewed, next.card.due)).toBe(next.log.scheduledDays);
        expect(next.log.scheduledDays).toBeLessThanOrEqual(365);
      }),
    );
  });

  test('wait longer the better the rating', () => {
    fc.assert(
      fc.property(fc.option(anyCard), anyInstant, (known, start) => {
        const { card, id, zone, at } = known ?? { card: null, id: cardId, zone: 'UTC', at: start };
        const days = Object.values(Rating).map(
          (rating) => review(card, { rating, now: at, zone, cardId: id }).log.scheduledDays,
        );
        expect(days).toEqual(days.toSorted((a, b) => a - b));
      }),
    );
  });

  test('depend on nothing but their arguments, even through JSON', () => {
    fc.assert(
      fc.property(anyCard, anyRating, ({ card, id, zone, at }, rating) => {
        const by = { rating, now: at, zone, cardId: id };
        const stored = JSON.parse(JSON.stringify(card)) as Card;
        expect(stored).toEqual(card);
        expect(review(stored, by)).toEqual(review(card, by));
      }),
    );
  });

  test('are spread by card, so that what was learnt together does not fall due together', () => {
    const due = new Set<string>();
    for (let card = 0; card < 50; card += 1) {
      const id = `learner/question-${card}`;
      const first = review(null, { rating: Rating.Easy, now, zone, cardId: id }).card;
      due.add(
        review(first, { rating: Rating.Good, now: instantOf(first.due, '12:00', zone), zone, cardId: id })
          .card.due,
      );
    }
    expect(due.size).toBeGreaterThan(3);
  });
});

test('a press on easy redoes the same review', () => {
  fc.assert(
    fc.property(anyCard, ({ card, id, zone, at }) => {
      const good = review(card, { rating: Rating.Good, now: at, zone, cardId: id });
      const easy = review(card, { rating: Rating.Easy, now: at, zone, cardId: id });
      expect(easier(good.log, id)).toEqual(easy);
    }),
  );
});

describe('retrievability', () => {
  test('is certain on the day, 90 % at the stability, and falls', () => {
    const { card } = review(null, { rating: Rating.Easy, now, zone, cardId });
    expect(retrievability(card, '2026-11-24')).toBe(1);
    expect(retrievability({ ...card, stability: 8 }, '2026-12-02')).toBeCloseTo(0.9, 6);
    expect(retrievability(card, '2027-11-24')).toBeLessThan(0.7);
  });

  test('lies between 0 and 1 and never rises without a review', () => {
    fc.assert(
      fc.property(anyCard, fc.nat(5000), ({ card }, days) => {
        const today = retrievability(card, addDays(card.reviewed, days));
        const tomorrow = retrievability(card, addDays(card.reviewed, days + 1));
        expect(today).toBeLessThanOrEqual(1);
        expect(tomorrow).toBeLessThanOrEqual(today);
        expect(tomorrow).toBeGreaterThan(0);
      }),
    );
  });

  test('of a day before the review is that of the review', () => {
    const { card } = review(null, { rating: Rating.Good, now, zone, cardId });
    expect(retrievability(card, '2026-11-23')).toBe(1);
  });
});

describe('the forecast', () => {
  test('counts each day from today, and the backlog apart', () => {
    const cards = ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-26', '2026-11-26', '2026-11-27'];
    expect(
      forecast(
        cards.map((due) => ({ due })),
        '2026-11-24',
        3,
      ),
    ).toEqual({
      backlog: 2,
      days: [
        { date: '2026-11-24', due: 1 },
        { date: '2026-11-25', due: 0 },
        { date: '2026-11-26', due: 2 },
      ],
    });
  });

  test('loses no card and invents none', () => {
    fc.assert(
      fc.property(fc.array(anyDate), anyDate, fc.integer({ min: 0, max: 60 }), (dates, today, days) => {
        const { backlog, days: ahead } = forecast(
          dates.map((due) => ({ due })),
          today,
          days,
        );
        const beyond = dates.filter((due) => due >= addDays(today, days)).length;
        const shown = ahead.reduce((sum, day) => sum + day.due, 0);
        expect(ahead).toHaveLength(days);
        expect(backlog + shown + beyond).toBe(dates.length);
        expect(backlog).toBe(dates.filter((due) => due < today && !isDue({ due: today }, due)).length);
      }),
    );
  });
});
