import { addDays, localDate } from '../study/index.ts';
import {
  recordByDay,
  recordByTopic,
  totalsOfLearner,
  type DayRecord,
  type TopicRecord,
  type Totals,
} from '../storage/attempt.ts';
import { cardsDue } from '../storage/card.ts';
import { findLearner } from '../storage/learner.ts';
import type { StreakRow } from '../storage/schema.ts';
import { findServer } from '../storage/server.ts';
import { findStreak } from '../storage/streak.ts';
import type { Epoch } from './epoch.ts';
import { zoneFor } from './zone.ts';

export interface Progress {
  readonly totals: Totals;
  /** In the order of the notes; only topics with at least one answer. */
  readonly topics: readonly TopicRecord[];
  /** The last 14 local days, oldest first, with and without answers. */
  readonly days: readonly DayRecord[];
  readonly due: number;
  readonly streak: StreakRow | undefined;
  /** The topic with the lowest accuracy, the one with more answers first. */
  readonly weakest: TopicRecord | undefined;
}

const DAYS = 14;

/** How a learner is doing; undefined when they are somebody else and keep it private. */
export async function progressOf(
  epoch: Epoch,
  { userId, readerId, guildId }: { userId: string; readerId: string; guildId: string | null },
): Promise<Progress | undefined> {
  const { db, bank } = epoch;
  const learner = await findLearner(db, userId);
  if (userId !== readerId && learner?.show_progress !== 1) return undefined;
  const server = guildId === null ? undefined : await findServer(db, guildId);
  const today = localDate(epoch.now(), zoneFor(learner, server));
  const since = addDays(today, 1 - DAYS);
  const answered = new Map((await recordByDay(db, userId, since)).map((record) => [record.day, record]));
  const records = new Map((await recordByTopic(db, userId)).map((record) => [record.topic, record]));
  const topics = bank.topics.flatMap(({ slug }) => records.get(slug) ?? []);
  return {
    totals: await totalsOfLearner(db, userId),
    topics,
    days: Array.from({ length: DAYS }, (_, index) => {
      const day = addDays(since, index);
      return answered.get(day) ?? { day, answered: 0, correct: 0 };
    }),
    due: (await cardsDue(db, userId, today)).length,
    streak: guildId === null ? undefined : await findStreak(db, guildId, userId),
    weakest: topics.toSorted(
      (a, b) => a.correct / a.answered - b.correct / b.answered || b.answered - a.answered,
    )[0],
  };
}
