import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadBank, type Bank } from '../../src/bank/index.ts';
import { followClock, type Clock } from '../../src/clock.ts';
import { setUpDemo } from '../../src/demo.ts';
import { startBot, type Bot } from '../../src/discord/bot.ts';
import type { PaceLimit } from '../../src/discord/pace.ts';
import { noMetrics, type Metrics } from '../../src/metrics.ts';
import type { Epoch } from '../../src/quiz/epoch.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { openStorage } from '../../src/storage/open.ts';
import { createDriver, type Driver } from '../sandbox/driver.ts';

const root = resolve(import.meta.dirname, '../..');

export interface World {
  readonly sandbox: Sandbox;
  readonly driver: Driver;
  readonly epoch: Epoch;
  readonly bot: Bot;
  /** What the bot logged as warnings and errors. */
  readonly complaints: { message: string; details: object }[];
  /** Moves the clock and lets the bot do what has become due. */
  pass(ms: number): Promise<void>;
  /** Stops the bot and starts another on the same database; the sandbox goes on. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const HOUR = 60 * 60 * 1000;

/** Noon in Shanghai: what is asked on a date does not depend on the day of the test. */
const NOON = '2026-11-24T04:00:00Z';

interface Options {
  readonly bank?: Bank;
  readonly start?: string;
  readonly metrics?: Metrics;
  /** Tests press faster than people, unless they are about that. */
  readonly pace?: PaceLimit;
}

/** The whole of Epoch against a sandbox of its own: the real client, the real bank, a database in a temporary folder. */
export async function startWorld(options: Options = {}): Promise<World> {
  const complaints: World['complaints'] = [];
  const folder = mkdtempSync(join(tmpdir(), 'epoch-world-'));
  const shift = Date.parse(options.start ?? NOON) - Date.now();
  const sandbox = await startSandbox({ port: 0, now: () => Date.now() + shift });
  const clock = await followClock(sandbox.clockUrl);
  const bank = options.bank ?? (await loadBank(resolve(root, 'questions'))).bank;
  const driver = createDriver(sandbox.url);
  let running = await run(sandbox, clock, bank, folder, complaints, options);
  await setUpDemo(running.epoch, running.bot.app.client);
  await running.bot.tick();
  return {
    sandbox,
    driver,
    complaints,
    get epoch() {
      return running.epoch;
    },
    get bot() {
      return running.bot;
    },
    async pass(ms) {
      const jumped = new Promise<void>((resume) => {
        clock.onJump(resume);
      });
      await driver.advanceClock(ms);
      await jumped;
      await running.bot.tick();
    },
    async restart() {
      await running.stop();
      running = await run(sandbox, clock, bank, folder, complaints, options);
      await running.bot.tick();
    },
    async close() {
      await running.stop();
      clock.close();
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function run(
  sandbox: Sandbox,
  clock: Clock,
  bank: Bank,
  folder: string,
  complaints: World['complaints'],
  { metrics = noMetrics, pace = { burst: 10_000, perSecond: 10_000 } }: Options,
) {
  const note = (details: object, message: string) => void complaints.push({ message, details });
  const storage = openStorage(join(folder, 'epoch.db'), resolve(root, 'migrations'), clock.now());
  const epoch: Epoch = { db: storage.db, bank, now: clock.now };
  const bot = await startBot({
    token: sandbox.token,
    apiUrl: sandbox.api,
    epoch,
    defaultLocale: 'zh-CN',
    log: { debug: () => {}, info: () => {}, warn: note, error: note },
    metrics,
    pace,
  });
  const stop = async () => {
    await bot.stop();
    await storage.close();
  };
  return { epoch, bot, stop };
}
