import { describe, expect, test } from 'vitest';
import { answer } from '../../src/quiz/answer.ts';
import { askDaily, askPractice } from '../../src/quiz/ask.ts';
import {
  closeDaily,
  confirmPosted,
  dailiesToPost,
  dailiesToReveal,
  dailiesToSettle,
  dueServers,
  noteFailure,
  openDaily,
  reveal,
  startSending,
} from '../../src/quiz/daily.ts';
import { configure } from '../../src/quiz/settings.ts';
import { GUILD, testEpoch, withLearner, withServer, type TestEpoch } from './world.ts';

const openAll = async (epoch: TestEpoch) => {
  for (const server of await dueServers(epoch)) await openDaily(epoch, server);
};

/** One tick of the ledger with a Discord that always works. */
async function tick(epoch: TestEpoch): Promise<string[]> {
  await openAll(epoch);
  const posts = await dailiesToPost(epoch);
  for (const post of posts) {
    await startSending(epoch, post);
    await confirmPosted(epoch, post, `message ${post.daily.local_date}`, epoch.now());
  }
  for (const post of await dailiesToReveal(epoch)) await closeDaily(epoch, post);
  return posts.map(({ daily }) => daily.local_date);
}

/** The dailies that are posted, once their time is over. */
async function dailiesIn(epoch: TestEpoch) {
  epoch.time = new Date(epoch.time.getTime() + 48 * 60 * 60 * 1000);
  return dailiesToReveal(epoch);
}

async function answerDaily(epoch: TestEpoch, userId: string, localDate: string, right: boolean) {
  await withLearner(epoch, userId);
  const asked = await askDaily(epoch, { id: `${localDate}${userId}`, userId, guildId: GUILD, localDate });
  if (asked.status !== 'put' || !('asked' in asked.recalled)) throw new Error('not put');
  const { ask, variant } = asked.recalled.asked;
  const { spec } = variant;
  const key = 'correct' in spec ? spec.correct : 'value' in spec ? String(spec.value) : '溢出 约掉';
  const wrong =
    spec.kind === 'order'
      ? spec.correct.toReversed()
      : spec.kind === 'choice'
        ? 1
        : spec.kind === 'multi'
          ? [2]
          : '12345, 1, 1';
  return answer(epoch, {
    id: `a${localDate}${userId}`,
    askId: ask.id,
    userId,
    submission: right ? key : wrong,
  });
}

const ledger = (epoch: TestEpoch) =>
  epoch.db.selectFrom('daily').select(['local_date', 'state']).orderBy('local_date').execute();

describe('the ledger of dailies', () => {
  test('posts once a local day at the server’s own time, and closes after 24 hours', async () => {
    const epoch = await testEpoch('2026-11-24T00:59:00Z');
    await withServer(epoch);
    expect(await tick(epoch)).toEqual([]);
    epoch.time = new Date('2026-11-24T01:00:00Z');
    expect(await tick(epoch)).toEqual(['2026-11-24']);
    expect(await tick(epoch)).toEqual([]);
    epoch.time = new Date('2026-11-25T01:00:00Z');
    expect(await tick(epoch)).toEqual(['2026-11-25']);
    expect(await ledger(epoch)).toEqual([
      { local_date: '2026-11-24', state: 'closed' },
      { local_date: '2026-11-25', state: 'posted' },
    ]);
  });

  test('catches up with one post after days away', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await tick(epoch);
    epoch.time = new Date('2026-11-29T05:00:00Z');
    expect(await tick(epoch)).toEqual(['2026-11-29']);
    expect(await ledger(epoch)).toEqual([
      { local_date: '2026-11-24', state: 'closed' },
      { local_date: '2026-11-29', state: 'posted' },
    ]);
  });

  test('changing the time on the same day posts no second daily', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await tick(epoch);
    await configure(epoch, GUILD, { daily_time: '23:00' }, null);
    epoch.time = new Date('2026-11-24T15:30:00Z');
    expect(await tick(epoch)).toEqual([]);
  });

  test('a paused server gets nothing, and goes on when resumed', async () => {
    const epoch = await testEpoch('2026-11-24T00:00:00Z');
    await withServer(epoch);
    await configure(epoch, GUILD, { paused_at: epoch.now().toISOString() }, null);
    epoch.time = new Date('2026-11-24T03:00:00Z');
    expect(await tick(epoch)).toEqual([]);
    await configure(epoch, GUILD, { paused_at: null }, null);
    expect(await tick(epoch)).toEqual(['2026-11-24']);
  });

  test('a post whose fate is unknown is settled, never sent blindly', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await openAll(epoch);
    const [post] = await dailiesToPost(epoch);
    await startSending(epoch, post!);
    expect(await dailiesToPost(epoch)).toEqual([]);
    const [doubtful] = await dailiesToSettle(epoch);
    await confirmPosted(epoch, doubtful!, 'found', epoch.now());
    expect(await ledger(epoch)).toEqual([{ local_date: '2026-11-24', state: 'posted' }]);
  });

  test('a failure is tried again after 1, 2, 4 … minutes', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await openAll(epoch);
    const waits: number[] = [];
    for (let failures = 0; failures < 8; failures += 1) {
      const [post] = await dailiesToPost(epoch);
      await noteFailure(epoch, post!, { reason: 'Missing Permissions', inDoubt: false });
      const row = await epoch.db.selectFrom('daily').selectAll().executeTakeFirstOrThrow();
      waits.push((Date.parse(row.retry_at!) - epoch.time.getTime()) / 60_000);
      expect(await dailiesToPost(epoch)).toEqual([]);
      epoch.time = new Date(row.retry_at!);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('a broken server opens nothing, and stays due', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await epoch.db
      .insertInto('server')
      .values({
        ...(await epoch.db.selectFrom('server').selectAll().executeTakeFirstOrThrow()),
        guild_id: '1',
        topics: 'not json',
      })
      .execute();
    const opened = await Promise.allSettled(
      (await dueServers(epoch)).map(async (server) => (await openDaily(epoch, server))?.server.guild_id),
    );
    expect(opened).toEqual([
      { status: 'rejected', reason: expect.any(SyntaxError) },
      { status: 'fulfilled', value: GUILD },
    ]);
    expect((await dueServers(epoch)).map(({ guild_id }) => guild_id)).toEqual(['1']);
    expect((await dailiesToPost(epoch)).map(({ server }) => server.guild_id)).toEqual([GUILD]);
  });

  test('asks another question each day while others remain', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    for (let day = 24; day < 30; day += 1) {
      epoch.time = new Date(`2026-11-${day}T01:00:00Z`);
      await tick(epoch);
    }
    const asked = await epoch.db.selectFrom('daily').select('question_id').execute();
    expect(new Set(asked.map(({ question_id }) => question_id)).size).toBe(epoch.bank.questions.size);
  });
});

describe('answering the daily', () => {
  test('counts in time for points and the streak; late for neither, but for the card', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await tick(epoch);
    expect(await answerDaily(epoch, '1', '2026-11-24', true)).toMatchObject({
      streak: 1,
      attempt: { late: 0 },
    });
    epoch.time = new Date('2026-11-25T00:59:59Z');
    expect(await answerDaily(epoch, '2', '2026-11-24', true)).toMatchObject({
      streak: 1,
      attempt: { late: 0 },
    });
    epoch.time = new Date('2026-11-25T01:00:00Z');
    const late = await answerDaily(epoch, '3', '2026-11-24', true);
    expect(late).toMatchObject({ streak: undefined, attempt: { late: 1, points: 0 } });
    expect(
      await epoch.db.selectFrom('card').select('user_id').where('user_id', '=', '3').execute(),
    ).toHaveLength(1);
    expect(await epoch.db.selectFrom('score').selectAll().where('user_id', '=', '3').execute()).toEqual([]);
  });

  test('gives each learner numbers of their own, and always the same ones', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await tick(epoch);
    const seeds = new Set<number>();
    for (const userId of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      const put = () =>
        askDaily(epoch, {
          id: `x${userId}${Math.random()}`,
          userId,
          guildId: GUILD,
          localDate: '2026-11-24',
        });
      const [first, second] = [await put(), await put()];
      if (first.status !== 'put' || second.status !== 'put') throw new Error('not put');
      if (first.recalled.status !== 'open' || second.recalled.status !== 'open') throw new Error('not open');
      expect(second.recalled.asked.ask).toEqual(first.recalled.asked.ask);
      seeds.add(first.recalled.asked.ask.seed);
    }
    expect(seeds.size).toBe(8);
  });

  test('closing in a server of thousands leaves room for others in between', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await tick(epoch);
    const streaks = Array.from({ length: 500 }, (_, index) => ({
      guild_id: GUILD,
      user_id: `learner ${index}`,
      current: 3,
      longest: 3,
      freezes: 0,
      last_date: '2026-11-23',
    }));
    await epoch.db.insertInto('streak').values(streaks).execute();
    const [post] = await dailiesIn(epoch);
    let closed = false;
    let turns = 0;
    const count = () => {
      turns += 1;
      if (!closed) setImmediate(count);
    };
    setImmediate(count);
    await closeDaily(epoch, post!);
    closed = true;
    expect(turns).toBeGreaterThanOrEqual(10);
    const running = await epoch.db.selectFrom('streak').select('user_id').where('current', '>', 0).execute();
    expect(running).toEqual([]);
  });

  test('a streak breaks when a daily closes unanswered', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await tick(epoch);
    await answerDaily(epoch, '1', '2026-11-24', false);
    for (const day of [25, 26]) {
      epoch.time = new Date(`2026-11-${day}T01:00:00Z`);
      await tick(epoch);
    }
    const streak = await epoch.db.selectFrom('streak').selectAll().executeTakeFirstOrThrow();
    expect(streak).toMatchObject({ current: 0, longest: 1, last_date: '2026-11-25' });
    const events = await epoch.db
      .selectFrom('streak_event')
      .select(['local_date', 'kind'])
      .orderBy('local_date')
      .execute();
    expect(events).toEqual([
      { local_date: '2026-11-24', kind: 'extended' },
      { local_date: '2026-11-25', kind: 'broken' },
    ]);
  });

  test('the reveal counts outcomes and names the mistakes', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await tick(epoch);
    await answerDaily(epoch, '1', '2026-11-24', true);
    await answerDaily(epoch, '2', '2026-11-24', false);
    epoch.time = new Date('2026-11-25T01:00:00Z');
    const [post] = await dailiesToReveal(epoch);
    const shown = await reveal(epoch, post!);
    expect(shown.answered).toBe(2);
    expect(shown.outcomes.correct).toBe(1);
  });

  test('practice does not give the open daily away', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await withLearner(epoch, '1');
    await tick(epoch);
    const daily = await epoch.db.selectFrom('daily').select('question_id').executeTakeFirstOrThrow();
    for (let index = 0; index < 12; index += 1) {
      const practice = await askPractice(epoch, { id: `p${index}`, userId: '1', guildId: GUILD, filter: {} });
      expect(practice?.asked.question.id).not.toBe(daily.question_id);
    }
  });
});
