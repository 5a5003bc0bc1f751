import type { LocalDate } from './date.ts';

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

/** `cardId` names learner and template (`<user>/<question>`): it seeds the fuzz. */
export interface Review {
  readonly rating: Rating;
  readonly now: Date;
  readonly zone: string;
  readonly cardId: string;
}

/**
 * Schedules the next review with FSRS-6 (retention 0.9, whole days of the learner's zone). `card` is null at the first
 * review. Deterministic.
 */
export function review(card: Card | null, by: Review): { card: Card; log: ReviewLog } {
  throw new Error(`to come ${card?.due} ${by.cardId}`);
}

/** A graded attempt as the scheduler sees it. An invalid answer is not one. */
export interface Graded {
  readonly outcome: 'correct' | 'partial' | 'wrong';
  /** 0..1 */
  readonly score: number;
  readonly hinted: boolean;
}

/** Wrong, or partial below 0.8: Again. Partial from 0.8, or right after a hint: Hard. Right: Good. */
export function ratingFor(graded: Graded): Rating {
  throw new Error(`to come ${graded.outcome}`);
}

/** Whether the learner may call it easy: rated Good, and not a choice, which can be guessed. */
export function mayBeEasy(rating: Rating, kind: string): boolean {
  throw new Error(`to come ${rating} ${kind}`);
}

/** The same review again, rated Easy: what the learner's own press makes of it. */
export function easier(log: ReviewLog, cardId: string): { card: Card; log: ReviewLog } {
  throw new Error(`to come ${log.at} ${cardId}`);
}

/** `today` is the learner's local date. */
export function isDue(card: Card, today: LocalDate): boolean {
  return card.due <= today;
}

/** The probability (0..1) of recalling the card on a local date. */
export function retrievability(card: Card, today: LocalDate): number {
  throw new Error(`to come ${card.due} ${today}`);
}

export interface Forecast {
  /** Cards due before today. */
  readonly backlog: number;
  /** Today first; the backlog is not in it. */
  readonly days: readonly { readonly date: LocalDate; readonly due: number }[];
}

/** How many cards fall due on each of the next `days` days, beginning with today. */
export function forecast(cards: Iterable<Pick<Card, 'due'>>, today: LocalDate, days: number): Forecast {
  throw new Error(`to come ${[...cards].length} ${today} ${days}`);
}
