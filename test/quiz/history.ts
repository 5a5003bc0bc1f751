import { callEasy } from '../../src/quiz/after.ts';
import { answer } from '../../src/quiz/answer.ts';
import { askDaily, askPractice, takeHint, type Asked } from '../../src/quiz/ask.ts';
import {
  closeDaily,
  confirmPosted,
  dailiesToPost,
  dailiesToReveal,
  dueServers,
  openDaily,
  startSending,
} from '../../src/quiz/daily.ts';
import { changeOwnSettings } from '../../src/quiz/me.ts';
import { regrade } from '../../src/quiz/regrade.ts';
import { askReview } from '../../src/quiz/review.ts';
import { configure } from '../../src/quiz/settings.ts';
import type { AttemptRow } from '../../src/storage/schema.ts';
import { GUILD, testEpoch, withLearner, withServer, type TestEpoch } from './world.ts';

const HOUR = 60 * 60 * 1000;

export interface World {
  readonly epoch: TestEpoch;
  /** Ids of interactions; no two are the same. */
  readonly nextId: () => string;
}

export async function start(): Promise<World> {
  const epoch = await testEpoch();
  await withServer(epoch);
  let id = 0;
  return { epoch, nextId: () => String((id += 1)) };
}

export const pass = ({ epoch }: World, hours: number) => {
  epoch.time = new Date(epoch.time.getTime() + hours * HOUR);
};

/** One tick of the ledger. Where `reveals` is false, Discord takes posts but no edits, so that nothing closes. */
export async function tick({ epoch }: World, reveals = true): Promise<void> {
  for (const server of await dueServers(epoch)) await openDaily(epoch, server);
  for (const post of await dailiesToPost(epoch)) {
    await startSending(epoch, post);
    await confirmPosted(epoch, post, `message ${post.daily.local_date}`, epoch.now());
  }
  if (reveals) for (const post of await dailiesToReveal(epoch)) await closeDaily(epoch, post);
}

export type Quality = 'right' | 'partly' | 'wrong';

function submissionFor({ variant: { spec } }: Asked, quality: Quality) {
  switch (spec.kind) {
    case 'choice':
      return quality === 'right' ? spec.correct : 1;
    case 'multi':
      return quality === 'right' ? spec.correct : quality === 'partly' ? [spec.correct[0]!] : [2];
    case 'order':
      return quality === 'right' ? spec.correct : [spec.correct[1]!, spec.correct[0]!, spec.correct[2]!];
    case 'vector':
      return spec.value
        .map((value, index) => (quality === 'right' || (quality === 'partly' && index < 2) ? value : 99))
        .join(', ');
    case 'numeric':
      return quality === 'right' ? String(spec.value) : '99';
    default:
      return quality === 'right' ? 'overflow 约掉' : quality === 'partly' ? 'overflow' : 'no idea';
  }
}

async function submit(world: World, userId: string, asked: Asked, quality: Quality): Promise<AttemptRow> {
  const request = { id: world.nextId(), askId: asked.ask.id, userId };
  const result = await answer(world.epoch, { ...request, submission: submissionFor(asked, quality) });
  if (result.status !== 'graded') throw new Error(`not graded but ${result.status}`);
  return result.attempt;
}

interface Practice {
  readonly quality?: Quality;
  readonly kind?: string;
  readonly hinted?: boolean;
  readonly guildId?: string | null;
}

export async function practise(world: World, userId: string, options: Practice = {}): Promise<AttemptRow> {
  const { quality = 'right', kind, hinted = false, guildId = GUILD } = options;
  await withLearner(world.epoch, userId);
  const filter = kind === undefined ? {} : { kind };
  const practice = await askPractice(world.epoch, { id: world.nextId(), userId, guildId, filter });
  if (hinted) await takeHint(world.epoch, practice!.asked.ask.id, userId);
  return submit(world, userId, practice!.asked, quality);
}

/** Answers the newest daily, in time or late; undefined when there is none, or it has been answered. */
export async function answerDaily(world: World, userId: string, quality: Quality = 'right', back = 0) {
  await withLearner(world.epoch, userId);
  const dailies = await world.epoch.db
    .selectFrom('daily')
    .select('local_date')
    .orderBy('local_date', 'desc')
    .execute();
  const localDate = dailies[back]?.local_date;
  if (localDate === undefined) return undefined;
  const put = await askDaily(world.epoch, { id: world.nextId(), userId, guildId: GUILD, localDate });
  if (put.status !== 'put' || put.recalled.status !== 'open') return undefined;
  return submit(world, userId, put.recalled.asked, quality);
}

export async function review(world: World, userId: string, quality: Quality): Promise<void> {
  await withLearner(world.epoch, userId);
  const { asked } = await askReview(world.epoch, { id: world.nextId(), userId, guildId: GUILD, mode: 'due' });
  if (asked) await submit(world, userId, asked, quality);
}

/** The choice question with its key moved to another option. */
export async function correctKey({ epoch }: World): Promise<void> {
  const question = epoch.bank.questions.get('softmax/shift')!;
  const { content } = question;
  if (content.kind !== 'choice') throw new Error('not a choice');
  const options = content.options.map(({ text, says }, index) =>
    index === 1 ? { text, correct: true as const } : { text, says: says ?? text },
  );
  await regrade(epoch, { ...question, version: 'corrected', content: { ...content, options } });
}

/** Four weeks of two learners, with something of everything. */
export async function history(): Promise<World> {
  const world = await start();
  for (let day = 0; day < 28; day += 1) {
    await tick(world);
    await answerDaily(world, '1', day % 3 === 0 ? 'partly' : 'right');
    // Seven in a row, a freeze, a break, and a fresh start.
    if (day < 7 || (day > 7 && day < 12) || day > 14) await answerDaily(world, '2', 'wrong');
    const attempt = await practise(world, '1', {
      quality: day % 2 === 0 ? 'right' : 'partly',
      hinted: day % 5 === 0,
    });
    if (day % 4 === 0) await callEasy(world.epoch, attempt);
    await review(world, '2', 'right');
    if (day === 10)
      await changeOwnSettings(world.epoch, '1', { globalOptIn: true, zone: 'America/New_York' });
    if (day === 12) await answerDaily(world, '3', 'right', 2);
    if (day === 15) await configure(world.epoch, GUILD, { season: '2026-12-09' }, null);
    pass(world, 24);
  }
  return world;
}
