import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recountBoards } from '../../src/quiz/boards.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { InteractionState } from '../../src/sandbox/operator-api.ts';
import { openStorage } from '../../src/storage/open.ts';
import { buttonsOf, createDriver, textOf, type Actor, type Driver } from '../sandbox/driver.ts';

const root = resolve(import.meta.dirname, '../..');
const KILLS = Number(process.env['KILLS'] ?? 10);
const SEED = Number(process.env['SEED'] ?? 1);
const LEARNERS = 50;
const GUILD = '炼丹学习社';

let folder = '';
let sandbox: Sandbox;
let driver: Driver;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'epoch-torture-'));
  cpSync(resolve(root, 'questions/softmax-function'), join(folder, 'questions/softmax-function'), {
    recursive: true,
  });
  sandbox = await startSandbox({ port: 0 });
  driver = createDriver(sandbox.url);
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Lehmer's generator: the same seed kills at the same instants. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Epoch as a process of its own against the sandbox; resolves when it is ready. */
async function startEpoch(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [resolve(root, 'src/start.js')], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: sandbox.token,
      DISCORD_API_URL: sandbox.api,
      DATABASE_URL: `file:${join(folder, 'epoch.db')}`,
      QUESTIONS_DIR: join(folder, 'questions'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  await new Promise<void>((ready, ended) => {
    createInterface({ input: child.stdout }).once('line', () => ready());
    child.once('close', () => ended(new Error(`it ended before it was ready: ${err}`)));
  });
  return child;
}

interface Acknowledged {
  readonly askId: string;
  readonly points: number;
}

/** Practises until told to stop, and remembers every verdict that reached the screen. */
async function practise(actor: Actor, stopped: () => boolean, acknowledged: Acknowledged[]): Promise<void> {
  while (!stopped()) {
    const question = (await attempt(() => actor.slash('quiz', { kind: 'choice' })))?.message;
    const options = question
      ? buttonsOf(question).filter(({ custom_id: id }) => id?.startsWith('pick:'))
      : [];
    if (!question || options.length === 0) continue;
    const [, askId = ''] = options[0]!.custom_id!.split(':');
    const verdict = (await attempt(() => actor.press(question, options[0]!.custom_id!)))?.message;
    const shown = verdict ? textOf(verdict) : '';
    if (!shown.includes('讲解')) continue;
    acknowledged.push({ askId, points: Number(/\+(\d+) 分/.exec(shown)?.[1] ?? 0) });
  }
}

/** While the bot is away, interactions fail as they do on Discord: the learner tries something else. */
async function attempt(act: () => Promise<InteractionState>): Promise<InteractionState | undefined> {
  try {
    const state = await act();
    return state.status === 'replied' ? state : undefined;
  } catch {
    return undefined;
  }
}

describe('killed at any instant', () => {
  test(
    `while ${LEARNERS} learners answer, it loses no acknowledged answer and doubles none`,
    { timeout: 60_000 + KILLS * 15_000 },
    async () => {
      const random = randomOf(SEED);
      const guild = await driver.guild(GUILD);
      const channel = guild.channels.find(({ name }) => name === '闲聊')!;
      const actors: Actor[] = [];
      for (let index = 0; index < LEARNERS; index += 1) {
        const { userId } = await driver.addMember(guild.id, { name: `学员${index}`, locale: 'zh-CN' });
        actors.push(await driver.as(userId, channel.id));
      }
      const acknowledged: Acknowledged[] = [];
      let stopping = false;
      let child = await startEpoch();
      const practising = actors.map((actor) => practise(actor, () => stopping, acknowledged));
      for (let kills = 0; kills < KILLS; kills += 1) {
        const wanted = acknowledged.length + 1 + Math.floor(random() * 60);
        while (acknowledged.length < wanted) await new Promise(setImmediate);
        child.kill('SIGKILL');
        await once(child, 'exit');
        child = await startEpoch();
      }
      stopping = true;
      await Promise.all(practising);
      child.kill('SIGTERM');
      await once(child, 'exit');

      const storage = openStorage(join(folder, 'epoch.db'), resolve(root, 'migrations'), new Date());
      const { db } = storage;
      const attempts = await db.selectFrom('attempt').select(['ask_id', 'points', 'user_id']).execute();
      const stored = new Map(attempts.map((row) => [row.ask_id, row.points]));
      expect(stored.size).toBe(attempts.length);
      expect(acknowledged.filter(({ askId, points }) => stored.get(askId) !== points)).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(KILLS);

      const reviews = await db.selectFrom('review_log').select('attempt_id').execute();
      expect(reviews).toHaveLength(attempts.length);
      const scores = () =>
        db.selectFrom('score').selectAll().orderBy('user_id').orderBy('board').orderBy('period').execute();
      const before = await scores();
      for (const userId of new Set(attempts.map((row) => row.user_id))) await recountBoards(db, userId);
      expect(await scores()).toEqual(before);
      await storage.close();
    },
  );
});
