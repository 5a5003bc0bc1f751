import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { createDriver, type Actor, type Driver } from '../../sandbox/driver.ts';
import { root, startProcess, type Ended, type Run, type Way } from '../process.ts';
import { takeTurn } from './learner.ts';
import { randomOf, type Random } from './random.ts';
import { watchScreen, type Screen } from './screen.ts';

const TOPICS = ['softmax-function', 'batchnorm-train-vs-inference'];

/** Ten minutes before noon in Shanghai, where every server's daily is due at noon. */
const START = '2026-11-24T03:50:00Z';
const NOON = 'T04:00:00Z';
const DAY_MS = 24 * 60 * 60 * 1000;

const LOOK_AGAIN_MS = 50;

export interface Server {
  readonly id: string;
  readonly channelId: string;
}

export interface Load {
  /** Holds the questions and, in `data/`, the database. */
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly driver: Driver;
  readonly screen: Screen;
  readonly random: Random;
  readonly servers: readonly Server[];
  /** The local dates of the dailies that have come due so far. */
  readonly dates: readonly string[];
  /** Starts the bot; learners go on as soon as it serves. */
  start(env?: Readonly<Record<string, string>>, way?: Way): Run;
  /** Sets up every server's daily, through /settings. */
  setUp(): Promise<void>;
  /** Has the learners answer until what is returned is called; that resolves when the last has stopped. */
  learn(): () => Promise<void>;
  /** Moves the clock to the next noon, when a daily is due everywhere and yesterday's closes. */
  nextNoon(): Promise<void>;
  /** Resolves when every server has its post of every date; what failed is tried again meanwhile. */
  posted(): Promise<void>;
  close(): Promise<void>;
}

/** A sandbox with servers and learners of our own, and the bot as a process on it. */
export async function startLoad(options: {
  readonly servers: number;
  readonly learners: number;
  readonly seed: number;
}): Promise<Load> {
  const random = randomOf(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'epoch-load-'));
  const database = join(folder, 'data/epoch.db');
  copyQuestions(join(folder, 'questions'));
  const shift = Date.parse(START) - Date.now();
  const sandbox = await startSandbox({
    port: 0,
    now: () => Date.now() + shift,
    random: randomOf(options.seed),
  });
  const driver = createDriver(sandbox.url);
  const screen = await watchScreen(sandbox.url);
  const guilds = await driver.addGuilds({
    name: '学习社',
    locale: 'zh-CN',
    channels: [{ name: '每日一题' }, { name: '闲聊' }],
    count: options.servers,
  });
  const learners: Actor[] = [];
  for (let index = 0; index < options.learners; index += 1) {
    const guild = guilds[index % guilds.length]!;
    const { userId } = await driver.addMember(guild.id, { name: `学员${index}`, locale: 'zh-CN' });
    learners.push(await driver.as(userId, guild.channels[1]!.id));
  }
  const servers = guilds.map(({ id, channels }) => ({ id, channelId: channels[0]!.id }));
  const dates: string[] = [];
  const allPosted = () => servers.every(({ id }) => dates.every((date) => screen.posts.has(`${id}:${date}`)));
  const serving = servingRuns();
  const running = new Set<Run>();

  return {
    folder,
    sandbox,
    driver,
    screen,
    random,
    servers,
    dates,
    start(env, way) {
      const run = startProcess(
        folder,
        {
          DISCORD_TOKEN: sandbox.token,
          DISCORD_API_URL: sandbox.api,
          EPOCH_CLOCK_URL: sandbox.clockUrl,
          DATABASE_URL: `file:${database}`,
          QUESTIONS_DIR: join(folder, 'questions'),
          ...env,
        },
        way,
      );
      running.add(run);
      serving.add(run);
      return run;
    },
    async setUp() {
      for (const { ownerId, channels } of guilds) {
        const owner = await driver.as(ownerId, channels[1]!.id);
        await owner.slash('settings daily', {
          channel: channels[0]!.id,
          time: '12:00',
          zone: 'Asia/Shanghai',
        });
      }
    },
    learn() {
      const stop = Promise.withResolvers<undefined>();
      const learning = learners.map(async (learner, index) => {
        const own = randomOf(options.seed + index + 1);
        for (;;) {
          const run = await Promise.race([stop.promise, serving.next()]);
          if (!run) return;
          await takeTurn(learner, own, run);
        }
      });
      return async () => {
        stop.resolve(undefined);
        await Promise.all(learning);
      };
    },
    async nextNoon() {
      const now = (await driver.state()).clock.now;
      const today = now.slice(0, 10);
      const date = Date.parse(now) < Date.parse(`${today}${NOON}`) ? today : dayAfter(today);
      dates.push(date);
      await driver.setClock(`${date}${NOON}`);
    },
    async posted() {
      for (;;) {
        const { now } = (await driver.state()).clock;
        const ledger = readLedger(database, now);
        if (ledger.posted === servers.length * dates.length) break;
        // With a request under way nothing is skipped: Discord knows a repeated post for a few minutes only.
        if (ledger.underWay === 0 && isAhead(ledger.nextTry, now)) await driver.setClock(ledger.nextTry);
        await wait(LOOK_AGAIN_MS);
      }
      await screen.until(allPosted);
    },
    async close() {
      for (const { child } of running) child.kill('SIGKILL');
      screen.close();
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Far enough for the clock not to get there by itself meanwhile. */
const isAhead = (instant: string | null, now: string): instant is string =>
  instant !== null && Date.parse(instant) > Date.parse(now) + 1000;

interface Ledger {
  readonly posted: number;
  /** To be posted now. */
  readonly underWay: number;
  /** When the first of those that failed is tried again; null when there is none. */
  readonly nextTry: string | null;
}

/** The dailies as the bot has entered them, read beside it. */
function readLedger(path: string, now: string): Ledger {
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare<{ now: string }, Ledger>(
        `SELECT count(*) FILTER (WHERE posted_at IS NOT NULL) AS posted,
                count(*) FILTER (WHERE posted_at IS NULL AND coalesce(retry_at, '') <= @now) AS underWay,
                min(retry_at) FILTER (WHERE posted_at IS NULL) AS nextTry
         FROM daily`,
      )
      .get({ now })!;
  } finally {
    database.close();
  }
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** Only questions that are answered with one press or one number. */
function copyQuestions(to: string): void {
  for (const topic of TOPICS) {
    const from = join(root, 'questions', topic);
    mkdirSync(join(to, topic), { recursive: true });
    for (const file of readdirSync(from)) {
      const wanted =
        file === 'topic.yaml' || /^kind: (choice|numeric)$/m.test(readFileSync(join(from, file), 'utf8'));
      if (wanted) cpSync(join(from, file), join(to, topic, file));
    }
  }
}

/** Hands out the process that serves now, or the next one that will. */
function servingRuns() {
  let next = Promise.withResolvers<Run>();
  return {
    next: () => next.promise,
    add(run: Run) {
      let served = false;
      const follow = async () => {
        await run.ready;
        served = true;
        next.resolve(run);
      };
      // One that ends before it is ready serves nobody: whoever waits goes on waiting for the one after it.
      follow().catch(() => {});
      void run.ended.then(() => {
        if (served) next = Promise.withResolvers();
        return undefined;
      });
    },
  };
}

/** Ends it as an operator does, and resolves when it is gone. */
export function stop(run: Run): Promise<Ended> {
  run.child.kill('SIGTERM');
  return run.ended;
}
