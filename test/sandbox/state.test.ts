import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { createDriver } from './driver.ts';
import { identify, multipart, request } from './raw-bot.ts';

let folder: string;
let sandbox: Sandbox;

const start = async () => {
  sandbox = await startSandbox({ port: 0, state: join(folder, 'sandbox.db') });
  return createDriver(sandbox.url);
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const CHANNEL = 'Deep Learning Reading Group/general';

describe('a state file', () => {
  test('keeps messages with their files, and what was deleted stays deleted', async () => {
    const mia = await (await start()).as('Mia Tanaka', CHANNEL);
    const path = `/channels/${mia.channelId}/messages`;
    const form = multipart(
      { flags: 1 << 15, components: [{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }] },
      { 'a.png': 'picture' },
    );
    const kept = (await request(sandbox, 'POST', path, form)).body;
    const edited = (await request(sandbox, 'POST', path, { content: 'x' })).body;
    await request(sandbox, 'PATCH', `${path}/${edited.id}`, { content: 'y' });
    const gone = (await request(sandbox, 'POST', path, multipart({ content: 'z' }, { 'b.txt': 'B' }))).body;
    await request(sandbox, 'DELETE', `${path}/${gone.id}`);
    await sandbox.close();

    const again = await (await start()).as('Mia Tanaka', CHANNEL);
    const messages = await again.messages();
    expect(messages.map((message) => message.id)).toEqual([kept.id, edited.id]);
    expect(messages[1]!.content).toBe('y');
    const { pathname } = new URL(kept.attachments[0].url);
    expect(await (await fetch(`${sandbox.url}${pathname}`)).text()).toBe('picture');
    const missing = new URL(gone.attachments[0].url).pathname;
    expect((await fetch(`${sandbox.url}${missing}`)).status).toBe(404);
  });

  test('points a picture at where the sandbox is now', async () => {
    const mia = await (await start()).as('Mia Tanaka', CHANNEL);
    const form = multipart({ content: 'x' }, { 'a.png': 'picture' });
    await request(sandbox, 'POST', `/channels/${mia.channelId}/messages`, form);
    await sandbox.close();
    const again = await (await start()).as('Mia Tanaka', CHANNEL);
    const [message] = await again.messages();
    expect(await (await fetch(message!.attachments[0]!.url)).text()).toBe('picture');
  });

  test('keeps guilds, members, commands, direct messages and the clock', async () => {
    const driver = await start();
    const [guild] = await driver.addGuilds({ name: 'New', locale: 'zh-CN' });
    await driver.addMember(guild!.id, { name: 'Newcomer', locale: 'en-US' });
    const { applicationId } = await driver.state();
    await request(sandbox, 'PUT', `/applications/${applicationId}/commands`, [
      { name: 'hi', description: 'd' },
    ]);
    const dm = await driver.dm('Newcomer');
    await driver.advanceClock(86_400_000);
    const before = await driver.state();
    await sandbox.close();

    const after = await (await start()).state();
    expect(after.guilds).toEqual(before.guilds);
    expect(after.users).toEqual(before.users);
    expect(after.commands).toEqual(before.commands);
    expect(after.dms.map((channel) => channel.id)).toEqual([dm.channelId]);
    expect(after.clock.offsetMs).toBe(86_400_000);
  });

  test('of another version is refused untouched', async () => {
    await start();
    await sandbox.close();
    const path = join(folder, 'sandbox.db');
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    await expect(start()).rejects.toThrow('written by another version');
  });

  test('forgets ephemeral messages, as Discord does', async () => {
    const driver = await start();
    const { applicationId } = await driver.state();
    await request(sandbox, 'PUT', `/applications/${applicationId}/commands`, [
      { name: 'hi', description: 'd' },
    ]);
    const { gateway } = await identify(sandbox);
    const mia = await driver.as('Mia Tanaka', CHANNEL);
    const reply = mia.slash('hi');
    const { id, token } = (await gateway.event('INTERACTION_CREATE')).d;
    await request(sandbox, 'POST', `/interactions/${id}/${token}/callback`, {
      type: 4,
      data: { content: 'Secret', flags: 64 },
    });
    expect((await reply).message?.content).toBe('Secret');
    gateway.close();
    await sandbox.close();
    expect(await (await (await start()).as('Mia Tanaka', CHANNEL)).messages()).toEqual([]);
  });
});
