import { Rating, retrievability, type Card } from './card.ts';
import type { LocalDate } from './date.ts';

export interface TopicReadiness {
  readonly topic: string;
  /** coverage x retention, 0..1 */
  readonly readiness: number;
  /** The share of the heading's questions that the learner got right at the last attempt, 0..1. */
  readonly coverage: number;
  /** The mean probability of recalling those today, 0..1; 0 when there are none. */
  readonly retention: number;
  /** Questions under the heading, and those attempted. */
  readonly questions: number;
  readonly attempted: number;
}

/**
 * How ready the learner is under each heading, in the order given. `questions` maps a topic to the ids of its
 * questions, `cards` a question to the learner's card. A question last answered wrong counts as not known, although
 * FSRS gives it a high probability of recall on the day of the mistake.
 */
export function readiness(
  questions: ReadonlyMap<string, readonly string[]>,
  cards: ReadonlyMap<string, Card>,
  today: LocalDate,
): TopicReadiness[] {
  return [...questions].map(([topic, ids]) => {
    const attempted = ids.map((id) => cards.get(id)).filter((card) => card !== undefined);
    const known = attempted.filter((card) => card.rating !== Rating.Again);
    const recalled = known.reduce((sum, card) => sum + retrievability(card, today), 0);
    return {
      topic,
      readiness: ids.length === 0 ? 0 : recalled / ids.length,
      coverage: ids.length === 0 ? 0 : known.length / ids.length,
      retention: known.length === 0 ? 0 : recalled / known.length,
      questions: ids.length,
      attempted: attempted.length,
    };
  });
}

/** A heading recalled better than this is no weakness, so one never attempted comes before it. */
const STRONG = 0.9;

/**
 * The weakest headings, worst first, by the share of the attempted questions recalled. Those never attempted come after
 * the weak ones and before the strong ones.
 */
export function weakest(topics: readonly TopicReadiness[], limit: number): TopicReadiness[] {
  const recalled = (topic: TopicReadiness) =>
    topic.attempted === 0 ? STRONG : (topic.readiness * topic.questions) / topic.attempted;
  return topics
    .filter((topic) => topic.questions > 0)
    .toSorted((a, b) => recalled(a) - recalled(b))
    .slice(0, limit);
}

export type Confidence = 'sure' | 'unsure';

/** The chance of being right that each word claims. */
const CLAIM: Readonly<Record<Confidence, number>> = { sure: 0.9, unsure: 0.5 };

export interface Calibration {
  /** `right` sums scores, each 0..1. */
  readonly sure: { readonly answered: number; readonly right: number };
  readonly unsure: { readonly answered: number; readonly right: number };
  /**
   * Brier score: the mean of (claim - score)^2, where sure claims 0.9 and unsure 0.5. 0 is perfect; always unsure and
   * right or wrong gives 0.25.
   */
  readonly brier: number;
  /** Mean claim minus mean score: above 0 is overconfident. */
  readonly bias: number;
}

/** How well the learner knows what they know; null without an answer of stated confidence. */
export function calibration(
  answers: Iterable<{ readonly confidence: Confidence; readonly score: number }>,
): Calibration | null {
  const sure = { answered: 0, right: 0 };
  const unsure = { answered: 0, right: 0 };
  let squares = 0;
  let bias = 0;
  for (const { confidence, score } of answers) {
    const side = confidence === 'sure' ? sure : unsure;
    side.answered += 1;
    side.right += score;
    squares += (CLAIM[confidence] - score) ** 2;
    bias += CLAIM[confidence] - score;
  }
  const count = sure.answered + unsure.answered;
  return count === 0 ? null : { sure, unsure, brier: squares / count, bias: bias / count };
}
