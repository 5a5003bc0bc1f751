/** How much a learner may do at once, and how much a second after that. */
export interface PaceLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/** More than a person presses, and less than keeps the others waiting. */
export const learnerPace: PaceLimit = { burst: 30, perSecond: 5 };

/** `slow-down` when a learner first goes beyond the limit, `ignore` while they go on like that. */
export type Permit = 'go' | 'slow-down' | 'ignore';

interface Bucket {
  left: number;
  /** When `left` was worked out, in ms. */
  at: number;
  told: boolean;
}

/** So many learners are remembered before those with a full bucket are forgotten. */
const REMEMBERED = 1000;

/**
 * Keeps each learner to the limit, with a token bucket each, so that one cannot keep the rest waiting.
 * @param now milliseconds of a clock that is never set back
 */
export function createPace({ burst, perSecond }: PaceLimit, now: () => number): (userId: string) => Permit {
  const buckets = new Map<string, Bucket>();
  let roomFor = REMEMBERED;
  const leftAt = ({ left, at }: Bucket, time: number) =>
    Math.min(burst, left + ((time - at) / 1000) * perSecond);
  const forgetTheRested = (time: number) => {
    for (const [userId, bucket] of buckets) if (leftAt(bucket, time) >= burst) buckets.delete(userId);
    // Twice the busy ones, so that looking through them stays rare.
    roomFor = Math.max(REMEMBERED, 2 * buckets.size);
  };
  return (userId) => {
    const time = now();
    const known = buckets.get(userId);
    if (!known && buckets.size >= roomFor) forgetTheRested(time);
    const left = known ? leftAt(known, time) : burst;
    const allowed = left >= 1;
    buckets.set(userId, { left: allowed ? left - 1 : left, at: time, told: !allowed });
    if (allowed) return 'go';
    return known?.told === true ? 'ignore' : 'slow-down';
  };
}
