import { resolve } from 'node:path';
import { loadBank, type Bank } from '../../src/bank/index.ts';
import { followClock } from '../../src/clock.ts';
import { setUpDemo } from '../../src/demo.ts';
import { startBot, type Bot } from '../../src/discord/bot.ts';
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
  close(): Promise<void>;
}

export const HOUR = 60 * 60 * 1000;

/** Noon in Shanghai: what is asked on a date does not depend on the day of the test. */
const NOON = '2026-11-24T04:00:00Z';

/** The whole of Epoch against a sandbox of its own: the real client, the real bank, a database in memory. */
export async function startWorld(options: { bank?: Bank; start?: string } = {}): Promise<World> {
  const complaints: World['complaints'] = [];
  const note = (details: object, message: string) => void complaints.push({ message, details });
  const shift = Date.parse(options.start ?? NOON) - Date.now();
  const sandbox = await startSandbox({ port: 0, now: () => Date.now() + shift });
  const clock = await followClock(sandbox.clockUrl);
  const storage = openStorage(':memory:', resolve(root, 'migrations'), clock.now());
  const bank = options.bank ?? (await loadBank(resolve(root, 'questions'))).bank;
  const epoch: Epoch = { db: storage.db, bank, now: clock.now };
  const bot = await startBot({
    token: sandbox.token,
    apiUrl: sandbox.api,
    epoch,
    defaultLocale: 'zh-CN',
    log: { info: () => {}, warn: note, error: note },
  });
  await setUpDemo(epoch, bot.app.client);
  await bot.tick();
  const driver = createDriver(sandbox.url);
  return {
    sandbox,
    driver,
    epoch,
    bot,
    complaints,
    async pass(ms) {
      const jumped = new Promise<void>((resume) => {
        clock.onJump(resume);
      });
      await driver.advanceClock(ms);
      await jumped;
      await bot.tick();
    },
    async close() {
      await bot.stop();
      clock.close();
      await storage.close();
      await sandbox.close();
    },
  };
}
