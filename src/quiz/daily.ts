import { setImmediate as nextTurn } from 'node:timers/promises';
import { draw, type Question, type Variant } from '../bank/index.ts';
import type { Note } from '../grading/index.ts';
import { closesAt, nextDue, pickDaily, settle } from '../study/index.ts';
import { attemptsAtDaily, countAttemptsAtDaily } from '../storage/attempt.ts';
import {
  dailiesInDoubt,
  dailiesToClose,
  dailiesToSend,
  findDaily,
  insertDaily,
  lastPickedOn,
  newestPostedDaily,
  openDailiesBefore,
  postedDates,
  updateDaily,
} from '../storage/daily.ts';
import type { AttemptRow, DailyRow, Db, ServerRow } from '../storage/schema.ts';
import { hiddenQuestions } from '../storage/report.ts';
import { findServer, serversDue, updateServer } from '../storage/server.ts';
import { namesOfStreaks, streaksBefore } from '../storage/streak.ts';
import { candidate } from './ask.ts';
import type { Epoch } from './epoch.ts';
import { seedOf } from './seed.ts';
import { recordChange, streakOf } from './streaks.ts';

/** When a server's next daily is due; null while it has no time, no channel, or is paused. */
export function nextDailyAt(server: ServerRow, now: Date): string | null {
  if (server.daily_time === null || server.channel_id === null || server.paused_at !== null) return null;
  const schedule = { time: server.daily_time, zone: server.zone, lastDate: server.last_date };
  return nextDue(schedule, now).at.toISOString();
}

/** Servers whose next daily is due, the longest waiting first. */
export const dueServers = ({ db, now }: Epoch): Promise<ServerRow[]> => serversDue(db, now().toISOString());

/** Enters a server's due daily into the ledger, for it to be posted; undefined when there is none after all. */
export function openDaily(epoch: Epoch, server: ServerRow): Promise<DailyPost | undefined> {
  return epoch.db.transaction().execute((db) => openOn(db, epoch, server));
}

async function openOn(db: Db, epoch: Epoch, server: ServerRow): Promise<DailyPost | undefined> {
  const now = epoch.now();
  const { guild_id, daily_time, channel_id, zone } = server;
  if (daily_time === null || channel_id === null) return undefined;
  const due = nextDue({ time: daily_time, zone, lastDate: server.last_date }, now);
  const question = due.at <= now ? await pickQuestion(db, epoch, server, due.localDate) : undefined;
  if (!question) {
    await updateServer(db, guild_id, { next_at: due.at <= now ? null : due.at.toISOString() });
    return undefined;
  }
  for (const older of await openDailiesBefore(db, guild_id, due.localDate)) await makeWay(db, older, now);
  const daily: DailyRow = {
    guild_id,
    local_date: due.localDate,
    state: 'due',
    question_id: question.id,
    question_version: question.version,
    nonce: nonceOf(guild_id, due.localDate),
    due_at: due.at.toISOString(),
    channel_id,
    message_id: null,
    posted_at: null,
    closes_at: null,
    closed_at: null,
    tries: 0,
    retry_at: null,
    last_error: null,
  };
  await insertDaily(db, daily);
  const next = { ...server, last_date: due.localDate };
  await updateServer(db, guild_id, { last_date: due.localDate, next_at: nextDailyAt(next, now) });
  return { daily, server: next, question };
}

/** A newer daily closes an open one at once; one that never went out is given up, so that nothing floods. */
async function makeWay(db: Db, older: DailyRow, now: Date): Promise<void> {
  const at = now.toISOString();
  const change =
    older.state === 'posted'
      ? { closes_at: older.closes_at !== null && older.closes_at < at ? older.closes_at : at, retry_at: null }
      : ({ state: 'closed', closed_at: at } as const);
  await updateDaily(db, older.guild_id, older.local_date, change);
}

async function pickQuestion(
  db: Db,
  { bank }: Epoch,
  server: ServerRow,
  date: string,
): Promise<Question | undefined> {
  const topics = JSON.parse(server.topics) as string[];
  const levels = JSON.parse(server.levels) as number[];
  const hidden = await hiddenQuestions(db, server.guild_id);
  const all = [...bank.questions.values()].filter(({ id }) => !hidden.has(id));
  const wanted = all.filter(
    (question) =>
      (topics.length === 0 || topics.includes(question.topic)) &&
      (levels.length === 0 || levels.includes(question.level)),
  );
  const picked = pickDaily({
    candidates: (wanted.length > 0 ? wanted : all).map(candidate),
    history: await lastPickedOn(db, server.guild_id),
    date,
    seed: server.guild_id,
  });
  return picked === null ? undefined : bank.questions.get(picked);
}

/** At most 25 characters, which is what Discord takes; the same for the same daily. */
const nonceOf = (guildId: string, localDate: string) =>
  `${BigInt(guildId).toString(36)}-${localDate.replaceAll('-', '')}`;

export interface DailyPost {
  readonly daily: DailyRow;
  readonly server: ServerRow;
  readonly question: Question;
}

/** Dailies to post now. */
export const dailiesToPost = (epoch: Epoch): Promise<DailyPost[]> =>
  withTheirServers(epoch, dailiesToSend(epoch.db, epoch.now().toISOString()));

/** Dailies that may have been posted already: look for their message before sending again. */
export const dailiesToSettle = (epoch: Epoch): Promise<DailyPost[]> =>
  withTheirServers(epoch, dailiesInDoubt(epoch.db, epoch.now().toISOString()));

/** Dailies whose time is over: show their reveal, then {@link closeDaily}. */
export const dailiesToReveal = (epoch: Epoch): Promise<DailyPost[]> =>
  withTheirServers(epoch, dailiesToClose(epoch.db, epoch.now().toISOString()));

async function withTheirServers({ db, bank }: Epoch, rows: Promise<DailyRow[]>): Promise<DailyPost[]> {
  const posts: DailyPost[] = [];
  for (const daily of await rows) {
    const server = await findServer(db, daily.guild_id);
    const question = bank.questions.get(daily.question_id);
    if (server && question) posts.push({ daily, server, question });
  }
  return posts;
}

/** Before the message goes out: from here until it is confirmed, it is in doubt. */
export async function startSending({ db }: Epoch, { daily }: DailyPost): Promise<void> {
  await updateDaily(db, daily.guild_id, daily.local_date, { state: 'sending' });
}

export async function confirmPosted(
  { db }: Epoch,
  { daily, server }: DailyPost,
  messageId: string,
  at: Date,
): Promise<void> {
  const closes = closesAt(
    { localDate: daily.local_date, time: server.daily_time ?? '00:00', zone: server.zone },
    at,
  );
  await updateDaily(db, daily.guild_id, daily.local_date, {
    state: 'posted',
    message_id: messageId,
    posted_at: at.toISOString(),
    closes_at: closes.toISOString(),
    tries: 0,
    retry_at: null,
    last_error: null,
  });
}

const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 60 * 60_000;

/**
 * Notes a failure and when to try again: after 1, 2, 4 … up to 60 minutes. `inDoubt` says that the message may have
 * gone out all the same. Returns how often it has failed.
 */
export async function noteFailure(
  { db, now }: Epoch,
  { daily }: DailyPost,
  { reason, inDoubt }: { readonly reason: string; readonly inDoubt: boolean },
): Promise<number> {
  const tries = daily.tries + 1;
  const wait = Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), LAST_RETRY_MS);
  await updateDaily(db, daily.guild_id, daily.local_date, {
    ...(daily.state === 'posted' ? {} : { state: inDoubt ? 'sending' : 'due' }),
    tries,
    retry_at: new Date(now().getTime() + wait).toISOString(),
    last_error: reason,
  });
  return tries;
}

/** Streaks accounted for in one turn of the event loop: a server of thousands does not keep the others waiting. */
const STREAKS_A_TURN = 50;

/** Closes a daily and accounts for it in the streaks of those who missed it. */
export function closeDaily(epoch: Epoch, { daily }: DailyPost): Promise<void> {
  const at = epoch.now().toISOString();
  return epoch.db.transaction().execute(async (db) => {
    await updateDaily(db, daily.guild_id, daily.local_date, { state: 'closed', closed_at: at });
    const streaks = await streaksBefore(db, daily.guild_id, daily.local_date);
    for (const [index, row] of streaks.entries()) {
      if (index % STREAKS_A_TURN === 0) await nextTurn();
      const closed = await postedDates(db, daily.guild_id, row.last_date, daily.local_date);
      const owner = { guildId: row.guild_id, userId: row.user_id };
      await recordChange(db, owner, settle(streakOf(row), closed), at);
    }
  });
}

export interface Reveal {
  readonly answered: number;
  readonly outcomes: Readonly<Record<AttemptRow['outcome'], number>>;
  /** How often each option was chosen, in the order of the question's file; empty unless it has options. */
  readonly options: readonly number[];
  /** Mistakes by how often they were made. */
  readonly mistakes: readonly { readonly id: string; readonly count: number }[];
  /** The longest running streaks among those who answered. */
  readonly streaks: readonly { readonly name: string; readonly days: number }[];
  /** One example set of numbers for the explanation. */
  readonly variant: Variant;
}

export async function reveal({ db }: Epoch, { daily, question }: DailyPost): Promise<Reveal> {
  const attempts = await attemptsAtDaily(db, daily.guild_id, daily.local_date);
  const variant = draw(question, seedOf(daily.nonce));
  return {
    answered: attempts.length,
    outcomes: {
      correct: attempts.filter(({ outcome }) => outcome === 'correct').length,
      partial: attempts.filter(({ outcome }) => outcome === 'partial').length,
      wrong: attempts.filter(({ outcome }) => outcome === 'wrong').length,
    },
    options: variant.options.map((_, index) => attempts.filter((attempt) => chose(attempt, index)).length),
    mistakes: tally(attempts.flatMap(mistakesOf)),
    streaks: await namesOfStreaks(db, daily.guild_id, daily.local_date, 5),
    variant,
  };
}

function chose({ submission }: AttemptRow, option: number): boolean {
  const chosen = JSON.parse(submission) as unknown;
  return Array.isArray(chosen) ? chosen.includes(option) : chosen === option;
}

const mistakesOf = ({ notes }: AttemptRow): string[] =>
  (JSON.parse(notes) as Note[]).flatMap((note) => (note.code === 'mistake' ? [note.id] : []));

function tally(ids: readonly string[]): { id: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, count })).toSorted((a, b) => b.count - a.count);
}

export const answeredSoFar = ({ db }: Epoch, guildId: string, localDate: string): Promise<number> =>
  countAttemptsAtDaily(db, guildId, localDate);

/** A server's newest daily that was posted, if any. */
export async function newestDaily(epoch: Epoch, guildId: string): Promise<DailyRow | undefined> {
  return newestPostedDaily(epoch.db, guildId);
}

export async function postOf(
  epoch: Epoch,
  guildId: string,
  localDate: string,
): Promise<DailyPost | undefined> {
  const daily = await findDaily(epoch.db, guildId, localDate);
  const [post] = daily ? await withTheirServers(epoch, Promise.resolve([daily])) : [];
  return post;
}
