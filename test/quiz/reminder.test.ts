import { describe, expect, test } from 'vitest';
import { changeOwnSettings } from '../../src/quiz/me.ts';
import { dueReminders, giveUpReminding, takeReminder } from '../../src/quiz/reminder.ts';
import { GUILD, testEpoch, withLearner, withServer, type TestEpoch } from './world.ts';

const takeReminders = async (epoch: TestEpoch) => {
  const taken = [];
  for (const learner of await dueReminders(epoch)) taken.push(await takeReminder(epoch, learner));
  return taken.filter((reminder) => reminder !== undefined);
};

describe('reminders', () => {
  test('come once a day at the learner’s own time, and only when there is something to do', async () => {
    const epoch = await testEpoch('2026-11-24T01:00:00Z');
    await withServer(epoch);
    await withLearner(epoch, '1');
    const { reminder_at } = await changeOwnSettings(epoch, '1', {
      zone: 'Asia/Tokyo',
      reminderTime: '20:30',
    });
    expect(reminder_at).toBe('2026-11-24T11:30:00.000Z');
    epoch.time = new Date('2026-11-24T11:30:00Z');
    expect(await takeReminders(epoch)).toEqual([]);
    await epoch.db
      .insertInto('card')
      .values({
        user_id: '1',
        question_id: 'softmax/shift',
        topic: 'softmax',
        due_on: '2026-11-24',
        memory: '{}',
      })
      .execute();
    expect(await takeReminders(epoch)).toEqual([]);
    epoch.time = new Date('2026-11-25T11:30:00Z');
    expect(await takeReminders(epoch)).toMatchObject([
      { learner: { user_id: '1' }, due: 1, openDailyIn: undefined },
    ]);
    expect(await takeReminders(epoch)).toEqual([]);
  });

  test('an open daily is something to do', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await withLearner(epoch, '1');
    await changeOwnSettings(epoch, '1', { reminderTime: '12:00' });
    await epoch.db
      .insertInto('daily')
      .values({
        guild_id: GUILD,
        local_date: '2026-11-24',
        state: 'posted',
        question_id: 'softmax/shift',
        question_version: 'v',
        nonce: 'n',
        due_at: '2026-11-24T01:00:00.000Z',
        channel_id: '1',
        message_id: '2',
        posted_at: '2026-11-24T01:00:00.000Z',
        closes_at: '2026-11-25T01:00:00.000Z',
        closed_at: null,
        tries: 0,
        retry_at: null,
        last_error: null,
      })
      .execute();
    epoch.time = new Date('2026-11-24T04:00:00Z');
    expect(await takeReminders(epoch)).toMatchObject([{ due: 0, openDailyIn: '炼丹学习社' }]);
  });

  test('stop when they cannot be delivered, or are switched off', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await withLearner(epoch, '1');
    await changeOwnSettings(epoch, '1', { reminderTime: '12:00' });
    await giveUpReminding(epoch, '1');
    expect(await changeOwnSettings(epoch, '1', {})).toMatchObject({ reminder_time: null, reminder_at: null });
  });
});
