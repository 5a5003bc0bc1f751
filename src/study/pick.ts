import type { LocalDate } from './date.ts';

export interface Candidate {
  readonly id: string;
  readonly topic: string;
  /** 1..5 */
  readonly level: number;
  readonly kind: string;
}

export interface DailyPick {
  /** What the server's settings allow. Their order does not matter. */
  readonly candidates: readonly Candidate[];
  /** The last date on which each question was the daily here. */
  readonly history: ReadonlyMap<string, LocalDate>;
  readonly date: LocalDate;
  readonly seed: number | string;
}

/**
 * The id of a server's question for a date; null without candidates. None comes again within 180 days while another
 * is left; then the one longest ago. Topics take turns, and the level changes from one day to the next where it can.
 */
export function pickDaily(pick: DailyPick): string | null {
  throw new Error(`to come ${pick.date}`);
}

export interface PracticePick {
  readonly candidates: readonly Candidate[];
  /** When each question was last put to the learner (ISO 8601, UTC). */
  readonly seen: ReadonlyMap<string, string>;
  /** Questions whose card is due. */
  readonly due: ReadonlySet<string>;
  readonly now: Date;
  readonly seed: number | string;
  readonly filter: { readonly topic?: string; readonly level?: number; readonly kind?: string };
}

/**
 * The id of a question to practise; null when none fits the filter. One that is new or due; else one not seen for 14
 * days; else, everything being fresh, the one seen longest ago.
 */
export function pickPractice(pick: PracticePick): string | null {
  throw new Error(`to come ${pick.now.toISOString()}`);
}
