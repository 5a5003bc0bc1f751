import type { Card } from './card.ts';
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
  throw new Error(`to come ${questions.size} ${cards.size} ${today}`);
}

/** The weakest headings, worst first: attempted ones by the share of attempts known, then those never attempted. */
export function weakest(topics: readonly TopicReadiness[], limit: number): TopicReadiness[] {
  throw new Error(`to come ${topics.length} ${limit}`);
}

export type Confidence = 'sure' | 'unsure';

export interface Calibration {
  readonly sure: { readonly answered: number; readonly right: number };
  readonly unsure: { readonly answered: number; readonly right: number };
  /** Mean squared distance between what was claimed and the score: 0 is perfect, 0.25 is what "maybe" always scores. */
  readonly brier: number;
  /** Mean claim minus mean score: above 0 is overconfident. */
  readonly bias: number;
}

/** How well the learner knows what they know; null without an answer of stated confidence. `right` sums scores. */
export function calibration(
  answers: Iterable<{ readonly confidence: Confidence; readonly score: number }>,
): Calibration | null {
  throw new Error(`to come ${[...answers].length}`);
}
