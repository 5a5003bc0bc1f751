import type { CardRow, Db, ReviewLogRow } from './schema.ts';

export function findCard(db: Db, userId: string, questionId: string): Promise<CardRow | undefined> {
  return db
    .selectFrom('card')
    .selectAll()
    .where('user_id', '=', userId)
    .where('question_id', '=', questionId)
    .executeTakeFirst();
}

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

/** Stores the card as it is after a review, and the review itself. */
export async function recordReview(db: Db, card: CardRow, review: ReviewLogRow): Promise<void> {
  await db
    .insertInto('card')
    .values(card)
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'question_id'])
        .doUpdateSet({ topic: card.topic, due_on: card.due_on, memory: card.memory }),
    )
    .execute();
  await db.insertInto('review_log').values(review).execute();
}

/** The review that an attempt caused, and whether the card has been reviewed again since. */
export async function findReview(
  db: Db,
  attemptId: string,
): Promise<(ReviewLogRow & { superseded: boolean }) | undefined> {
  const review = await db
    .selectFrom('review_log')
    .selectAll()
    .where('attempt_id', '=', attemptId)
    .executeTakeFirst();
  if (!review) return undefined;
  const later = await db
    .selectFrom('review_log')
    .select('attempt_id')
    .where('user_id', '=', review.user_id)
    .where('question_id', '=', review.question_id)
    .where('reviewed_at', '>', review.reviewed_at)
    .executeTakeFirst();
  return { ...review, superseded: later !== undefined };
}

/** Puts the learner's own rating in place of the one derived from the answer, on the review and its card. */
export async function reviseReview(
  db: Db,
  attemptId: string,
  change: { readonly rating: number; readonly log: string; readonly dueOn: string; readonly memory: string },
): Promise<void> {
  const { user_id, question_id } = await db
    .updateTable('review_log')
    .set({ rating: change.rating, log: change.log })
    .where('attempt_id', '=', attemptId)
    .returning(['user_id', 'question_id'])
    .executeTakeFirstOrThrow();
  await db
    .updateTable('card')
    .set({ due_on: change.dueOn, memory: change.memory })
    .where('user_id', '=', user_id)
    .where('question_id', '=', question_id)
    .execute();
}
