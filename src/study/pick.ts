import { addDays, type LocalDate } from './date.ts';

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
  /** The server's; chance differs from date to date all the same. */
  readonly seed: number | string;
}

const DAILY_REST = 180;
const PRACTICE_REST = 14 * 86_400_000;

/**
 * The id of a server's question for a date; null without candidates. None comes again within 180 days while another
 * is left; then the one longest ago. Topics take turns, the half that has waited longer first, and the level changes
 * from one daily to the next where it can.
 */
export function pickDaily({ candidates, history, date, seed }: DailyPick): string | null {
  const chance = `${seed}/${date}`;
  const rested = addDays(date, -DAILY_REST);
  const fresh = candidates.filter(({ id }) => (history.get(id) ?? '') < rested);
  if (fresh.length === 0) return longestAgo(candidates, history, chance);

  const waiting = new Set(longestWaiting(fresh, lastDates(candidates, history), chance));
  const pool = fresh.filter(({ topic }) => waiting.has(topic));

  const newest = latest(candidates.map(({ id }) => history.get(id) ?? ''));
  const lastLevels = new Set(
    candidates.filter(({ id }) => history.get(id) === newest).map(({ level }) => level),
  );
  const otherLevels = pool.filter(({ level }) => !lastLevels.has(level));
  return anyOf(otherLevels.length > 0 ? otherLevels : pool, chance);
}

/** When each topic last had its turn. */
function lastDates(
  candidates: readonly Candidate[],
  history: ReadonlyMap<string, LocalDate>,
): Map<string, LocalDate> {
  const last = new Map<string, LocalDate>();
  for (const { id, topic } of candidates) {
    last.set(topic, latest([last.get(topic) ?? '', history.get(id) ?? '']));
  }
  return last;
}

/** The half of the topics of `fresh` that has waited longer; among equals, any. */
function longestWaiting(
  fresh: readonly Candidate[],
  last: ReadonlyMap<string, LocalDate>,
  seed: string,
): string[] {
  const topics = [...new Set(fresh.map(({ topic }) => topic))].toSorted(
    (a, b) => compare(last.get(a) ?? '', last.get(b) ?? '') || hash(seed, a) - hash(seed, b),
  );
  return topics.slice(0, Math.ceil(topics.length / 2));
}

export interface PracticePick {
  /** Their order does not matter. */
  readonly candidates: readonly Candidate[];
  /** When each question was last put to the learner (ISO 8601, UTC). */
  readonly seen: ReadonlyMap<string, string>;
  /** Questions whose card is due. */
  readonly due: ReadonlySet<string>;
  readonly now: Date;
  readonly seed: number | string;
  readonly filter: {
    readonly topic?: string | undefined;
    readonly level?: number | undefined;
    readonly kind?: string | undefined;
  };
}

/**
 * The id of a question to practise; null when none fits the filter. One that is new or due; else one not seen for 14
 * days; else, everything being fresh, the one seen longest ago.
 */
export function pickPractice({ candidates, seen, due, now, seed, filter }: PracticePick): string | null {
  const fitting = candidates.filter(
    ({ topic, level, kind }) =>
      topic === (filter.topic ?? topic) &&
      level === (filter.level ?? level) &&
      kind === (filter.kind ?? kind),
  );
  const rested = new Date(now.getTime() - PRACTICE_REST).toISOString();
  return (
    anyOf(
      fitting.filter(({ id }) => !seen.has(id) || due.has(id)),
      seed,
    ) ??
    anyOf(
      fitting.filter(({ id }) => seen.get(id)! < rested),
      seed,
    ) ??
    longestAgo(fitting, seen, seed)
  );
}

/** The one with the earliest date or instant; among equals, any. */
function longestAgo(
  from: readonly Candidate[],
  last: ReadonlyMap<string, string>,
  seed: number | string,
): string | null {
  const earliest = from.map(({ id }) => last.get(id) ?? '').toSorted()[0];
  return anyOf(
    from.filter(({ id }) => (last.get(id) ?? '') === earliest),
    seed,
  );
}

/** Any one, each as likely, by the seed alone: the one whose hash with it is smallest. */
function anyOf(from: readonly Candidate[], seed: number | string): string | null {
  let chosen: string | null = null;
  let smallest = Infinity;
  for (const { id } of from) {
    const value = hash(seed, id);
    if (value < smallest) {
      chosen = id;
      smallest = value;
    }
  }
  return chosen;
}

/** The latest of some dates; '' for none. */
function latest(dates: readonly string[]): string {
  return dates.reduce((a, b) => (a > b ? a : b), '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** FNV-1a with the finishing mix of MurmurHash3: 32 bits, evenly spread. */
function hash(seed: number | string, text: string): number {
  let bits = 0x811c9dc5;
  for (const char of `${seed}/${text}`) bits = Math.imul(bits ^ char.codePointAt(0)!, 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
