import { forecast, localDate, type Forecast } from '../study/index.ts';
import { countReviewsOn, questionsLastMissed } from '../storage/attempt.ts';
import { cardsOfLearner } from '../storage/card.ts';
import { findLearner } from '../storage/learner.ts';
import type { CardRow } from '../storage/schema.ts';
import { findServer } from '../storage/server.ts';
import { hiddenQuestions } from '../storage/report.ts';
import { put, unansweredDaily, type Asked } from './ask.ts';
import type { Epoch } from './epoch.ts';
import { seedOf } from './seed.ts';
import { zoneFor } from './zone.ts';

export const REVIEW_MODES = ['due', 'wrong', 'topic'] as const;
export type ReviewMode = (typeof REVIEW_MODES)[number];

/** Reviews a day: more would be a chore, and the rest keeps. */
export const DAILY_CAP = 30;

export interface ReviewRequest {
  readonly id: string;
  readonly userId: string;
  readonly guildId: string | null;
  readonly mode: ReviewMode;
  /** For the mode `topic`. */
  readonly topic?: string;
}

export interface Review {
  /** Undefined when nothing is left, or the day's cap is reached. */
  readonly asked: Asked | undefined;
  readonly capped: boolean;
  /** Today's cards, those from before, and the next 14 days. */
  readonly forecast: Forecast;
}

const FORECAST_DAYS = 14;

/**
 * Puts what is to be reviewed: cards due today and then the backlog, the longest due first; or only what was last
 * answered wrong; or one topic, due or not, the most urgent first.
 */
export async function askReview(epoch: Epoch, request: ReviewRequest): Promise<Review> {
  const { db, bank } = epoch;
  const now = epoch.now();
  const learner = await findLearner(db, request.userId);
  const server = request.guildId === null ? undefined : await findServer(db, request.guildId);
  const today = localDate(now, zoneFor(learner, server));
  const cards = (await cardsOfLearner(db, request.userId)).filter((card) =>
    bank.questions.has(card.question_id),
  );
  const ahead = forecast(
    cards.map((card) => ({ due: card.due_on })),
    today,
    FORECAST_DAYS,
  );
  const capped = (await countReviewsOn(db, request.userId, today)) >= DAILY_CAP;
  if (capped) return { asked: undefined, capped, forecast: ahead };
  const reserved = await unansweredDaily(db, request.guildId, request.userId);
  const hidden = await hiddenQuestions(db, request.guildId);
  const missed = request.mode === 'wrong' ? await questionsLastMissed(db, request.userId) : undefined;
  const wanted = cards
    .filter(({ question_id: id }) => id !== reserved && !hidden.has(id))
    .filter((card) => fits(card, request, today, missed))
    .toSorted((a, b) => urgency(a, today) - urgency(b, today) || (a.due_on < b.due_on ? -1 : 1));
  const question = wanted[0] && bank.questions.get(wanted[0].question_id);
  if (!question) return { asked: undefined, capped, forecast: ahead };
  const asked = await put(db, question, {
    id: request.id,
    userId: request.userId,
    guildId: request.guildId,
    mode: 'review',
    localDate: null,
    seed: seedOf(request.id),
    now,
  });
  return { asked, capped, forecast: ahead };
}

function fits(
  card: CardRow,
  { mode, topic }: ReviewRequest,
  today: string,
  missed: Set<string> | undefined,
): boolean {
  switch (mode) {
    case 'due':
      return card.due_on <= today;
    case 'wrong':
      return missed?.has(card.question_id) === true;
    case 'topic':
      return card.topic === topic;
  }
}

/** Today's cards before the backlog, and what is not yet due last. */
const urgency = (card: CardRow, today: string): number => {
  if (card.due_on === today) return 0;
  return card.due_on < today ? 1 : 2;
};
