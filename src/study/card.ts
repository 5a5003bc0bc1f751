import * as FSRS from 'ts-fsrs';
import { addDays, daysBetween, type LocalDate } from './date.ts';
import { localDate } from './zone.ts';

export const Rating = { Again: 1, Hard: 2, Good: 3, Easy: 4 } as const;
export type Rating = (typeof Rating)[keyof typeof Rating];

/** What a learner's memory of one question template is like after the last review. Plain JSON. */
export interface Card {
  /** The learner's local date from which the card is due. */
  readonly due: LocalDate;
  /** The learner's local date of the last review. */
  readonly reviewed: LocalDate;
  /** Days until recall falls to 90 %. */
  readonly stability: number;
  /** 1..10 */
  readonly difficulty: number;
  readonly reps: number;
  readonly lapses: number;
  /** The last rating. */
  readonly rating: Rating;
}

/** One review, enough to do it again. Plain JSON. */
export interface ReviewLog {
  readonly rating: Rating;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly zone: string;
  /** The card as it was; null at the first review. */
  readonly before: Card | null;
  /** Local days since the review before; 0 at the first. */
  readonly elapsedDays: number;
  /** Local days until it is due again, at least 1. */
  readonly scheduledDays: number;
}

export interface Review {
  readonly rating: Rating;
  readonly now: Date;
  /** The learner's zone. */
  readonly zone: string;
  /** Names learner and template (`<user>/<question>`): it seeds the fuzz. */
  readonly cardId: string;
}

/** No interview is so far away that a template should rest for longer. */
const MAXIMUM_INTERVAL = 365;

const scheduler = FSRS.fsrs({
  request_retention: 0.9,
  maximum_interval: MAXIMUM_INTERVAL,
  enable_short_term: false,
  enable_fuzz: true,
}).useStrategy(FSRS.StrategyMode.SEED, FSRS.GenSeedStrategyWithCardId('card_id'));

const grades: Readonly<Record<Rating, FSRS.Grade>> = {
  [Rating.Again]: FSRS.Rating.Again,
  [Rating.Hard]: FSRS.Rating.Hard,
  [Rating.Good]: FSRS.Rating.Good,
  [Rating.Easy]: FSRS.Rating.Easy,
};

/**
 * Schedules the next review with FSRS-6 (retention 0.9, whole days of the learner's zone, at least one). `card` is null
 * at the first review. Deterministic.
 */
export function review(
  card: Card | null,
  { rating, now, zone, cardId }: Review,
): { card: Card; log: ReviewLog } {
  const today = localDate(now, zone);
  // A learner who travels west may be back on the day before the last review.
  const date = card && card.reviewed > today ? card.reviewed : today;
  const memory = { ...memoryOf(card, date), card_id: cardId };
  const next = scheduler.next(memory, midnight(date), grades[rating]).card;
  // ts-fsrs keeps the intervals of the four ratings apart by a day each, even beyond the maximum.
  const scheduledDays = Math.min(next.scheduled_days, MAXIMUM_INTERVAL);
  return {
    card: {
      due: addDays(date, scheduledDays),
      reviewed: date,
      stability: next.stability,
      difficulty: next.difficulty,
      reps: next.reps,
      lapses: next.lapses,
      rating,
    },
    log: {
      rating,
      at: now.toISOString(),
      zone,
      before: card,
      elapsedDays: card ? daysBetween(card.reviewed, date) : 0,
      scheduledDays,
    },
  };
}

/**
 * The card as ts-fsrs knows it. It counts days in UTC, so local dates go in as midnights of UTC; and without
 * `last_review` it would take every review for one on the same day.
 */
function memoryOf(card: Card | null, today: LocalDate) {
  if (!card) return FSRS.createEmptyCard(midnight(today));
  return {
    due: midnight(card.due),
    last_review: midnight(card.reviewed),
    stability: card.stability,
    difficulty: card.difficulty,
    reps: card.reps,
    lapses: card.lapses,
    state: FSRS.State.Review,
    elapsed_days: 0,
    scheduled_days: daysBetween(card.reviewed, card.due),
    learning_steps: 0,
  };
}

const midnight = (date: LocalDate) => new Date(`${date}T00:00:00Z`);

/** A graded attempt as the scheduler sees it. An invalid answer is not one. */
export interface Graded {
  readonly outcome: 'correct' | 'partial' | 'wrong';
  /** 0..1 */
  readonly score: number;
  readonly hinted: boolean;
}

/** Wrong, or partial below 0.8: Again. Partial from 0.8, or right after a hint: Hard. Right: Good. */
export function ratingFor({ outcome, score, hinted }: Graded): Rating {
  if (outcome === 'wrong' || (outcome === 'partial' && score < 0.8)) return Rating.Again;
  return outcome === 'partial' || hinted ? Rating.Hard : Rating.Good;
}

/** Whether the learner may call it easy: it was rated Good, and is not a choice, which can be guessed. */
export function mayBeEasy(rating: Rating, kind: string): boolean {
  return rating === Rating.Good && kind !== 'choice';
}

/** The same review once more, rated Easy: what the learner's own press makes of it. */
export function easier(log: ReviewLog, cardId: string): { card: Card; log: ReviewLog } {
  return review(log.before, { rating: Rating.Easy, now: new Date(log.at), zone: log.zone, cardId });
}

/** `today` is the learner's local date. */
export function isDue(card: Pick<Card, 'due'>, today: LocalDate): boolean {
  return card.due <= today;
}

/** The probability (0..1) of recalling the card on a local date, by FSRS-6's forgetting curve. */
export function retrievability(card: Card, today: LocalDate): number {
  return scheduler.forgetting_curve(Math.max(0, daysBetween(card.reviewed, today)), card.stability);
}

export interface Forecast {
  /** Cards due before today. */
  readonly backlog: number;
  /** Today first; the backlog is not in it. */
  readonly days: readonly { readonly date: LocalDate; readonly due: number }[];
}

/** How many cards fall due on each of the next `days` days, beginning with today. */
export function forecast(cards: Iterable<Pick<Card, 'due'>>, today: LocalDate, days: number): Forecast {
  const due = Array.from({ length: days }, () => 0);
  let backlog = 0;
  for (const card of cards) {
    const ahead = daysBetween(today, card.due);
    if (ahead < 0) backlog += 1;
    else if (ahead < days) due[ahead]! += 1;
  }
  return { backlog, days: due.map((count, ahead) => ({ date: addDays(today, ahead), due: count })) };
}
