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
