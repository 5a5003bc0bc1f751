import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { OperatorChannel, OperatorGuild, OperatorState } from '../../src/sandbox/operator-api.ts';
import { createDriver, type Driver } from './driver.ts';
import { multipart, request } from './raw-bot.ts';
import { expectSpecified } from './specification.ts';

let sandbox: Sandbox;
let driver: Driver;
let state: OperatorState;
let guild: OperatorGuild;
let general: OperatorChannel;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0 });
  driver = createDriver(sandbox.url);
  state = await driver.state();
  guild = state.guilds[1]!;
  general = guild.channels.find((channel) => channel.name === 'general')!;
});
afterEach(() => sandbox.close());

const get = (path: string) => request(sandbox, 'GET', path);
const post = (channelId: string, body: unknown) =>
  request(sandbox, 'POST', `/channels/${channelId}/messages`, body);

describe('what can be read', () => {
  test.each<[string, string, () => string]>([
    ['the bot', 'UserPIIResponse', () => '/users/@me'],
    ['a user', 'UserResponse', () => `/users/${guild.ownerId}`],
    ['the application', 'PrivateApplicationResponse', () => '/applications/@me'],
    ['a guild', 'GuildWithCountsResponse', () => `/guilds/${guild.id}`],
    ['a channel', 'GuildChannelResponse', () => `/channels/${general.id}`],
    ['a member', 'GuildMemberResponse', () => `/guilds/${guild.id}/members/${guild.ownerId}`],
    ['a role', 'GuildRoleResponse', () => `/guilds/${guild.id}/roles/${guild.roles[1]!.id}`],
  ])('%s is as the specification has it', async (_, name, path) => {
    const { status, body } = await get(path());
    expect(status).toBe(200);
    expectSpecified(name, body);
  });

  test('the gateway is as the specification has it, but for its scheme', async () => {
    const { body } = await get('/gateway/bot');
    expect(body.url).toMatch(/^ws:/);
    expectSpecified('GatewayBotResponse', { ...body, url: body.url.replace('ws:', 'http:') });
  });

  test('lists of channels and roles', async () => {
    for (const channel of (await get(`/guilds/${guild.id}/channels`)).body)
      expectSpecified('GuildChannelResponse', channel);
    const roles = (await get(`/guilds/${guild.id}/roles`)).body;
    for (const role of roles) expectSpecified('GuildRoleResponse', role);
    for (const own of (await get('/users/@me/guilds')).body) expectSpecified('MyGuildResponse', own);
    expect(roles.map((role: { name: string }) => role.name)).toContain('Daily quiz');
  });

  test('without a version as well, but not with another', async () => {
    const authorization = `Bot ${sandbox.token}`;
    expect((await fetch(`${sandbox.api}/users/@me`, { headers: { authorization } })).status).toBe(200);
    expect((await fetch(`${sandbox.api}/v9/users/@me`, { headers: { authorization } })).status).toBe(404);
  });
});

describe('what is refused', () => {
  test.each<[string, number, number, () => Promise<{ status: number; body: { code: number } }>]>([
    ['no token', 401, 0, () => request(sandbox, 'GET', '/users/@me', undefined, { authorization: '' })],
    ['a route that does not exist', 404, 0, () => get('/nowhere')],
    ['a method that does not exist', 405, 0, () => request(sandbox, 'PUT', '/gateway/bot', {})],
    ['an unknown channel', 404, 10_003, () => get('/channels/123456789012345678')],
    ['an unknown guild', 404, 10_004, () => get('/guilds/123456789012345678')],
    ['an unknown member', 404, 10_007, () => get(`/guilds/${guild.id}/members/123456789012345678`)],
    ['an unknown message', 404, 10_008, () => get(`/channels/${general.id}/messages/123456789012345678`)],
    ['an unknown role', 404, 10_011, () => get(`/guilds/${guild.id}/roles/123456789012345678`)],
    ['an unknown user', 404, 10_013, () => get('/users/123456789012345678')],
    ['a list of members', 403, 50_001, () => get(`/guilds/${guild.id}/members?limit=10`)],
  ])('%s: %d, code %d', async (_, status, code, act) => {
    expect(await act()).toMatchObject({ status, body: { code } });
  });
});

const components = (...names: string[]) => [
  { type: 12, items: names.map((name) => ({ media: { url: `attachment://${name}` } })) },
];

describe('messages', () => {
  test('are posted, read, listed newest first, edited and deleted', async () => {
    const ids: string[] = [];
    for (const content of ['a', 'b', 'c']) ids.push((await post(general.id, { content })).body.id);
    const path = `/channels/${general.id}/messages`;
    const listed = async (query: string) =>
      (await get(`${path}?${query}`)).body.map((message: { content: string }) => message.content);
    expect(await listed('limit=2')).toEqual(['c', 'b']);
    expect(await listed(`before=${ids[1]}`)).toEqual(['a']);
    expect(await listed(`after=${ids[0]}`)).toEqual(['c', 'b']);
    expect(await listed(`around=${ids[1]}&limit=3`)).toEqual(['c', 'b', 'a']);
    expect((await get(`${path}?limit=101`)).status).toBe(400);
    const edited = await request(sandbox, 'PATCH', `${path}/${ids[0]}`, { content: 'A' });
    expectSpecified('MessageResponse', edited.body);
    expect(edited.body).toMatchObject({ content: 'A', edited_timestamp: expect.any(String) });
    expect((await request(sandbox, 'DELETE', `${path}/${ids[0]}`)).status).toBe(204);
    expect((await get(`${path}/${ids[0]}`)).body.code).toBe(10_008);
  });

  test('with the same nonce are one message, for some minutes', async () => {
    const body = { content: 'x', nonce: 'daily-1', enforce_nonce: true };
    const first = (await post(general.id, body)).body;
    expect((await post(general.id, { ...body, content: 'y' })).body).toEqual(first);
    expect((await post(general.id, { content: 'x', nonce: 'daily-1' })).body.id).not.toBe(first.id);
    await driver.advanceClock(10 * 60_000);
    expect((await post(general.id, body)).body.id).not.toBe(first.id);
  });

  test('ping only whom they may', async () => {
    const role = guild.roles.find((entry) => entry.name === 'Daily quiz')!;
    const moderator = guild.roles.find((entry) => entry.name === 'Moderator')!;
    const content = `<@&${role.id}> <@&${moderator.id}> <@${guild.ownerId}> @everyone`;
    const pings = async (allowed?: object) => {
      const { body } = await post(general.id, { content, ...(allowed ? { allowed_mentions: allowed } : {}) });
      return [body.mention_roles, body.mentions.length, body.mention_everyone];
    };
    expect(await pings()).toEqual([[role.id, moderator.id], 1, true]);
    expect(await pings({ parse: [] })).toEqual([[], 0, false]);
    expect(await pings({ roles: [role.id] })).toEqual([[role.id], 0, false]);
    expect(await pings({ parse: ['users'] })).toEqual([[], 1, false]);
  });

  test('keep the files that an edit lists, and drop the others', async () => {
    const flags = 1 << 15;
    const form = multipart(
      { flags, components: components('a.png', 'b.png') },
      { 'a.png': 'A', 'b.png': 'B' },
    );
    const { body } = await post(general.id, form);
    expectSpecified('MessageResponse', body);
    const [first, second] = body.attachments;
    const edit = multipart(
      { components: components('b.png', 'c.png'), attachments: [{ id: second.id }] },
      { 'c.png': 'C' },
    );
    const edited = (await request(sandbox, 'PATCH', `/channels/${general.id}/messages/${body.id}`, edit))
      .body;
    expect(edited.attachments.map((file: { filename: string }) => file.filename)).toEqual(['b.png', 'c.png']);
    expect(edited.components[0].items[0].media.attachment_id).toBe(second.id);
    expect((await fetch(first.url)).status).toBe(404);
    expect(await (await fetch(second.url)).text()).toBe('B');
  });

  test('of others cannot be edited, and are deleted only with permission', async () => {
    const mia = await driver.as('Mia Tanaka', general.id);
    const { id } = await mia.say('Hello');
    const path = `/channels/${general.id}/messages/${id}`;
    expect((await request(sandbox, 'PATCH', path, { content: 'x' })).body.code).toBe(50_005);
    expect((await request(sandbox, 'DELETE', path)).body.code).toBe(50_013);
  });

  test('are kept, the last 200 of a channel', async () => {
    for (let i = 0; i < 205; i++) await post(general.id, { content: `${i}` });
    const { body } = await get(`/channels/${general.id}/messages?limit=100`);
    expect(body[0].content).toBe('204');
    const mia = await driver.as('Mia Tanaka', general.id);
    expect(await mia.messages()).toHaveLength(200);
  });
});

const deny = (channel: OperatorChannel, bits: bigint) =>
  driver.patch(`channels/${channel.id}`, {
    overwrites: [{ id: state.bot.id, type: 1, allow: '0', deny: bits.toString() }],
  });

describe('permissions', () => {
  test('a channel the bot may not write in', async () => {
    const closed = guild.channels.find((channel) => channel.name === 'announcements')!;
    expect(closed.writers).not.toContain(state.bot.id);
    expect(await post(closed.id, { content: 'x' })).toMatchObject({ status: 403, body: { code: 50_013 } });
  });

  test('a channel the bot does not see', async () => {
    await deny(general, 1n << 10n);
    expect(await post(general.id, { content: 'x' })).toMatchObject({ status: 403, body: { code: 50_001 } });
  });

  test('files where they may not be attached', async () => {
    await deny(general, 1n << 15n);
    const form = multipart({ content: 'x' }, { 'a.txt': 'A' });
    expect((await post(general.id, form)).body.code).toBe(50_013);
    expect((await post(general.id, { content: 'x' })).status).toBe(200);
  });

  test('history that may not be read', async () => {
    const { id } = (await post(general.id, { content: 'x' })).body;
    await deny(general, 1n << 16n);
    expect((await get(`/channels/${general.id}/messages`)).body).toEqual([]);
    expect((await get(`/channels/${general.id}/messages/${id}`)).body.code).toBe(50_013);
  });

  test('a guild that removed the bot', async () => {
    await driver.remove(`guilds/${guild.id}`);
    expect((await post(general.id, { content: 'x' })).body.code).toBe(50_001);
    expect((await get(`/guilds/${guild.id}`)).body.code).toBe(10_004);
  });

  test('roles are overruled by roles of the channel, and both by the member', async () => {
    const [everyone, , moderator] = guild.roles;
    const send = (1n << 11n).toString();
    const writers = async (overwrites: OperatorChannel['overwrites']) => {
      const channel = await driver.patch<OperatorChannel>(`channels/${general.id}`, { overwrites });
      return channel.writers.map((id) => state.users.find((user) => user.id === id)!.name).toSorted();
    };
    const shut = { id: everyone!.id, type: 0 as const, allow: '0', deny: send };
    const lukas = state.users.find((user) => user.name === 'Lukas Weber')!;
    const open = (id: string, type: 0 | 1) => ({ id, type, allow: send, deny: '0' });
    expect(await writers([shut])).toEqual(['Mia Tanaka']);
    expect(await writers([shut, open(moderator!.id, 0)])).toEqual(['Daniel Okafor', 'Mia Tanaka']);
    expect(await writers([shut, open(lukas.id, 1)])).toEqual(['Lukas Weber', 'Mia Tanaka']);
  });
});

const open = (userId: string) => request(sandbox, 'POST', '/users/@me/channels', { recipient_id: userId });

describe('direct messages', () => {
  test('are opened once, and reach the user', async () => {
    const { body } = await open(guild.ownerId);
    expectSpecified('PrivateChannelResponse', body);
    expect((await open(guild.ownerId)).body.id).toBe(body.id);
    await post(body.id, { content: 'Hello' });
    const dm = await driver.dm('Mia Tanaka');
    expect((await dm.messages()).map((message) => message.content)).toEqual(['Hello']);
  });

  test('are refused by users who take none', async () => {
    await driver.patch(`users/${guild.ownerId}`, { acceptsDms: false });
    const { body } = await open(guild.ownerId);
    expect(await post(body.id, { content: 'x' })).toMatchObject({ status: 403, body: { code: 50_007 } });
  });

  test('with oneself or nobody are refused', async () => {
    expect((await open(state.bot.id)).body.code).toBe(50_007);
    expect((await open('123456789012345678')).body.code).toBe(10_013);
  });
});
