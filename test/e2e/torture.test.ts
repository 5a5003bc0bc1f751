import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLoad, stop, type Load } from './load/load.ts';
import { SEED, upTo } from './load/random.ts';
import { verify } from './load/verify.ts';

const KILLS = Number(process.env['KILLS'] ?? 10);

/** So many requests of the bot at most from one kill to the next: few enough to strike while it starts, too. */
const MOST_REQUESTS = 150;

/** Every so many kills a daily is due. */
const KILLS_A_DAY = 3;

let load: Load;
beforeEach(async () => {
  load = await startLoad({ servers: 10, learners: 50, seed: SEED });
});
afterEach(() => load.close());

describe('killed at any instant', () => {
  test(
    `${KILLS} times while 50 learners answer and dailies come and go, it loses and doubles nothing (SEED=${SEED})`,
    { timeout: 60_000 + KILLS * 15_000 },
    async () => {
      const { screen, random } = load;
      let run = load.start();
      await run.ready;
      await load.setUp();
      const stopLearning = load.learn();
      for (let kills = 0; kills < KILLS; kills += 1) {
        if (kills % KILLS_A_DAY === 0) {
          await load.posted();
          await load.nextNoon();
        }
        const wanted = screen.requests + upTo(random, MOST_REQUESTS);
        await screen.until(() => screen.requests >= wanted);
        run.child.kill('SIGKILL');
        await run.ended;
        run = load.start();
      }
      await run.ready;
      await load.posted();
      await stopLearning();
      expect(await stop(run)).toMatchObject({ code: 0 });
      expect(await verify(load)).toEqual([]);
      expect(screen.verdicts.size).toBeGreaterThan(KILLS);
    },
  );
});
