import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyWorld, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { ClockState } from '../../src/sandbox/operator-api.ts';
import { createDriver, openEvents, type Driver } from './driver.ts';
import { identify, request } from './raw-bot.ts';

let sandbox: Sandbox;
let driver: Driver;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  driver = createDriver(sandbox.url);
});
afterAll(() => sandbox.close());

describe('the demo world', () => {
  test('has two guilds in two languages, with an owner each, and one member in both', async () => {
    const { guilds, users, bot } = await driver.state();
    expect(guilds.map(({ name, locale, joined }) => [name, locale, joined])).toEqual([
      ['炼丹学习社', 'zh-CN', true],
      ['Deep Learning Reading Group', 'en-US', true],
    ]);
    expect(guilds[0]!.channels.map((channel) => channel.name)).toEqual([
      '每日一题',
      '闲聊',
      '公告',
      '管理组',
    ]);
    const members = guilds.map((guild) => guild.members.map((member) => member.userId));
    const both = members[0]!.filter((id) => members[1]!.includes(id) && id !== bot.id);
    expect(both.map((id) => users.find((user) => user.id === id)!.name)).toEqual(['Priya Nair']);
    for (const { id } of [...users, ...guilds, ...guilds.flatMap((guild) => guild.channels)])
      expect(id).toMatch(/^\d{18,19}$/);
  });

  test('hides a channel of the staff from others', async () => {
    const staff = (await driver.guild('炼丹学习社')).channels.find((channel) => channel.name === '管理组')!;
    const zimo = await driver.as('赵子墨', staff.id);
    expect(staff.viewers).not.toContain(zimo.userId);
    await expect(zimo.messages()).rejects.toThrow('no such channel');
  });

  test('can be another one', async () => {
    const empty = await startSandbox({ port: 0, world: emptyWorld() });
    expect((await createDriver(empty.url).state()).guilds).toEqual([]);
    await empty.close();
  });
});

describe('the clock', () => {
  test('moves forward only, and everybody is told', async () => {
    const { events, close } = await openEvents<{ offsetMs: number }>(sandbox.clockUrl);
    const start = (await events.next()).value as { offsetMs: number };
    const told = driver.nextEvent('clock');
    const state = await driver.advanceClock(60_000);
    expect(state.offsetMs).toBe(start.offsetMs + 60_000);
    expect((await events.next()).value).toEqual({ offsetMs: state.offsetMs });
    close();
    await driver.advanceClock(0);
    expect((await told).clock.offsetMs).toBe(state.offsetMs);
    const later = new Date(Date.parse(state.now) + 3_600_000).toISOString();
    expect((await driver.setClock(later)).now >= later).toBe(true);
    await expect(driver.setClock(state.now)).rejects.toThrow('only moves forward');
    await expect(driver.advanceClock(-1)).rejects.toThrow('advanceMs');
  });

  test('stamps ids and messages', async () => {
    const { now }: ClockState = await driver.advanceClock(86_400_000);
    const mia = await driver.as('Mia Tanaka', 'Deep Learning Reading Group/general');
    const { id, timestamp } = await mia.say('tomorrow');
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(Date.parse(now));
    expect(Number(BigInt(id) >> 22n) + 1_420_070_400_000).toBeGreaterThanOrEqual(Date.parse(now));
  });
});

describe('members', () => {
  test('write where they may, and delete what they may', async () => {
    const general = 'Deep Learning Reading Group/general';
    const lukas = await driver.as('Lukas Weber', general);
    const daniel = await driver.as('Daniel Okafor', general);
    const announcements = await driver.as('Lukas Weber', 'Deep Learning Reading Group/announcements');
    expect(await announcements.say('x')).toMatchObject({ content: 'x' });
    const mine = await lukas.say('mine');
    const theirs = await daniel.say('theirs');
    const remove = (as: string, messageId: string) =>
      fetch(`${sandbox.url}/operator/messages/delete`, {
        method: 'POST',
        body: JSON.stringify({ as, channelId: lukas.channelId, messageId }),
      });
    expect((await remove(lukas.userId, theirs.id)).status).toBe(400);
    const deleted = driver.nextEvent('message-deleted', (event) => event.messageId === mine.id);
    expect((await remove(daniel.userId, mine.id)).status).toBe(200);
    expect((await deleted).channelId).toBe(lukas.channelId);
  });

  test('join, change and leave', async () => {
    const guild = await driver.guild('炼丹学习社');
    const member = await driver.addMember(guild.id, { name: '新人', locale: 'zh-CN' });
    const path = `guilds/${guild.id}/members/${member.userId}`;
    const admin = guild.roles.find((role) => role.name === '管理员')!;
    const changed = await driver.patch<{ permissions: string }>(path, { roles: [admin.id], nick: '小新' });
    expect(BigInt(changed.permissions) & (1n << 5n)).toBe(1n << 5n);
    await driver.remove(path);
    await expect(driver.patch(path, {})).rejects.toThrow('no such member');
    await expect(driver.remove(`guilds/${guild.id}/members/${guild.ownerId}`)).rejects.toThrow('owner');
  });
});

describe('the events', () => {
  test('bear their type as their name, for an EventSource', async () => {
    const controller = new AbortController();
    const response = await fetch(`${sandbox.url}/operator/events`, { signal: controller.signal });
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(': open\n\n');
    await driver.advanceClock(0);
    const text = new TextDecoder().decode((await reader.read()).value);
    expect(text).toMatch(/^event: clock\ndata: {"type":"clock",.*}\n\n$/);
    controller.abort();
  });
});

describe('interactions without a bot', () => {
  test('fail at once', async () => {
    const { applicationId } = await driver.state();
    await request(sandbox, 'PUT', `/applications/${applicationId}/commands`, [
      { name: 'hi', description: 'd' },
    ]);
    const mia = await driver.as('Mia Tanaka', 'Deep Learning Reading Group/general');
    const failed = { status: 'failed', failure: 'no-bot' };
    expect(await mia.slash('hi')).toMatchObject(failed);
    const hi = { kind: 'command', as: mia.userId, channelId: mia.channelId, command: 'hi' } as const;
    const { interactions } = await driver.load({ inFlight: 2, requests: [hi, hi, hi] });
    expect(interactions).toMatchObject([failed, failed, failed]);
  });
});

describe('the inspector', () => {
  test('shows requests with their bodies, and events', async () => {
    const last = (await driver.inspector()).at(-1)?.seq ?? 0;
    const { gateway } = await identify(sandbox);
    await request(sandbox, 'POST', '/channels/123456789012345678/messages', { content: 'x' });
    const mia = await driver.as('Mia Tanaka', 'Deep Learning Reading Group/general');
    await driver.interact({ kind: 'command', as: mia.userId, channelId: mia.channelId, command: 'hi' });
    const records = await driver.inspector(last);
    expect(records.map((record) => record.title)).toEqual([
      'identify',
      'POST /channels/123456789012345678/messages',
      'INTERACTION_CREATE',
    ]);
    expect(records[0]!.received).toMatchObject({ token: '…' });
    expect(records[1]).toMatchObject({ status: 404, sent: { content: 'x' }, received: { code: 10_003 } });
    gateway.close();
  });

  test('keeps the last 500', async () => {
    for (let i = 0; i < 510; i++) await request(sandbox, 'GET', '/gateway');
    expect(await driver.inspector()).toHaveLength(500);
  });
});

const call = (method: string, path: string, body?: unknown) =>
  fetch(`${sandbox.url}/operator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe('what is refused', () => {
  test.each<[string, string, string, unknown, number, RegExp]>([
    ['a route that does not exist', 'GET', 'nowhere', undefined, 404, /no \/operator\/nowhere/],
    ['a method that does not exist', 'POST', 'state', {}, 405, /does not take POST/],
    ['an unknown kind', 'POST', 'interactions', { kind: 'wave' }, 400, /not right/],
    ['an unknown field', 'POST', 'clock', { advanceMs: 1, to: 'tomorrow' }, 400, /not right/],
    ['an unknown fault', 'POST', 'faults', { kind: 'fire' }, 400, /not right/],
    ['an unknown user', 'POST', 'dms', { as: '123456789012345678' }, 404, /no such user/],
    ['an unknown locale', 'POST', 'guilds', { name: 'x', locale: 'xx' }, 400, /not right/],
    ['an unknown fault to remove', 'DELETE', 'faults/99', undefined, 404, /no such fault/],
  ])('%s', async (_, method, path, body, status, error) => {
    const response = await call(method, path, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: expect.stringMatching(error) });
  });

  test('requests that a page from elsewhere makes', async () => {
    const origin = await fetch(`${sandbox.url}/operator/state`, {
      headers: { origin: 'https://example.org' },
    });
    expect(origin.status).toBe(403);
    const { port } = new URL(sandbox.url);
    const status = await new Promise((resolve) => {
      httpRequest(
        { host: '127.0.0.1', port, path: '/operator/state', headers: { host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      ).end();
    });
    expect(status).toBe(403);
  });
});

describe('the page', () => {
  test('is served with a policy, compressed, and only once', async () => {
    const first = await fetch(`${sandbox.url}/`);
    expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(first.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(first.headers.get('content-encoding')).toBe('gzip');
    const etag = first.headers.get('etag')!;
    expect((await fetch(`${sandbox.url}/`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('has its TypeScript without types, and nothing from outside its folder', async () => {
    const script = await fetch(`${sandbox.url}/page/main.ts`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect((await fetch(`${sandbox.url}/page/main.js`)).status).toBe(200);
    for (const path of [
      '/page/../index.ts',
      '/page/%2e%2e/index.ts',
      '/page/lib/zod',
      '/page/tsconfig.json',
      '/package.json',
    ])
      expect((await fetch(`${sandbox.url}${path}`)).status).toBe(404);
  });

  test('has a picture for everybody', async () => {
    const { users } = await driver.state();
    const response = await fetch(`${sandbox.url}${users[0]!.avatarUrl}`);
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect((await fetch(`${sandbox.url}/avatars/1.svg`)).status).toBe(404);
  });
});
