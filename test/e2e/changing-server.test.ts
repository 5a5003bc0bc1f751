import { once } from 'node:events';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InteractionState, Message } from '../../src/sandbox/operator-api.ts';
import { smallBank } from '../quiz/world.ts';
import { buttonsOf, textOf, type Actor } from '../sandbox/driver.ts';
import { HOUR, startWorld, type World } from './epoch.ts';

const MINUTE = 60 * 1000;
const GUILD = '炼丹学习社';

let world: World;
let learner: Actor;
let owner: Actor;

beforeEach(async () => {
  world = await startWorld({ bank: await smallBank() });
  learner = await world.driver.as('王雨桐', `${GUILD}/每日一题`);
  const guild = await world.driver.guild(GUILD);
  owner = await world.driver.as(guild.ownerId, `${GUILD}/闲聊`);
});
afterEach(() => world.close());

const shown = ({ message }: InteractionState): Message => {
  if (!message) throw new Error('nothing was shown');
  return message;
};

const dailies = () =>
  world.epoch.db
    .selectFrom('daily')
    .innerJoin('server', 'server.guild_id', 'daily.guild_id')
    .select(['local_date', 'state', 'tries'])
    .where('server.name', '=', GUILD)
    .orderBy('local_date')
    .execute();

describe('a server that changes', () => {
  test('a form sent after the daily closed is practice', async () => {
    const [post] = await learner.messages();
    const question = shown(await learner.press(post!, '作答'));
    const type = buttonsOf(question).find(({ custom_id: id }) => id?.startsWith('type:'))!;
    const form = await learner.press(question, type.custom_id!);
    await world.pass(24 * HOUR);
    const verdict = shown(
      await learner
        .submitModal(form, { answer: '1, 2, 3' })
        .catch(() => learner.submitModal(form, { answer: '1' })),
    );
    expect(textOf(verdict)).toMatch(/已截止|没有读懂/);
    expect(await world.epoch.db.selectFrom('score').selectAll().execute()).toEqual([]);
  });

  test('a deleted channel: the daily is tried again, its admin is told, and a new channel mends it', async () => {
    await owner.slash('settings show');
    await owner.slash('settings daily', { time: '12:00' });
    await world.driver.remove(`channels/${learner.channelId}`);
    expect(textOf(shown(await owner.slash('settings check')))).toContain('设置的频道不见了');
    for (const wait of [24 * HOUR, 2 * MINUTE, 4 * MINUTE]) await world.pass(wait);
    expect((await dailies()).at(-1)).toMatchObject({ state: 'due', tries: 3 });
    const dm = await world.driver.dm(owner.userId);
    expect((await dm.messages()).map((message) => textOf(message)).join('\n')).toContain(
      '我没能在 炼丹学习社 的',
    );
    const saved = shown(await owner.slash('settings daily', { channel: owner.channelId }));
    expect(textOf(saved)).toContain('已保存');
    await world.pass(24 * HOUR);
    expect((await dailies()).at(-1)).toMatchObject({ state: 'posted' });
    expect((await owner.messages()).some((message) => textOf(message).includes('还没有人作答'))).toBe(true);
  });

  test('a deleted post: the daily closes all the same, and the next one comes', async () => {
    const [post] = await learner.messages();
    const channel = await world.bot.app.client.channels.fetch(learner.channelId);
    if (!channel?.isSendable()) throw new Error('no channel');
    await channel.messages.delete(post!.id);
    await world.pass(24 * HOUR);
    expect((await dailies()).map(({ state }) => state)).toEqual(['closed', 'posted']);
  });

  test('a member who left stays on the board by name, and their progress can be asked for', async () => {
    const guild = await world.driver.guild(GUILD);
    const question = shown(await learner.slash('quiz', { kind: 'choice' }));
    await learner.press(question, 'A');
    await world.driver.remove(`guilds/${guild.id}/members/${learner.userId}`);
    expect(textOf(shown(await owner.slash('leaderboard')))).toContain('王雨桐');
  });

  test('the bot is removed and invited again: the settings are kept, nothing is posted meanwhile', async () => {
    const guild = await world.driver.guild(GUILD);
    await world.driver.remove(`guilds/${guild.id}`);
    await world.pass(24 * HOUR);
    expect(await dailies()).toHaveLength(1);
    const server = await world.epoch.db
      .selectFrom('server')
      .selectAll()
      .where('name', '=', GUILD)
      .executeTakeFirstOrThrow();
    expect(server).toMatchObject({ channel_id: learner.channelId, left_at: expect.any(String) });
  });
});

describe('a Discord in trouble', () => {
  test('a lost reply to a post is not sent twice', async () => {
    await world.driver.addFault({ route: 'POST /channels/*', kind: 'lost-reply', times: 1 });
    await world.pass(24 * HOUR);
    await world.pass(2 * MINUTE);
    const states = (await dailies()).map(({ state }) => state);
    expect(states).toEqual(['closed', 'posted']);
    const open = (await learner.messages()).filter((message) =>
      buttonsOf(message).some(({ label }) => label === '作答'),
    );
    expect(open).toHaveLength(1);
  });

  test('errors of the server are waited out', async () => {
    await world.driver.addFault({ route: 'POST /channels/*', kind: 'error', status: 500, times: 12 });
    await world.pass(24 * HOUR);
    await world.driver.clearFaults();
    for (const wait of [2 * MINUTE, 4 * MINUTE, 8 * MINUTE]) await world.pass(wait);
    const open = (await learner.messages()).filter((message) =>
      buttonsOf(message).some(({ label }) => label === '作答'),
    );
    expect(open).toHaveLength(1);
  });

  test('a gateway that reconnects loses no button', async () => {
    const { client } = world.bot.app;
    const resumed = once(client, Events.ShardResume);
    await world.driver.disturbGateway({ action: 'reconnect' });
    await resumed;
    const [post] = await learner.messages();
    expect((await learner.press(post!, '作答')).status).toBe('replied');
  });
});
