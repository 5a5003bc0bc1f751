import type { Variant } from '../bank/index.ts';
import { grade, type Submission, type Verdict } from '../grading/index.ts';
import { advance, boardsFor, isDue, localDate, mayBeEasy, pointsFor, type Card } from '../study/index.ts';
import { updateAsk } from '../storage/ask.ts';
import { insertAttempt } from '../storage/attempt.ts';
import { findCard, recordReview } from '../storage/card.ts';
import { findDaily, postedDates } from '../storage/daily.ts';
import { findLearner } from '../storage/learner.ts';
import type { AttemptRow, Db, ServerRow } from '../storage/schema.ts';
import { findServer } from '../storage/server.ts';
import { findStreak } from '../storage/streak.ts';
import { recallOn, type Asked } from './ask.ts';
import { countOn } from './boards.ts';
import { cardRow, reviewAttempt, reviewRow } from './cards.ts';
import type { Epoch } from './epoch.ts';
import { recordChange, streakOf } from './streaks.ts';
import { zoneFor } from './zone.ts';

export interface AnswerRequest {
  /** The interaction's id: it becomes the attempt's. */
  readonly id: string;
  readonly askId: string;
  readonly userId: string;
  /** What was submitted; of a choice or an ordering, positions on the screen mean something only for its variant. */
  readonly submission: Submission | ((variant: Variant) => Submission);
}

export type Answered =
  | { readonly status: 'gone' }
  | { readonly status: 'not-yours' }
  | { readonly status: 'changed'; readonly asked: Asked }
  | { readonly status: 'invalid'; readonly asked: Asked; readonly verdict: Verdict; readonly typed: string }
  /** `first` is false when it had been answered before: then this is that answer, and nothing was stored. */
  | {
      readonly status: 'graded';
      readonly first: boolean;
      readonly asked: Asked;
      readonly attempt: AttemptRow;
      readonly streak: number | undefined;
      /** Whether the learner may call it easy. */
      readonly mayBeEasy: boolean;
    };

/**
 * Grades an answer and stores it with its points, card and streak in one transaction. What could not be read is kept
 * as a draft and is no attempt; an ask that has its attempt keeps it.
 */
export function answer(epoch: Epoch, request: AnswerRequest): Promise<Answered> {
  return epoch.db.transaction().execute(async (db): Promise<Answered> => {
    const recalled = await recallOn(db, epoch, request.askId, request.userId);
    if (recalled.status === 'answered') {
      return {
        status: 'graded',
        first: false,
        asked: recalled.asked,
        attempt: recalled.attempt,
        streak: undefined,
        mayBeEasy: false,
      };
    }
    if (recalled.status !== 'open') return recalled;
    const { asked } = recalled;
    const submission =
      typeof request.submission === 'function' ? request.submission(asked.variant) : request.submission;
    const verdict = grade(asked.variant.spec, submission);
    if (verdict.outcome === 'invalid') {
      const typed = typeof submission === 'string' ? submission : '';
      await updateAsk(db, asked.ask.id, { draft: typed });
      return { status: 'invalid', asked, verdict, typed };
    }
    return store(db, epoch.now(), { ...request, submission }, asked, verdict, verdict.outcome);
  });
}

async function store(
  db: Db,
  now: Date,
  request: AnswerRequest & { readonly submission: Submission },
  asked: Asked,
  verdict: Verdict,
  outcome: AttemptRow['outcome'],
): Promise<Answered> {
  const { ask, question } = asked;
  const learner = await findLearner(db, request.userId);
  const server = ask.guild_id === null ? undefined : await findServer(db, ask.guild_id);
  const zone = zoneFor(learner, server);
  const today = localDate(now, zone);
  const late = await isLate(db, asked, server, now);
  const card = await findCard(db, ask.user_id, question.id);
  const before = card ? (JSON.parse(card.memory) as Card) : null;
  const points = pointsFor({
    kind: question.kind,
    level: question.level,
    score: verdict.score,
    hinted: ask.hinted === 1,
    late,
    // Every attempt leaves a card.
    attempted: before !== null,
    due: before !== null && isDue(before, today),
  });
  const attempt: AttemptRow = {
    id: request.id,
    ask_id: ask.id,
    user_id: ask.user_id,
    guild_id: ask.guild_id,
    mode: ask.mode,
    local_date: ask.local_date,
    question_id: question.id,
    question_version: question.version,
    topic: question.topic,
    level: question.level,
    kind: question.kind,
    seed: ask.seed,
    params: ask.params,
    submission: JSON.stringify(request.submission),
    outcome,
    score: verdict.score,
    reading: verdict.reading ?? null,
    notes: JSON.stringify(verdict.notes),
    hinted: ask.hinted,
    confidence: ask.confidence,
    late: late ? 1 : 0,
    points,
    answered_at: now.toISOString(),
    answered_on: today,
    server_date: server ? localDate(now, server.zone) : null,
    season: server?.season ?? null,
  };
  await insertAttempt(db, attempt);
  const reviewed = reviewAttempt(before, attempt, { zone });
  await recordReview(db, cardRow(attempt, reviewed.card), reviewRow(attempt, reviewed.log));
  for (const board of boardsFor(ask.guild_id, learner?.global_opt_in === 1))
    await countOn(db, board, attempt);
  const streak = attempt.mode === 'daily' && !late ? await extendStreak(db, attempt) : undefined;
  return {
    status: 'graded',
    first: true,
    asked,
    attempt,
    streak,
    mayBeEasy: mayBeEasy(reviewed.log.rating, attempt.kind),
  };
}

/** A daily is over at its closing time or when the next one opens, even if the clock was set back since. */
async function isLate(db: Db, { ask }: Asked, server: ServerRow | undefined, now: Date): Promise<boolean> {
  if (ask.mode !== 'daily' || ask.guild_id === null || ask.local_date === null) return false;
  const daily = await findDaily(db, ask.guild_id, ask.local_date);
  if (daily?.closes_at == null || daily.state === 'closed') return true;
  const overtaken = server?.last_date != null && server.last_date > ask.local_date;
  return overtaken || daily.closes_at <= now.toISOString();
}

async function extendStreak(db: Db, attempt: AttemptRow): Promise<number> {
  const owner = { guildId: attempt.guild_id!, userId: attempt.user_id };
  const date = attempt.local_date!;
  const row = await findStreak(db, owner.guildId, owner.userId);
  const posted = await postedDates(db, owner.guildId, row?.last_date ?? '', date);
  const change = advance(row ? streakOf(row) : null, { date, posted });
  await recordChange(db, owner, change, attempt.answered_at);
  return change.streak.current;
}
