import { prepared } from './prepared.ts';
import type { CardRow, Db, ReviewLogRow } from './schema.ts';

const byQuestion = prepared((db, userId: string, questionId: string) =>
  db.selectFrom('card').selectAll().where('user_id', '=', userId).where('question_id', '=', questionId),
);

export const findCard = async (db: Db, userId: string, questionId: string): Promise<CardRow | undefined> =>
  (await byQuestion(db, userId, questionId))[0];

export function cardsOfLearner(db: Db, userId: string): Promise<CardRow[]> {
  return db.selectFrom('card').selectAll().where('user_id', '=', userId).orderBy('question_id').execute();
}

/** Cards due on or before a local date, the longest due first. */
export function cardsDue(db: Db, userId: string, localDate: string): Promise<CardRow[]> {
  return db
    .selectFrom('card')
    .selectAll()
    .where('user_id', '=', userId)
    .where('due_on', '<=', localDate)
    .orderBy('due_on')
    .orderBy('question_id')
    .execute();
}

const put = prepared((db, card: CardRow) =>
  db
    .insertInto('card')
    .values(card)
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'question_id'])
        .doUpdateSet({ topic: card.topic, due_on: card.due_on, memory: card.memory }),
    ),
);

const log = prepared((db, review: ReviewLogRow) => db.insertInto('review_log').values(review));

/** Stores the card as it is after a review, and the review itself. */
export async function recordReview(db: Db, card: CardRow, review: ReviewLogRow): Promise<void> {
  await put(db, card);
  await log(db, review);
}

/** The review that an attempt caused. */
export function findReview(db: Db, attemptId: string): Promise<ReviewLogRow | undefined> {
  return db.selectFrom('review_log').selectAll().where('attempt_id', '=', attemptId).executeTakeFirst();
}

/** The reviews of a card, in order. */
export function reviewsOf(db: Db, userId: string, questionId: string): Promise<ReviewLogRow[]> {
  return db
    .selectFrom('review_log')
    .selectAll()
    .where('user_id', '=', userId)
    .where('question_id', '=', questionId)
    .orderBy('reviewed_at')
    .execute();
}

export interface Revised {
  readonly userId: string;
  readonly questionId: string;
  readonly attemptId: string;
  /** The card after the review. */
  readonly card: { readonly due: string };
  readonly log: { readonly rating: number };
}

/** Puts another outcome of a review in place of the first: the learner's own rating, or that of a second grading. */
export async function replaceCard(
  db: Db,
  { userId, questionId, attemptId, card, log }: Revised,
): Promise<void> {
  await db
    .updateTable('review_log')
    .set({ rating: log.rating, log: JSON.stringify(log) })
    .where('attempt_id', '=', attemptId)
    .execute();
  await db
    .updateTable('card')
    .set({ due_on: card.due, memory: JSON.stringify(card) })
    .where('user_id', '=', userId)
    .where('question_id', '=', questionId)
    .execute();
}
