import { describe, expect, test } from 'vitest';
import { answer } from '../../src/quiz/answer.ts';
import { askPractice } from '../../src/quiz/ask.ts';
import { leaderboard, type LeaderboardRequest } from '../../src/quiz/leaderboard.ts';
import { changeOwnSettings } from '../../src/quiz/me.ts';
import { progressOf } from '../../src/quiz/progress.ts';
import { configure } from '../../src/quiz/settings.ts';
import { GUILD, testEpoch, withLearner, withServer, type TestEpoch } from './world.ts';

const week: LeaderboardRequest = { scope: 'server', period: 'week', by: 'points', page: 1 };

let interaction = 0;

async function practise(epoch: TestEpoch, userId: string, right: boolean): Promise<void> {
  await withLearner(epoch, userId);
  interaction += 1;
  const practice = await askPractice(epoch, {
    id: `ask ${interaction}`,
    userId,
    guildId: GUILD,
    filter: { kind: 'choice' },
  });
  await answer(epoch, {
    id: `answer ${interaction}`,
    askId: practice!.asked.ask.id,
    userId,
    submission: right ? 0 : 1,
  });
}

const board = (epoch: TestEpoch, request: Partial<LeaderboardRequest> = {}, userId = '1') =>
  leaderboard(epoch, { ...week, ...request }, { userId, guildId: GUILD });

describe('leaderboard', () => {
  test('ranks by points with the server’s own names, and shows the reader’s place on every page', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    for (let user = 1; user <= 12; user += 1) await practise(epoch, String(user), user > 1);
    const first = await board(epoch);
    expect(first).toMatchObject({ size: 12, pages: 2, own: { rank: 12, points: 0 } });
    expect(first.places[0]).toMatchObject({
      rank: 1,
      userId: '10',
      name: '成员 10',
      points: 20,
      accuracy: 1,
    });
    const beyond = await board(epoch, { page: 99 });
    expect(beyond.page).toBe(2);
    expect(beyond.places.map(({ rank }) => rank)).toEqual([11, 12]);
  });

  test('periods end: last week’s points are not this week’s', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await practise(epoch, '1', true);
    epoch.time = new Date('2026-11-30T01:00:00Z');
    expect((await board(epoch)).size).toBe(0);
    expect((await board(epoch, { period: 'month' })).size).toBe(1);
    expect((await board(epoch, { period: 'all' })).size).toBe(1);
  });

  test('a new season begins at nothing', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await practise(epoch, '1', true);
    await configure(epoch, GUILD, { season: 'next' }, null);
    expect((await board(epoch, { period: 'all' })).size).toBe(0);
    expect((await board(epoch)).size).toBe(1);
  });

  test('the global board is for those who join, with all they did; leaving takes them off', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await practise(epoch, '1', true);
    await practise(epoch, '2', true);
    const global = () => board(epoch, { scope: 'global' });
    expect((await global()).size).toBe(0);
    await changeOwnSettings(epoch, '1', { globalOptIn: true });
    expect((await global()).places).toMatchObject([{ userId: '1', points: 20, name: 'learner 1' }]);
    await changeOwnSettings(epoch, '1', { globalOptIn: false });
    expect((await global()).size).toBe(0);
  });

  test('accuracy needs five answers', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    for (let count = 0; count < 5; count += 1) {
      expect((await board(epoch, { by: 'accuracy' })).size).toBe(0);
      await practise(epoch, '1', count > 0);
    }
    expect((await board(epoch, { by: 'accuracy' })).own).toMatchObject({ accuracy: 0.8 });
  });
});

describe('progress', () => {
  test('is private unless shown', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await practise(epoch, '1', true);
    const seenBy = (readerId: string) => progressOf(epoch, { userId: '1', readerId, guildId: GUILD });
    expect(await seenBy('2')).toBeUndefined();
    expect(await seenBy('1')).toMatchObject({
      totals: { answered: 1, right: 1, points: 20 },
      topics: [{ topic: 'softmax', answered: 1, correct: 1 }],
      weakest: [{ topic: 'softmax' }],
    });
    await changeOwnSettings(epoch, '1', { showProgress: true });
    expect((await seenBy('2'))?.days.at(-1)).toEqual({ day: '2026-11-24', answered: 1, correct: 1 });
  });
});
