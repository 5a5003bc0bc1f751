import { Events, type ChatInputCommandInteraction, type Client, type TextChannel } from 'discord.js';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { login } from './client.ts';
import { createDriver, type Actor, type Driver } from './driver.ts';
import { request } from './raw-bot.ts';

let sandbox: Sandbox;
let driver: Driver;
let mia: Actor;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0 });
  driver = createDriver(sandbox.url);
  mia = await driver.as('Mia Tanaka', 'Deep Learning Reading Group/general');
});
afterEach(() => sandbox.close());

const post = (content: string) =>
  request(sandbox, 'POST', `/channels/${mia.channelId}/messages`, { content });
const contents = async () => (await mia.messages()).map((message) => message.content);

describe('requests', () => {
  test('carry rate-limit headers at all times', async () => {
    const { headers } = await post('x');
    expect(headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{32}$/);
    for (const name of ['limit', 'remaining', 'reset', 'reset-after'])
      expect(Number(headers.get(`x-ratelimit-${name}`))).toBeGreaterThan(0);
  });

  test('are limited when asked for, so many times', async () => {
    await driver.addFault({ kind: 'rate-limit', retryAfterMs: 1500, scope: 'global', times: 1 });
    const limited = await post('x');
    expect(limited).toMatchObject({ status: 429, body: { retry_after: 1.5, global: true } });
    expect(limited.headers.get('retry-after')).toBe('2');
    expect(limited.headers.get('x-ratelimit-scope')).toBe('global');
    expect((await post('x')).status).toBe(200);
    expect((await driver.state()).faults).toEqual([]);
  });

  test('fail with a status, on the routes named', async () => {
    await driver.addFault({ kind: 'error', status: 503, route: 'POST /channels/*/messages' });
    expect((await post('x')).status).toBe(503);
    expect((await request(sandbox, 'GET', '/users/@me')).status).toBe(200);
    await driver.clearFaults();
    expect((await post('y')).status).toBe(200);
    expect(await contents()).toEqual(['y']);
  });

  test('are cut off before anything is done', async () => {
    await driver.addFault({ kind: 'drop', times: 1 });
    await expect(post('x')).rejects.toThrow('fetch failed');
    expect(await contents()).toEqual([]);
  });

  test('are carried out and their reply is lost', async () => {
    await driver.addFault({ kind: 'lost-reply', times: 1 });
    await expect(post('x')).rejects.toThrow('fetch failed');
    expect(await contents()).toEqual(['x']);
  });

  test('are slow', async () => {
    await driver.addFault({ kind: 'latency', ms: 60, times: 1 });
    const start = performance.now();
    await post('x');
    expect(performance.now() - start).toBeGreaterThanOrEqual(59);
    const record = (await driver.inspector()).find((entry) => entry.kind === 'request');
    expect(record).toMatchObject({ fault: 'latency', status: 200 });
  });

  test('keep to the limits of Discord when those are in force', async () => {
    await driver.addFault({ kind: 'limits' });
    const replies = [];
    for (let i = 0; i < 6; i++) replies.push(await post(`${i}`));
    expect(replies.map((reply) => reply.headers.get('x-ratelimit-remaining'))).toEqual([
      '4',
      '3',
      '2',
      '1',
      '0',
      '0',
    ]);
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(replies[5]!.body).toMatchObject({ global: false, retry_after: expect.any(Number) });
    // Interactions are not counted.
    const unknown = '/interactions/123456789012345678/token/callback';
    for (let i = 0; i < 60; i++)
      expect((await request(sandbox, 'POST', unknown, { type: 5 })).status).toBe(404);
    const many = await Promise.all(Array.from({ length: 60 }, () => request(sandbox, 'GET', '/users/@me')));
    expect(many.filter((reply) => reply.status === 429).length).toBeGreaterThan(0);
  });
});

test('a bot that ends in the middle of a request is no failure of the sandbox', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => complaints.mockRestore());
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
  const head = `POST /api/v10/channels/${mia.channelId}/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n`;
  await new Promise<void>((sent) => void socket.write(`${head}{"content":`, () => sent()));
  await post('x');
  socket.resetAndDestroy();
  await once(socket, 'close');
  await post('y');
  expect(await contents()).toEqual(['x', 'y']);
  expect(complaints).not.toHaveBeenCalled();
});

const lose = () => driver.addFault({ kind: 'lost-reply', times: 1, route: 'POST /channels/*' });

describe('a discord.js client', () => {
  let client: Client<true>;
  beforeEach(async () => {
    client = await login(sandbox);
  });
  afterEach(() => client.destroy());
  const channel = () => client.channels.cache.get(mia.channelId) as TextChannel;

  test('waits out a rate limit', async () => {
    await driver.addFault({ kind: 'rate-limit', retryAfterMs: 100, times: 1, route: 'POST /channels/*' });
    await channel().send('x');
    expect(await contents()).toEqual(['x']);
  });

  test('tries again after a 502 and after a cut connection', async () => {
    await driver.addFault({ kind: 'error', status: 502, times: 1, route: 'POST /channels/*' });
    await channel().send('a');
    await driver.addFault({ kind: 'drop', times: 1, route: 'POST /channels/*' });
    await channel().send('b');
    expect(await contents()).toEqual(['a', 'b']);
  });

  test('doubles a message whose reply was lost, unless it has a nonce', async () => {
    await lose();
    await channel().send('a');
    await lose();
    await channel().send({ content: 'b', nonce: '1', enforceNonce: true });
    expect(await contents()).toEqual(['a', 'a', 'b']);
  });

  test('cannot answer an interaction whose callback was lost a second time', async () => {
    await client.application.commands.set([{ name: 'hi', description: 'd' }]);
    await driver.addFault({ kind: 'lost-reply', times: 1, route: 'POST /interactions/*' });
    const answered = new Promise<unknown>((resolve) => {
      client.once(Events.InteractionCreate, (interaction) => {
        (interaction as ChatInputCommandInteraction).reply('x').then(resolve, resolve);
      });
    });
    expect(await mia.slash('hi')).toMatchObject({ status: 'replied', message: { content: 'x' } });
    expect(await answered).toMatchObject({ code: 40_060 });
  });
});
