import { easier, mayBeEasy, type Rating, type ReviewLog } from '../study/index.ts';
import { updateAsk } from '../storage/ask.ts';
import { dailyAttemptsSince, reviseAttempt } from '../storage/attempt.ts';
import { findCard, findReview, replaceCard } from '../storage/card.ts';
import { datesPosted } from '../storage/daily.ts';
import type { AskRow, AttemptRow, Db, ReviewLogRow } from '../storage/schema.ts';
import { findStreak } from '../storage/streak.ts';
import { isLastReview, reviewAttempt } from './cards.ts';
import type { Epoch } from './epoch.ts';

/** Whether the learner may still call an answer easy: right, not a choice, and nothing reviewed since. */
export async function mayCallEasy({ db }: Epoch, attempt: AttemptRow): Promise<boolean> {
  const known = await findLastReview(db, attempt);
  return known !== undefined && mayBeEasy(known.rating as Rating, attempt.kind);
}

/** The review that an attempt caused; undefined when the card has been reviewed again since. */
async function findLastReview(db: Db, attempt: AttemptRow): Promise<ReviewLogRow | undefined> {
  const known = await findReview(db, attempt.id);
  const card = await findCard(db, attempt.user_id, attempt.question_id);
  return known && card && isLastReview(known, card) ? known : undefined;
}

/** Schedules the review of an attempt again as Easy. Returns the new due date; undefined when it is too late for that. */
export function callEasy(epoch: Epoch, attempt: AttemptRow): Promise<string | undefined> {
  return epoch.db.transaction().execute(async (db) => {
    const known = await findLastReview(db, attempt);
    if (!known || !mayBeEasy(known.rating as Rating, attempt.kind)) return undefined;
    const { user_id: userId, question_id: questionId } = attempt;
    const { card, log } = easier(JSON.parse(known.log) as ReviewLog, `${userId}/${questionId}`);
    await replaceCard(db, { userId, questionId, attemptId: attempt.id, card, log });
    return card.due;
  });
}

/** What a learner's own verdict on an open answer counts as. */
const SELF_SCORES = { correct: 1, partial: 0.5, wrong: 0 } as const;

/**
 * The learner's own verdict on an open answer, which the keyword check only prepared: it replaces the check's, and its
 * review is scheduled accordingly. Undefined when the card has been reviewed again since.
 */
export function settleOpen(
  epoch: Epoch,
  attempt: AttemptRow,
  outcome: keyof typeof SELF_SCORES,
): Promise<AttemptRow | undefined> {
  return epoch.db.transaction().execute(async (db) => {
    const known = await findLastReview(db, attempt);
    if (attempt.kind !== 'open' || !known) return undefined;
    const { user_id: userId, question_id: questionId } = attempt;
    const settled = { ...attempt, outcome, score: SELF_SCORES[outcome] };
    const { before } = JSON.parse(known.log) as ReviewLog;
    const { card, log } = reviewAttempt(before, settled, { zone: known.zone });
    await reviseAttempt(db, settled);
    await replaceCard(db, { userId, questionId, attemptId: attempt.id, card, log });
    return settled;
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
