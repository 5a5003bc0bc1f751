import { easier, mayBeEasy, Rating, type ReviewLog } from '../study/index.ts';
import { updateAsk } from '../storage/ask.ts';
import { dailyAttemptsSince } from '../storage/attempt.ts';
import { findReview, replaceCard } from '../storage/card.ts';
import { datesPosted } from '../storage/daily.ts';
import type { AskRow, AttemptRow } from '../storage/schema.ts';
import { findStreak } from '../storage/streak.ts';
import type { Epoch } from './epoch.ts';

/** Whether the learner may still call an answer easy: right, not a choice, and nothing reviewed since. */
export async function mayCallEasy({ db }: Epoch, attempt: AttemptRow): Promise<boolean> {
  const review = await findReview(db, attempt.id);
  return review !== undefined && mayBeEasy(review.rating as Rating, attempt.kind) && !review.superseded;
}

/** Schedules the review of an attempt again as Easy. Returns the new due date; undefined when it is too late for that. */
export function callEasy(epoch: Epoch, attempt: AttemptRow): Promise<string | undefined> {
  return epoch.db.transaction().execute(async (db) => {
    const review = await findReview(db, attempt.id);
    if (!review || review.superseded || !mayBeEasy(review.rating as Rating, attempt.kind)) return undefined;
    const { user_id: userId, question_id: questionId } = attempt;
    const { card, log } = easier(JSON.parse(review.log) as ReviewLog, `${userId}/${questionId}`);
    await replaceCard(db, { userId, questionId, attemptId: attempt.id, card, log });
    return card.due;
  });
}

/** Before answering: turns the claim from none to sure, to unsure, and back. */
export async function claimNext({ db }: Epoch, ask: AskRow): Promise<AskRow> {
  const next = { none: 'sure', sure: 'unsure', unsure: null } as const;
  const confidence = next[ask.confidence ?? 'none'];
  await updateAsk(db, ask.id, { confidence });
  return { ...ask, confidence };
}

export interface Grid {
  /** A server's last dailies up to the one shared, oldest first; null where there was no answer in time. */
  readonly days: readonly { readonly date: string; readonly outcome: AttemptRow['outcome'] | null }[];
  readonly streak: number;
}

const GRID_DAYS = 7;

/** What a learner may show of a daily without giving anything away. */
export async function shareGrid({ db }: Epoch, attempt: AttemptRow): Promise<Grid | undefined> {
  const { guild_id: guildId, local_date: date, user_id: userId } = attempt;
  if (guildId === null || date === null) return undefined;
  const dates = await datesPosted(db, guildId, date, GRID_DAYS);
  const attempts = await dailyAttemptsSince(db, guildId, userId, dates[0] ?? date);
  const outcomes = new Map(attempts.map((row) => [row.local_date, row.late === 1 ? null : row.outcome]));
  const streak = await findStreak(db, guildId, userId);
  return {
    days: dates.map((day) => ({ date: day, outcome: outcomes.get(day) ?? null })),
    streak: streak?.current ?? 0,
  };
}
