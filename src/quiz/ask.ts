import { draw, instantiate, type Question, type Variant } from '../bank/index.ts';
import { localDate, pickPractice, type Candidate } from '../study/index.ts';
import { findAsk, findDailyAsk, insertAsk, lastAskedAt, updateAsk } from '../storage/ask.ts';
import { findAttemptByAsk, lastAttemptAt } from '../storage/attempt.ts';
import { cardsDue } from '../storage/card.ts';
import { findDaily, newestPostedDaily } from '../storage/daily.ts';
import { findLearner } from '../storage/learner.ts';
import type { AskRow, AttemptRow, DailyRow, Db, Mode } from '../storage/schema.ts';
import { hiddenQuestions } from '../storage/report.ts';
import { findServer } from '../storage/server.ts';
import type { Epoch } from './epoch.ts';
import { seedOf } from './seed.ts';
import { zoneFor } from './zone.ts';

/** A question as it was put to one learner. */
export interface Asked {
  readonly ask: AskRow;
  readonly question: Question;
  readonly variant: Variant;
}

export interface Filter {
  readonly topic?: string;
  readonly level?: number;
  readonly kind?: string;
}

export interface PracticeRequest {
  /** The interaction's id: it becomes the ask's, so that a repeated interaction asks once. */
  readonly id: string;
  readonly userId: string;
  readonly guildId: string | null;
  readonly filter: Filter;
}

export interface Practice {
  readonly asked: Asked;
  /** Everything that fits was seen lately, and nothing is due. */
  readonly seenLately: boolean;
}

const FRESH_FOR_MS = 14 * 24 * 60 * 60 * 1000;

/** Puts a question of the learner's choosing; undefined when none fits. The server's open daily is never given away. */
export async function askPractice(epoch: Epoch, request: PracticeRequest): Promise<Practice | undefined> {
  const { db, bank } = epoch;
  const now = epoch.now();
  const learner = await findLearner(db, request.userId);
  const server = request.guildId === null ? undefined : await findServer(db, request.guildId);
  const today = localDate(now, zoneFor(learner, server));
  const seen = await lastAskedAt(db, request.userId);
  const due = new Set((await cardsDue(db, request.userId, today)).map((card) => card.question_id));
  const reserved = await unansweredDaily(db, request.guildId, request.userId);
  const hidden = await hiddenQuestions(db, request.guildId);
  const candidates = [...bank.questions.values()]
    .filter(({ id }) => id !== reserved && !hidden.has(id))
    .map(candidate);
  const picked = pickPractice({ candidates, seen, due, now, seed: request.id, filter: request.filter });
  const question = picked === null ? undefined : bank.questions.get(picked);
  if (!question) return undefined;
  const asked = await put(db, question, {
    id: request.id,
    userId: request.userId,
    guildId: request.guildId,
    mode: 'quiz',
    localDate: null,
    seed: seedOf(request.id),
    now,
  });
  const lastSeen = seen.get(question.id);
  const seenLately =
    lastSeen !== undefined && !due.has(question.id) && now.getTime() - Date.parse(lastSeen) < FRESH_FOR_MS;
  return { asked, seenLately };
}

export const candidate = ({ id, topic, level, kind }: Question): Candidate => ({ id, topic, level, kind });

/** The server's open daily, until this learner has answered it: nothing else may give it away. */
export async function unansweredDaily(
  db: Db,
  guildId: string | null,
  userId: string,
): Promise<string | undefined> {
  if (guildId === null) return undefined;
  const daily = await newestPostedDaily(db, guildId);
  if (daily?.state !== 'posted') return undefined;
  const ask = await findDailyAsk(db, guildId, daily.local_date, userId);
  const answered = ask && (await findAttemptByAsk(db, ask.id));
  return answered ? undefined : daily.question_id;
}

export type DailyAsked =
  | { readonly status: 'gone' }
  | { readonly status: 'put'; readonly daily: DailyRow; readonly recalled: Recalled };

/** The learner's own variant of a server's daily: always the same one, answered or not. */
export async function askDaily(
  epoch: Epoch,
  request: {
    readonly id: string;
    readonly userId: string;
    readonly guildId: string;
    readonly localDate: string;
  },
): Promise<DailyAsked> {
  const { db, bank } = epoch;
  const { guildId, localDate: date, userId } = request;
  const daily = await findDaily(db, guildId, date);
  const question = daily?.posted_at == null ? undefined : bank.questions.get(daily.question_id);
  if (!daily || !question) return { status: 'gone' };
  const known = await findDailyAsk(db, guildId, date, userId);
  const ask =
    known ??
    (
      await put(db, question, {
        id: request.id,
        userId,
        guildId,
        mode: 'daily',
        localDate: date,
        seed: seedOf(`${guildId} ${date} ${userId}`),
        now: epoch.now(),
      })
    ).ask;
  return { status: 'put', daily, recalled: await recall(epoch, ask.id, userId) };
}

interface Put {
  readonly id: string;
  readonly userId: string;
  readonly guildId: string | null;
  readonly mode: Mode;
  readonly localDate: string | null;
  readonly seed: number;
  readonly now: Date;
}

/** Draws a question for a learner and remembers that it was put. */
export async function put(db: Db, question: Question, to: Put): Promise<Asked> {
  const variant = draw(question, to.seed);
  const ask: AskRow = {
    id: to.id,
    user_id: to.userId,
    guild_id: to.guildId,
    mode: to.mode,
    local_date: to.localDate,
    question_id: question.id,
    question_version: question.version,
    seed: to.seed,
    params: JSON.stringify(variant.params),
    hinted: 0,
    draft: null,
    confidence: null,
    asked_at: to.now.toISOString(),
  };
  await insertAsk(db, ask);
  return { ask, question, variant };
}

export type Recalled =
  | { readonly status: 'gone' }
  | { readonly status: 'not-yours' }
  | { readonly status: 'open'; readonly asked: Asked }
  /** The question was revised since: it is put anew, with numbers drawn from the new version. */
  | { readonly status: 'changed'; readonly asked: Asked }
  | { readonly status: 'answered'; readonly asked: Asked; readonly attempt: AttemptRow };

/** What became of an ask that a button names. */
export async function recall(epoch: Epoch, askId: string, userId: string): Promise<Recalled> {
  return recallOn(epoch.db, epoch, askId, userId);
}

/** {@link recall} inside a transaction. */
export async function recallOn(db: Db, { bank }: Epoch, askId: string, userId: string): Promise<Recalled> {
  const ask = await findAsk(db, askId);
  if (!ask) return { status: 'gone' };
  if (ask.user_id !== userId) return { status: 'not-yours' };
  const question = bank.questions.get(ask.question_id);
  if (!question) return { status: 'gone' };
  const attempt = await findAttemptByAsk(db, askId);
  if (ask.question_version === question.version) {
    const asked = {
      ask,
      question,
      variant: instantiate(question, JSON.parse(ask.params) as Variant['params'], ask.seed),
    };
    return attempt ? { status: 'answered', asked, attempt } : { status: 'open', asked };
  }
  const variant = draw(question, ask.seed);
  const revised = { question_version: question.version, params: JSON.stringify(variant.params) };
  const asked = { ask: { ...ask, ...revised }, question, variant };
  if (attempt) return { status: 'answered', asked, attempt };
  await updateAsk(db, ask.id, revised);
  return { status: 'changed', asked };
}

/** The learner's last answer to a question of the bank; undefined when they have not answered it. */
export async function recallQuestion(
  epoch: Epoch,
  questionId: string,
  userId: string,
): Promise<Recalled | undefined> {
  const last = await lastAttemptAt(epoch.db, userId, questionId);
  return last && recall(epoch, last.ask_id, userId);
}

/** Shows the hint from now on, and remembers that it was taken. */
export async function takeHint(epoch: Epoch, askId: string, userId: string): Promise<Recalled> {
  const recalled = await recall(epoch, askId, userId);
  if (recalled.status !== 'open' && recalled.status !== 'changed') return recalled;
  await updateAsk(epoch.db, askId, { hinted: 1 });
  const { asked } = recalled;
  return { ...recalled, asked: { ...asked, ask: { ...asked.ask, hinted: 1 } } };
}
