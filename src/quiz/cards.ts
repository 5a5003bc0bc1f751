import {
  easier,
  isZone,
  localDate,
  mayBeEasy,
  Rating,
  ratingFor,
  review,
  type Card,
  type ReviewLog,
} from '../study/index.ts';
import { findLearner } from '../storage/learner.ts';
import type { AttemptRow, CardRow, Db, ReviewLogRow } from '../storage/schema.ts';
import { findServer } from '../storage/server.ts';
import { zoneFor } from './zone.ts';

/**
 * What an attempt makes of the card that those before it left. `easy`: the learner called it so, which holds while the
 * answer is right.
 */
export function reviewAttempt(
  before: Card | null,
  attempt: AttemptRow,
  { zone, easy = false }: { readonly zone: string; readonly easy?: boolean },
): { card: Card; log: ReviewLog } {
  const { outcome, score, hinted, kind, user_id, question_id } = attempt;
  const rating = ratingFor({ outcome, score, hinted: hinted === 1 });
  const cardId = `${user_id}/${question_id}`;
  const normal = review(before, { rating, now: new Date(attempt.answered_at), zone, cardId });
  return easy && mayBeEasy(rating, kind) ? easier(normal.log, cardId) : normal;
}

export const cardRow = ({ user_id, question_id, topic }: AttemptRow, card: Card): CardRow => ({
  user_id,
  question_id,
  topic,
  due_on: card.due,
  memory: JSON.stringify(card),
});

export const reviewRow = (attempt: AttemptRow, log: ReviewLog): ReviewLogRow => ({
  attempt_id: attempt.id,
  user_id: attempt.user_id,
  question_id: attempt.question_id,
  rating: log.rating,
  zone: log.zone,
  reviewed_at: attempt.answered_at,
  log: JSON.stringify(log),
});

/** How often the card had been reviewed before; undefined where the log cannot be read. */
export function reviewsBefore({ log }: Pick<ReviewLogRow, 'log'>): number | undefined {
  try {
    const reps: unknown = (JSON.parse(log) as ReviewLog).before?.reps ?? 0;
    return typeof reps === 'number' ? reps : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A learner's attempts at one question, given by time, in the order in which the card was reviewed: the clock may have
 * been set back in between, but each review says how many came before it. Where those contradict each other, time decides.
 */
export function inOrderOfReview(
  attempts: readonly AttemptRow[],
  reviews: ReadonlyMap<string, ReviewLogRow>,
): readonly AttemptRow[] {
  const ordered: (AttemptRow | undefined)[] = attempts.map(() => undefined);
  for (const attempt of attempts) {
    const known = reviews.get(attempt.id);
    const place = known && reviewsBefore(known);
    if (place !== undefined && place in ordered) ordered[place] = attempt;
  }
  return ordered.every((attempt) => attempt !== undefined) ? ordered : attempts;
}

/** Whether a card is still as this review left it. */
export function isLastReview(reviewed: ReviewLogRow, card: CardRow): boolean {
  const { reps } = JSON.parse(card.memory) as Card;
  return reviewsBefore(reviewed) === reps - 1;
}

/**
 * The cards and reviews that a learner's attempts, in order, come to. Of a stored review it takes what only the review
 * knows: its zone, and whether the learner called it easy.
 */
export async function expectedCards(
  db: Db,
  attempts: readonly AttemptRow[],
  stored: readonly ReviewLogRow[],
): Promise<{ cards: CardRow[]; reviews: ReviewLogRow[] }> {
  const known = new Map(stored.map((row) => [row.attempt_id, row]));
  const cards: CardRow[] = [];
  const reviews: ReviewLogRow[] = [];
  for (const own of Map.groupBy(attempts, ({ question_id }) => question_id).values()) {
    let card: Card | null = null;
    const ordered = inOrderOfReview(own, known);
    for (const attempt of ordered) {
      const review = known.get(attempt.id);
      const zone = await zoneOf(db, attempt, review, stored);
      const next = reviewAttempt(card, attempt, { zone, easy: review?.rating === Rating.Easy });
      reviews.push(reviewRow(attempt, next.log));
      card = next.card;
    }
    cards.push(cardRow(ordered.at(-1)!, card!));
  }
  return { cards, reviews };
}

/** The zone a review was made in; where that is lost, one in which the attempt has the date that it bears. */
async function zoneOf(
  db: Db,
  attempt: AttemptRow,
  review: ReviewLogRow | undefined,
  others: readonly ReviewLogRow[],
): Promise<string> {
  if (review && hasDate(attempt, review.zone)) return review.zone;
  const learner = await findLearner(db, attempt.user_id);
  const server = attempt.guild_id === null ? undefined : await findServer(db, attempt.guild_id);
  const zones = [zoneFor(learner, server), ...others.map(({ zone }) => zone)];
  return zones.find((zone) => hasDate(attempt, zone)) ?? 'UTC';
}

const hasDate = ({ answered_at, answered_on }: AttemptRow, zone: string): boolean =>
  isZone(zone) && localDate(new Date(answered_at), zone) === answered_on;
