import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultRequest, GatewayRequest } from '../../src/sandbox/operator-api.ts';
import { startLoad, stop, type Load } from './load/load.ts';
import { SEED } from './load/random.ts';
import { verify } from './load/verify.ts';
import type { Run } from './process.ts';

/** How many days each kind of trouble lasts. */
const DAYS = Number(process.env['DAYS'] ?? 1);

const TIMEOUT = 60_000 + DAYS * 30_000;

let load: Load;
let run: Run;
let stopLearning: () => Promise<void>;

beforeAll(async () => {
  load = await startLoad({ servers: 30, learners: 50, seed: SEED });
  run = load.start();
  await run.ready;
  await load.setUp();
  await stop(run);
}, TIMEOUT);
afterAll(() => load.close());

beforeEach(async () => {
  run = load.start();
  await run.ready;
  stopLearning = load.learn();
});

/** Until so many more verdicts have reached a screen. */
async function answers(count: number): Promise<void> {
  const wanted = load.screen.verdicts.size + count;
  await load.screen.until(() => load.screen.verdicts.size >= wanted);
}

/** The end of every story: stopped in the middle of the work, and everything is there. */
async function end(): Promise<{ code: number | null; wrong: string[] }> {
  const { code } = await stop(run);
  await stopLearning();
  return { code, wrong: await verify(load) };
}

const well = { code: 0, wrong: [] };

async function sufferFaults(...faults: FaultRequest[]): Promise<void> {
  for (let day = 0; day < DAYS; day += 1) {
    for (const fault of faults) await load.driver.addFault(fault);
    await load.nextNoon();
    await answers(50);
    await load.driver.clearFaults();
    await load.posted();
  }
}

describe(`thirty servers and fifty learners (SEED=${SEED})`, () => {
  test('a storm of 429, for routes and for everything', { timeout: TIMEOUT }, async () => {
    await sufferFaults(
      { kind: 'rate-limit', retryAfterMs: 300, route: 'POST /channels/*', probability: 0.5 },
      { kind: 'rate-limit', retryAfterMs: 200, route: '/webhooks/*', probability: 0.3, scope: 'shared' },
      { kind: 'rate-limit', retryAfterMs: 500, scope: 'global', times: 5 },
      { kind: 'limits' },
    );
    expect(await end()).toEqual(well);
  });

  test('a burst of 5xx', { timeout: TIMEOUT }, async () => {
    await sufferFaults(
      { kind: 'error', status: 502, probability: 0.3 },
      { kind: 'error', status: 500, route: 'POST /channels/*', probability: 0.5 },
    );
    expect(await end()).toEqual(well);
  });

  test('replies lost after all was done, and connections cut before', { timeout: TIMEOUT }, async () => {
    await sufferFaults(
      { kind: 'lost-reply', probability: 0.3 },
      { kind: 'drop', route: 'POST /channels/*', probability: 0.3 },
    );
    expect(await end()).toEqual(well);
    // What Discord had been told already is on display: nobody is told that it failed.
    const failures = run
      .log()
      .split('\n')
      .filter((line) => line.includes('interaction failed'));
    expect(failures.filter((line) => line.includes('already been acknowledged'))).toEqual([]);
  });

  test('a gateway that drops, forgets and stays away', { timeout: TIMEOUT }, async () => {
    const disturbances: GatewayRequest[] = [
      { action: 'drop' },
      { action: 'reconnect' },
      { action: 'invalid-session', resumable: true },
      { action: 'invalid-session', resumable: false },
      { action: 'away', ms: 300 },
    ];
    await load.nextNoon();
    for (const disturbance of disturbances) {
      await load.driver.disturbGateway(disturbance);
      await answers(10);
    }
    await load.posted();
    expect(await end()).toEqual(well);
  });

  test('a long wait for Discord when it is to stop', { timeout: TIMEOUT }, async () => {
    await answers(20);
    await load.driver.addFault({ kind: 'rate-limit', retryAfterMs: 60_000, route: 'POST /interactions/*' });
    const { screen } = load;
    const wanted = screen.requests + 20;
    await screen.until(() => screen.requests >= wanted);
    expect(await end()).toEqual(well);
    expect(run.log()).toContain('which are given up');
    await load.driver.clearFaults();
  });

  test('a second copy started by mistake', { timeout: TIMEOUT }, async () => {
    const second = await load.start().ended;
    expect(second).toEqual({
      code: 1,
      err: expect.stringMatching(/^Another Epoch is running on .*: stop it first\.\n$/),
    });
    await answers(20);
    expect(await end()).toEqual(well);
  });
});
