import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { login } from './client.ts';
import { createDriver, type Driver } from './driver.ts';
import { connect, identify, identifyData, request, type RawGateway } from './raw-bot.ts';

let sandbox: Sandbox;
let driver: Driver;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0 });
  driver = createDriver(sandbox.url);
});
afterEach(() => sandbox.close());

const hello = (gateway: RawGateway) => gateway.next((payload) => payload.op === 10);
const invalidSession = (gateway: RawGateway) => gateway.next((payload) => payload.op === 9);

const idsOf = (ready: { guilds: { id: string }[] }) => ready.guilds.map((guild) => guild.id);

/** Renames a guild, which every session hears of. */
const rename = async (name: string) => {
  const { guilds } = await driver.state();
  await driver.patch(`guilds/${guilds[0]!.id}`, { name });
};

describe('identify', () => {
  test('READY lists the guilds as unavailable, and each then becomes available', async () => {
    const { gateway, ready } = await identify(sandbox);
    expect(ready).toMatchObject({ v: 10, shard: [0, 1], user: { username: 'epoch', bot: true } });
    expect(ready.guilds).toEqual(ready.guilds.map(({ id }: { id: string }) => ({ id, unavailable: true })));
    const first = (await gateway.event('GUILD_CREATE')).d;
    const second = (await gateway.event('GUILD_CREATE')).d;
    expect([first.name, second.name]).toEqual(['炼丹学习社', 'Deep Learning Reading Group']);
    // Without the members intent there is nobody but the bot.
    expect(first.members.map((member: { user: { id: string } }) => member.user.id)).toEqual([ready.user.id]);
    expect(first.member_count).toBe(6);
    gateway.close();
  });

  test('without the intent Guilds there are no guild events', async () => {
    const { gateway } = await identify(sandbox, { intents: 0 });
    await rename('New');
    gateway.send(1, null);
    await gateway.next((payload) => payload.op === 11);
    expect(gateway.rest()).toEqual([]);
    gateway.close();
  });

  test('heartbeats are answered', async () => {
    const gateway = connect(sandbox);
    expect((await hello(gateway)).d.heartbeat_interval).toBeGreaterThan(1000);
    gateway.send(1, null);
    expect(await gateway.next((payload) => payload.op === 11)).toMatchObject({ op: 11 });
    gateway.close();
  });

  test('a bot that stops its heartbeats is closed with 4009, and its session is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { gateway, ready } = await identify(sandbox);
    vi.advanceTimersByTime(50_000);
    gateway.send(1, null);
    await gateway.next((payload) => payload.op === 11);
    vi.advanceTimersByTime(50_000);
    gateway.send(1, null);
    await gateway.next((payload) => payload.op === 11);
    vi.advanceTimersByTime(70_000);
    expect(await gateway.closed).toBe(4009);
    const again = connect(sandbox);
    await hello(again);
    again.send(6, { token: sandbox.token, session_id: ready.session_id, seq: 1 });
    expect((await invalidSession(again)).d).toBe(false);
    again.close();
  });

  test.each<[string, number, (gateway: RawGateway) => void]>([
    ['a wrong token', 4004, (gateway) => gateway.send(2, identifyData(sandbox, { token: 'wrong' }))],
    [
      'an intent that does not exist',
      4013,
      (gateway) => gateway.send(2, identifyData(sandbox, { intents: 1 << 30 })),
    ],
    [
      'an intent that has to be granted',
      4014,
      (gateway) => gateway.send(2, identifyData(sandbox, { intents: 3 })),
    ],
    [
      'a shard that does not exist',
      4010,
      (gateway) => gateway.send(2, identifyData(sandbox, { shard: [2, 2] })),
    ],
    ['an opcode that does not exist', 4001, (gateway) => gateway.send(99, null)],
    ['what is not JSON', 4002, (gateway) => gateway.sendText('{')],
    ['presence before identify', 4003, (gateway) => gateway.send(3, {})],
    [
      'a resume with a wrong token',
      4004,
      (gateway) => gateway.send(6, { token: 'wrong', session_id: 'x', seq: 1 }),
    ],
    [
      'identify twice',
      4005,
      (gateway) => {
        gateway.send(2, identifyData(sandbox));
        gateway.send(2, identifyData(sandbox));
      },
    ],
    [
      'more than 120 payloads in a minute',
      4008,
      (gateway) => {
        for (let i = 0; i <= 120; i++) gateway.send(1, null);
      },
    ],
  ])('%s closes with %d', async (_, code, act) => {
    const gateway = connect(sandbox);
    await hello(gateway);
    act(gateway);
    expect(await gateway.closed).toBe(code);
  });

  test('another version of the API closes with 4012', async () => {
    expect(await connect(sandbox, 'v=9&encoding=json').closed).toBe(4012);
  });

  test('a shard with more than 2500 guilds closes with 4011', async () => {
    await driver.addGuilds({ name: 'Many', locale: 'en-US', count: 2499 });
    expect((await request(sandbox, 'GET', '/gateway/bot')).body.shards).toBe(2);
    const gateway = connect(sandbox);
    await hello(gateway);
    gateway.send(2, identifyData(sandbox));
    expect(await gateway.closed).toBe(4011);
  });
});

describe('resume', () => {
  test('replays what was missed, in order, and goes on', async () => {
    const { gateway, ready } = await identify(sandbox);
    const seq = (await gateway.event('GUILD_CREATE')).s!;
    gateway.close(4000);
    await gateway.closed;
    await rename('While away');
    const again = connect(sandbox);
    await hello(again);
    again.send(6, { token: sandbox.token, session_id: ready.session_id, seq });
    await again.event('RESUMED');
    const missed = again.rest();
    expect(missed.map((payload) => payload.t)).toEqual(['GUILD_CREATE', 'GUILD_UPDATE']);
    expect(missed.map((payload) => payload.s)).toEqual([seq + 1, seq + 2]);
    await rename('Back');
    const update = await again.next((payload) => payload.t === 'GUILD_UPDATE' && payload.d.name === 'Back');
    expect(update.s).toBe(seq + 4);
    again.close();
  });

  test('a session that is not known, or said goodbye to, is invalid', async () => {
    const { gateway, ready } = await identify(sandbox);
    gateway.close(1000);
    await gateway.closed;
    for (const session_id of ['unknown', ready.session_id]) {
      const again = connect(sandbox);
      await hello(again);
      again.send(6, { token: sandbox.token, session_id, seq: 1 });
      expect((await invalidSession(again)).d).toBe(false);
      again.send(2, identifyData(sandbox));
      expect((await again.event('READY')).d.session_id).not.toBe(ready.session_id);
      again.close();
    }
  });

  test('a sequence from the future closes with 4007', async () => {
    const { gateway, ready } = await identify(sandbox);
    gateway.close(4000);
    await gateway.closed;
    const again = connect(sandbox);
    await hello(again);
    again.send(6, { token: sandbox.token, session_id: ready.session_id, seq: 999 });
    expect(await again.closed).toBe(4007);
  });
});

describe('shards', () => {
  test('each hears of its own guilds, and direct messages go to the first', async () => {
    const first = await identify(sandbox, { shard: [0, 2] });
    const second = await identify(sandbox, { shard: [1, 2] });
    const { guilds, applicationId } = await driver.state();
    expect([...idsOf(first.ready), ...idsOf(second.ready)].toSorted()).toEqual(
      guilds.map((guild) => guild.id).toSorted(),
    );
    for (const id of idsOf(second.ready)) expect((BigInt(id) >> 22n) % 2n).toBe(1n);
    await request(sandbox, 'PUT', `/applications/${applicationId}/commands`, [
      { name: 'hi', description: 'd' },
    ]);
    const dm = await driver.dm('Mia Tanaka');
    await driver.interact({ kind: 'command', as: dm.userId, channelId: dm.channelId, command: 'hi' });
    expect((await first.gateway.event('INTERACTION_CREATE')).d.channel_id).toBe(dm.channelId);
    first.gateway.close();
    second.gateway.close();
  });
});

describe('a bot that is gone', () => {
  test('has a session that can be resumed: what is sent to it fails after three seconds', async () => {
    const { gateway } = await identify(sandbox);
    const { applicationId } = await driver.state();
    await request(sandbox, 'PUT', `/applications/${applicationId}/commands`, [
      { name: 'hi', description: 'd' },
    ]);
    gateway.close(4000);
    await gateway.closed;
    const mia = await driver.as('Mia Tanaka', 'Deep Learning Reading Group/general');
    const act = { kind: 'command', as: mia.userId, channelId: mia.channelId, command: 'hi' } as const;
    const { id, status } = await driver.interact(act);
    expect(status).toBe('sent');
    await driver.advanceClock(3000);
    expect(await driver.interaction(id)).toMatchObject({ status: 'failed', failure: 'timeout' });
  });

  test('leaves nothing behind for one that shards in another way', async () => {
    const before = await identify(sandbox);
    before.gateway.close(4000);
    await before.gateway.closed;
    const { gateway: next, ready } = await identify(sandbox, { shard: [0, 2] });
    const old = connect(sandbox);
    await hello(old);
    old.send(6, { token: sandbox.token, session_id: before.ready.session_id, seq: 1 });
    expect((await invalidSession(old)).d).toBe(false);
    expect((await driver.state()).gateway.shards.map((shard) => shard.sessionId)).toEqual([ready.session_id]);
    next.close();
    old.close();
  });
});

describe('a discord.js client', () => {
  test('sees the guilds, and what changes in them', async () => {
    const client = await login(sandbox);
    expect(client.guilds.cache.map((guild) => [guild.name, guild.preferredLocale])).toEqual([
      ['炼丹学习社', 'zh-CN'],
      ['Deep Learning Reading Group', 'en-US'],
    ]);
    const next = <Value>(event: string) =>
      new Promise<Value>((resolve) => {
        client.once(event, resolve);
      });
    const joined = next<{ name: string }>(Events.GuildCreate);
    const [guild] = await driver.addGuilds({ name: 'New', locale: 'en-US', channels: [{ name: 'quiz' }] });
    expect((await joined).name).toBe('New');
    const made = next<{ name: string }>(Events.ChannelCreate);
    const channel = await driver.addChannel(guild!.id, { name: 'more' });
    expect((await made).name).toBe('more');
    const gone = next<{ id: string }>(Events.ChannelDelete);
    await driver.remove(`channels/${channel.id}`);
    expect((await gone).id).toBe(channel.id);
    const left = next<{ id: string }>(Events.GuildDelete);
    await driver.remove(`guilds/${guild!.id}`);
    expect((await left).id).toBe(guild!.id);
    await client.destroy();
  });

  test.each(['reconnect', 'drop'] as const)('resumes after %s, and misses nothing', async (action) => {
    const client = await login(sandbox);
    const resumed = new Promise((resolve) => {
      client.once(Events.ShardResume, resolve);
    });
    const renamed = new Promise((resolve) => {
      client.once(Events.GuildUpdate, (_, guild) => resolve(guild.name));
    });
    await driver.disturbGateway({ action });
    await rename('Meanwhile');
    await resumed;
    expect(await renamed).toBe('Meanwhile');
    await client.destroy();
  });

  test('resumes when the session is invalid but can be resumed', async () => {
    const client = await login(sandbox);
    const resumed = new Promise((resolve) => {
      client.once(Events.ShardResume, resolve);
    });
    await driver.disturbGateway({ action: 'invalid-session', resumable: true });
    await resumed;
    expect((await driver.state()).gateway.shards).toHaveLength(1);
    await client.destroy();
  });

  test('identifies again when the session is lost', async () => {
    const client = await login(sandbox);
    const [before] = (await driver.state()).gateway.shards;
    const ready = new Promise((resolve) => {
      client.once(Events.ShardReady, resolve);
    });
    await driver.disturbGateway({ action: 'invalid-session', resumable: false });
    await ready;
    const [after] = (await driver.state()).gateway.shards;
    expect(after!.sessionId).not.toBe(before!.sessionId);
    await client.destroy();
  });

  test('comes back when the gateway has been away', async () => {
    const client = await login(sandbox);
    const back = new Promise((resolve) => {
      client.once(Events.ShardResume, resolve);
      client.once(Events.ShardReady, resolve);
    });
    const away = await driver.disturbGateway({ action: 'away', ms: 200 });
    expect(away).toMatchObject({ shards: [], awayUntil: expect.any(String) });
    await back;
    expect((await driver.state()).gateway.shards).toHaveLength(1);
    await client.destroy();
  });

  test('is refused for good with a wrong token', async () => {
    await expect(login({ ...sandbox, token: 'wrong.token.here' })).rejects.toThrow('token');
  });
});
