import {
  addDays,
  calibration,
  localDate,
  readiness,
  weakest,
  weekday,
  type Calibration,
  type Card,
  type Confidence,
  type TopicReadiness,
} from '../study/index.ts';
import {
  claimedAnswers,
  recordByDay,
  recordByTopic,
  totalsOfLearner,
  type DayRecord,
  type TopicRecord,
  type Totals,
} from '../storage/attempt.ts';
import { cardsOfLearner } from '../storage/card.ts';
import { findLearner } from '../storage/learner.ts';
import type { StreakRow } from '../storage/schema.ts';
import { findServer } from '../storage/server.ts';
import { findStreak, freezesUsedSince } from '../storage/streak.ts';
import type { Epoch } from './epoch.ts';
import { zoneFor } from './zone.ts';

export interface Progress {
  readonly totals: Totals;
  /** In the order of the notes; only topics with at least one answer. */
  readonly topics: readonly TopicRecord[];
  /** Every topic of the bank, in the order of the notes. */
  readonly readiness: readonly TopicReadiness[];
  /** The last 26 weeks of local days, oldest first, with and without answers. */
  readonly days: readonly DayRecord[];
  /** Days on which a freeze kept the streak. */
  readonly frozen: ReadonlySet<string>;
  /** Accuracy of each week with answers, oldest first; `week` is its Monday. */
  readonly weeks: readonly { readonly week: string; readonly accuracy: number }[];
  readonly due: number;
  readonly streak: StreakRow | undefined;
  /** Null without an answer whose confidence was stated. */
  readonly calibration: Calibration | null;
  /** What is most worth practising, worst first. */
  readonly weakest: readonly TopicReadiness[];
}

const DAYS = 26 * 7;
const WEAKEST = 3;

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
  const cards = await cardsOfLearner(db, userId);
  const ready = readiness(
    new Map(bank.topics.map(({ slug, questions }) => [slug, questions])),
    new Map(cards.map((card) => [card.question_id, JSON.parse(card.memory) as Card])),
    today,
  );
  const claimed = await claimedAnswers(db, userId);
  const days = Array.from({ length: DAYS }, (_, index) => {
    const day = addDays(since, index);
    return answered.get(day) ?? { day, answered: 0, correct: 0 };
  });
  return {
    totals: await totalsOfLearner(db, userId),
    topics: bank.topics.flatMap(({ slug }) => records.get(slug) ?? []),
    readiness: ready,
    days,
    weeks: weeksOf(days),
    frozen: new Set(guildId === null ? [] : await freezesUsedSince(db, guildId, userId, since)),
    due: cards.filter((card) => card.due_on <= today).length,
    streak: guildId === null ? undefined : await findStreak(db, guildId, userId),
    calibration: calibration(
      claimed.map(({ confidence, score }) => ({ confidence: confidence as Confidence, score })),
    ),
    weakest: weakest(ready, WEAKEST),
  };
}

function weeksOf(days: readonly DayRecord[]): Progress['weeks'] {
  const byWeek = Map.groupBy(days, ({ day }) => addDays(day, 1 - weekday(day)));
  return [...byWeek].flatMap(([week, records]) => {
    const answered = records.reduce((sum, record) => sum + record.answered, 0);
    const correct = records.reduce((sum, record) => sum + record.correct, 0);
    return answered === 0 ? [] : [{ week, accuracy: correct / answered }];
  });
}
