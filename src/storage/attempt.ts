import { sql } from 'kysely';
import { prepared } from './prepared.ts';
import type { AttemptRow, Db } from './schema.ts';

const insert = prepared((db, row: AttemptRow) => db.insertInto('attempt').values(row));

export async function insertAttempt(db: Db, row: AttemptRow): Promise<void> {
  await insert(db, row);
}

const byAsk = prepared((db, askId: string) =>
  db.selectFrom('attempt').selectAll().where('ask_id', '=', askId),
);

export const findAttemptByAsk = async (db: Db, askId: string): Promise<AttemptRow | undefined> =>
  (await byAsk(db, askId))[0];

/** The learner's last attempt at a question, by the review that each attempt leaves. */
export function lastAttemptAt(db: Db, userId: string, questionId: string): Promise<AttemptRow | undefined> {
  return db
    .selectFrom('review_log')
    .innerJoin('attempt', 'attempt.id', 'review_log.attempt_id')
    .selectAll('attempt')
    .where('review_log.user_id', '=', userId)
    .where('review_log.question_id', '=', questionId)
    .orderBy('review_log.reviewed_at', 'desc')
    .orderBy('review_log.attempt_id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function attemptsOfLearner(db: Db, userId: string): Promise<AttemptRow[]> {
  return db
    .selectFrom('attempt')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('answered_at')
    .orderBy('id')
    .execute();
}

/** The attempts at one daily, first come first. Late ones are left out. */
export function attemptsAtDaily(db: Db, guildId: string, localDate: string): Promise<AttemptRow[]> {
  return db
    .selectFrom('attempt')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('local_date', '=', localDate)
    .where('mode', '=', 'daily')
    .where('late', '=', 0)
    .orderBy('answered_at')
    .orderBy('id')
    .execute();
}

export async function countAttemptsAtDaily(db: Db, guildId: string, localDate: string): Promise<number> {
  const row = await db
    .selectFrom('attempt')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('guild_id', '=', guildId)
    .where('local_date', '=', localDate)
    .where('mode', '=', 'daily')
    .where('late', '=', 0)
    .executeTakeFirstOrThrow();
  return row.count;
}

export interface TopicRecord {
  readonly topic: string;
  readonly answered: number;
  /** Sum of scores, each 0..1. */
  readonly correct: number;
}

export function recordByTopic(db: Db, userId: string): Promise<TopicRecord[]> {
  return db
    .selectFrom('attempt')
    .select((of) => [
      'topic',
      of.fn.countAll<number>().as('answered'),
      of.fn.sum<number>('score').as('correct'),
    ])
    .where('user_id', '=', userId)
    .groupBy('topic')
    .execute();
}

export interface DayRecord {
  readonly day: string;
  readonly answered: number;
  /** Sum of scores, each 0..1. */
  readonly correct: number;
}

/** The learner's local days with at least one answer, from `since` on, in order. */
export function recordByDay(db: Db, userId: string, since: string): Promise<DayRecord[]> {
  return db
    .selectFrom('attempt')
    .select((of) => [
      'answered_on as day',
      of.fn.countAll<number>().as('answered'),
      of.fn.sum<number>('score').as('correct'),
    ])
    .where('user_id', '=', userId)
    .where('answered_on', '>=', since)
    .groupBy('answered_on')
    .orderBy('answered_on')
    .execute();
}

export interface Totals {
  readonly answered: number;
  readonly right: number;
  readonly points: number;
}

export function totalsOfLearner(db: Db, userId: string): Promise<Totals> {
  return db
    .selectFrom('attempt')
    .select((of) => [
      of.fn.countAll<number>().as('answered'),
      sql<number>`coalesce(sum(case when outcome = 'correct' then 1 else 0 end), 0)`.as('right'),
      sql<number>`coalesce(sum(points), 0)`.as('points'),
    ])
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
}

/** How many reviews the learner did on a local date. */
export async function countReviewsOn(db: Db, userId: string, localDate: string): Promise<number> {
  const row = await db
    .selectFrom('attempt')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('mode', '=', 'review')
    .where('answered_on', '=', localDate)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Questions that the learner did not get fully right at the last attempt. */
export async function questionsLastMissed(db: Db, userId: string): Promise<Set<string>> {
  const attempts = await db
    .selectFrom('attempt')
    .select(['question_id', 'outcome'])
    .where('user_id', '=', userId)
    .orderBy('answered_at')
    .orderBy('id')
    .execute();
  const last = new Map(attempts.map(({ question_id, outcome }) => [question_id, outcome]));
  return new Set([...last].filter(([, outcome]) => outcome !== 'correct').map(([id]) => id));
}

/** The learner's attempts at a server's dailies from a date on, in order. */
export function dailyAttemptsSince(
  db: Db,
  guildId: string,
  userId: string,
  localDate: string,
): Promise<Pick<AttemptRow, 'local_date' | 'outcome' | 'late'>[]> {
  return db
    .selectFrom('attempt')
    .select(['local_date', 'outcome', 'late'])
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('mode', '=', 'daily')
    .where('local_date', '>=', localDate)
    .orderBy('local_date')
    .execute();
}

/** The learner's last attempt at each question, the newest first. */
export function latestAttempts(db: Db, userId: string, limit: number): Promise<AttemptRow[]> {
  return db
    .selectFrom('attempt')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('answered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Everybody's attempts at a question, each learner's in order: a look at every attempt there is. */
export function attemptsAtQuestionByAll(db: Db, questionId: string): Promise<AttemptRow[]> {
  return db
    .selectFrom('attempt')
    .selectAll()
    .where('question_id', '=', questionId)
    .orderBy('user_id')
    .orderBy('answered_at')
    .orderBy('id')
    .execute();
}

/** Puts the result of a second grading in place of the first. */
export async function reviseAttempt(db: Db, row: AttemptRow): Promise<void> {
  const { question_version, level, outcome, score, reading, notes, points } = row;
  await db
    .updateTable('attempt')
    .set({ question_version, level, outcome, score, reading, notes, points })
    .where('id', '=', row.id)
    .execute();
}

/** The learner's answers for which they said how sure they were. */
export function claimedAnswers(db: Db, userId: string): Promise<Pick<AttemptRow, 'confidence' | 'score'>[]> {
  return db
    .selectFrom('attempt')
    .select(['confidence', 'score'])
    .where('user_id', '=', userId)
    .where('confidence', 'is not', null)
    .execute();
}
