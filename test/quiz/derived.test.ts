import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { callEasy, settleOpen } from '../../src/quiz/after.ts';
import { findDrift, learners, repairLearner, type Drift } from '../../src/quiz/derived.ts';
import { changeOwnSettings } from '../../src/quiz/me.ts';
import { forget } from '../../src/quiz/privacy.ts';
import { regrade } from '../../src/quiz/regrade.ts';
import {
  answerDaily,
  correctKey,
  history,
  pass,
  practise,
  review,
  start,
  tick,
  type Quality,
  type World,
} from './history.ts';
import { GUILD, withLearner } from './world.ts';

const drift = ({ epoch }: World) => listOf(findDrift(epoch.db));
const repair = async ({ epoch }: World) => {
  const mended: Drift[] = [];
  for await (const userId of learners(epoch.db)) mended.push(...(await repairLearner(epoch.db, userId)));
  return mended;
};

async function listOf(drifts: AsyncIterable<Drift>): Promise<Drift[]> {
  const list: Drift[] = [];
  for await (const one of drifts) list.push(one);
  return list;
}

describe('a history', () => {
  test('of four weeks leaves no drift', async () => {
    expect(await drift(await history())).toEqual([]);
  });

  test('of joining and leaving the global board leaves none', async () => {
    const world = await start();
    await practise(world, '1', { quality: 'partly' });
    await practise(world, '1', { guildId: null });
    await changeOwnSettings(world.epoch, '1', { globalOptIn: true });
    await practise(world, '1');
    expect(await drift(world)).toEqual([]);
    await changeOwnSettings(world.epoch, '1', { globalOptIn: false });
    expect(await drift(world)).toEqual([]);
  });

  test('of open answers, rated by the learner and called easy, leaves none', async () => {
    const world = await start();
    const attempt = await practise(world, '1', { kind: 'open', quality: 'partly' });
    const settled = await settleOpen(world.epoch, attempt, 'correct');
    expect(await drift(world)).toEqual([]);
    await callEasy(world.epoch, settled!);
    expect(await drift(world)).toEqual([]);
    await settleOpen(world.epoch, settled!, 'wrong');
    expect(await drift(world)).toEqual([]);
  });

  test('of a corrected key leaves none', async () => {
    const world = await start();
    await practise(world, '1', { kind: 'choice' });
    await changeOwnSettings(world.epoch, '1', { globalOptIn: true });
    pass(world, 24 * 60);
    await practise(world, '1', { kind: 'choice', quality: 'wrong' });
    await practise(world, '2', { kind: 'choice', quality: 'wrong' });
    await correctKey(world);
    expect(await drift(world)).toEqual([]);
  });

  test('of reveals that failed for days leaves none, before and after they succeed', async () => {
    const world = await start();
    for (const reveals of [true, false, false, false, true, true]) {
      await tick(world, reveals);
      if (reveals) await answerDaily(world, '1');
      expect(await drift(world)).toEqual([]);
      pass(world, 24);
    }
  });

  test('of a learner who was forgotten leaves none', async () => {
    const world = await history();
    await forget(world.epoch, '1');
    expect(await drift(world)).toEqual([]);
    await practise(world, '1');
    await answerDaily(world, '1');
    expect(await drift(world)).toEqual([]);
  });

  test('of an answer to a daily that another has followed, on a clock set back before it closed, leaves none', async () => {
    const world = await start();
    await tick(world);
    pass(world, 24);
    await tick(world, false);
    await answerDaily(world, '1');
    pass(world, -2);
    expect(await answerDaily(world, '1', 'right', 1)).toMatchObject({ late: 1 });
    expect(await drift(world)).toEqual([]);
  });

  test('on a clock that was set back leaves none', async () => {
    const world = await start();
    await changeOwnSettingsOf(world, '1');
    await practise(world, '1', { kind: 'multi', quality: 'wrong' });
    await practise(world, '1', { kind: 'vector', quality: 'partly' });
    pass(world, -30);
    const earlier = await practise(world, '1', { kind: 'multi' });
    await practise(world, '1', { kind: 'numeric' });
    await practise(world, '1', { kind: 'vector', quality: 'wrong' });
    expect(await drift(world)).toEqual([]);
    pass(world, -30);
    await practise(world, '1', { kind: 'multi' });
    expect(await callEasy(world.epoch, earlier)).toBeUndefined();
    for (const question of world.epoch.bank.questions.values()) await regrade(world.epoch, question);
    expect(await drift(world)).toEqual([]);
  });
});

async function changeOwnSettingsOf(world: World, userId: string): Promise<void> {
  await withLearner(world.epoch, userId);
  await changeOwnSettings(world.epoch, userId, { globalOptIn: true });
}

/** Every derived row, as it is stored. */
async function derived({ epoch: { db } }: World) {
  const tables = ['review_log', 'card', 'score', 'streak', 'streak_event'] as const;
  const rows = await Promise.all(
    tables.map((table) => sql`select * from ${sql.table(table)} order by 1, 2, 3, 4`.execute(db)),
  );
  return Object.fromEntries(tables.map((table, index) => [table, rows[index]!.rows]));
}

describe('a derived row that is wrong', () => {
  const faults = {
    'a score too high': [
      'score',
      "update score set points = points + 1 where user_id = '1' and period like 'season:%'",
    ],
    'a score of somebody who left the board': [
      'score',
      "insert into score select 'global', period, user_id, points, answered, correct, accuracy, reached_at from score where user_id = '2' and period like 'season:%'",
    ],
    'a missing score': ['score', "delete from score where user_id = '1' and period like 'week:%-W48'"],
    'a place among ties': [
      'score',
      "update score set reached_at = '2026-01-01T00:00:00.000Z' where user_id = '2' and period like 'season:%'",
    ],
    'an accuracy': [
      'score',
      "update score set accuracy = accuracy / 2 where user_id = '1' and period like 'season:%'",
    ],
    'a due date': [
      'card',
      "update card set due_on = '2030-01-01' where user_id = '1' and question_id = 'softmax/order'",
    ],
    'a memory that cannot be read': [
      'card',
      "update card set memory = '{' where user_id = '2' and question_id = 'softmax/order'",
    ],
    'a missing card': ['card', "delete from card where user_id = '2' and question_id = 'softmax/order'"],
    'a card of a question never answered': [
      'card',
      "insert into card select '9', question_id, topic, due_on, memory from card limit 1",
    ],
    'the topic of a card': [
      'card',
      "update card set topic = 'elsewhere' where user_id = '1' and question_id = 'softmax/order'",
    ],
    'the rating of a review': [
      'review_log',
      "update review_log set rating = 2 where attempt_id = (select attempt_id from review_log where user_id = '1' and rating = 3 limit 1)",
    ],
    'a choice called easy': [
      'review_log',
      "update review_log set rating = 4 where attempt_id = (select id from attempt where user_id = '1' and kind = 'choice' and outcome = 'correct' limit 1)",
    ],
    'the log of a review': [
      'review_log',
      "update review_log set log = '{}' where attempt_id = (select attempt_id from review_log where user_id = '1' order by reviewed_at limit 1 offset 5)",
    ],
    'the zone of a review': [
      'review_log',
      "update review_log set zone = 'Mars/Olympus' where attempt_id = (select attempt_id from review_log where user_id = '2' limit 1)",
    ],
    'a review in somebody else’s name': [
      'review_log',
      "update review_log set user_id = '2' where attempt_id = (select attempt_id from review_log where user_id = '1' limit 1)",
    ],
    'a missing review': [
      'review_log',
      "delete from review_log where attempt_id = (select id from attempt where user_id = '2' and mode = 'daily' limit 1)",
    ],
    'a streak that runs on': ['streak', "update streak set current = current + 1 where user_id = '1'"],
    'a record': ['streak', "update streak set longest = 99 where user_id = '2'"],
    'a freeze': ['streak', "update streak set freezes = 2 - freezes + 1 where user_id = '2'"],
    'a daily not accounted for': ['streak', "update streak set last_date = '2026-12-01' where user_id = '1'"],
    'a missing streak': ['streak', "delete from streak where user_id = '2'"],
    'a streak without an answer in time': [
      'streak',
      "insert into streak select guild_id, '3', current, longest, freezes, last_date from streak where user_id = '1'",
    ],
    'a missing trace of a freeze': [
      'streak_event',
      "delete from streak_event where kind = 'freeze-used' and user_id = '2'",
    ],
    'a missing trace of a break': ['streak_event', "delete from streak_event where kind = 'broken'"],
    'a missing trace of an answer': [
      'streak_event',
      "delete from streak_event where user_id = '1' and local_date = '2026-11-26'",
    ],
    'a trace of nothing': [
      'streak_event',
      `insert into streak_event values ('${GUILD}', '1', '2026-11-26', 'broken', '2026-11-26T00:00:00.000Z')`,
    ],
  } as const;

  test.each(Object.entries(faults))('%s is found and put right', async (_, [table, corrupt]) => {
    const world = await history();
    const before = await derived(world);
    const { numAffectedRows } = await sql.raw(corrupt).execute(world.epoch.db);
    expect(numAffectedRows).toBeGreaterThan(0n);
    const found = await drift(world);
    expect(found.map((one) => one.table)).toContain(table);
    expect(await repair(world)).toEqual(found);
    expect(await drift(world)).toEqual([]);
    expect(await derived(world)).toEqual(before);
  });
});

describe('whatever learners do', () => {
  const action = fc.record({
    what: fc.oneof(
      { weight: 12, arbitrary: fc.constant('day') },
      { weight: 4, arbitrary: fc.constant('practise') },
      fc.constantFrom('answer late', 'review', 'wait', 'opt', 'correct key', 'forget'),
    ),
    who: fc.constantFrom('1', '2', '3'),
    quality: fc.constantFrom<Quality>('right', 'partly', 'wrong'),
    guildId: fc.constantFrom(GUILD, null),
    /** Negative where the clock is set back. */
    hours: fc.integer({ min: -30, max: 30 }),
    yes: fc.boolean(),
    hinted: fc.boolean(),
    /** Those who answer the day's question: the first two nearly always, so that they earn freezes. */
    answering: fc.subarray(['1', '1', '1', '2', '2', '3']),
    reveals: fc.integer({ min: 0, max: 5 }).map((luck) => luck > 0),
  });
  type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

  async function perform(world: World, { what, who, quality, yes, ...options }: Action): Promise<void> {
    switch (what) {
      case 'day':
        pass(world, 24);
        await tick(world, options.reveals);
        for (const learner of options.answering) await answerDaily(world, learner, quality);
        break;
      case 'practise': {
        const attempt = await practise(world, who, { quality, ...options });
        if (yes) await callEasy(world.epoch, attempt);
        break;
      }
      case 'answer late':
        await answerDaily(world, who, quality, 1);
        break;
      case 'review':
        await review(world, who, quality);
        break;
      case 'wait':
        pass(world, options.hours);
        break;
      case 'opt':
        await withLearner(world.epoch, who);
        await changeOwnSettings(world.epoch, who, { globalOptIn: yes });
        break;
      case 'correct key':
        await correctKey(world);
        break;
      default:
        await forget(world.epoch, who);
    }
  }

  test('there is no drift', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 60 }), async (actions) => {
        const world = await start();
        await tick(world);
        for (const one of actions) await perform(world, one);
        expect(await drift(world)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
