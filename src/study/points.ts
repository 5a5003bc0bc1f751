/** A graded attempt as the scoreboard sees it. */
export interface Scored {
  readonly kind: string;
  /** 1..5 */
  readonly level: number;
  /** 0..1 */
  readonly score: number;
  /** Whether the hint was taken. */
  readonly hinted: boolean;
  /** An answer to a daily that had closed. */
  readonly late: boolean;
  /** Whether the learner had already attempted this template, with any numbers. */
  readonly attempted: boolean;
  /** Whether the learner's card for it was due when it was asked. */
  readonly due: boolean;
}

/** What a hint leaves of the points. */
const HINTED = 0.8;

/** What a template attempted before earns when its card is due again. */
const REPEATED = 0.5;

/**
 * Whole points: level x 10 x score, rounded; four fifths of it after a hint; half of it for a template attempted before whose card is due again,
 * nothing while it is not; nothing for an open or a late answer.
 */
export function pointsFor({ kind, level, score, hinted, late, attempted, due }: Scored): number {
  if (kind === 'open' || late || (attempted && !due)) return 0;
  return Math.round(level * 10 * score * (hinted ? HINTED : 1) * (attempted ? REPEATED : 1));
}

/** The boards an attempt counts on: the server it was made in (null in a direct message), and `global` for who opted in. */
export function boardsFor(guildId: string | null, globalOptIn: boolean): string[] {
  return [...(guildId === null ? [] : [guildId]), ...(globalOptIn ? ['global'] : [])];
}
