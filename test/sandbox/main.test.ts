/** The sandbox as a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { canLimit, limitFiles } from '../e2e/load/disk.ts';
import { createDriver } from './driver.ts';

const entry = resolve(import.meta.dirname, '../../src/sandbox/main.ts');
const CHANNEL = 'Deep Learning Reading Group/general';
const children: ChildProcess[] = [];
let server: Server | undefined;

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  server?.close();
  server = undefined;
});

const start = (port: string, env: Record<string, string> = {}) => {
  const child = fork(entry, {
    silent: true,
    execArgv: [],
    env: { ...process.env, SANDBOX_PORT: port, ...env },
  });
  children.push(child);
  return child;
};

const firstLine = async (child: ChildProcess) => {
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return JSON.parse(line) as Record<string, unknown>;
};

describe('the process', () => {
  test('says in one line where it is, and ends cleanly on SIGTERM', async () => {
    const child = start('0');
    const ready = await firstLine(child);
    expect(ready).toEqual({
      ready: true,
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      api: `${String(ready['url'])}/api`,
      token: expect.any(String),
      clock: `${String(ready['url'])}/clock`,
    });
    expect((await fetch(`${String(ready['url'])}/operator/state`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('ends when its parent goes away', async () => {
    const child = start('0');
    await firstLine(child);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('outlasts a disk that takes no writes, and keeps what was said meanwhile', async ({ skip }) => {
    if (!canLimit()) skip('needs prlimit: Linux with util-linux');
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const SANDBOX_STATE = join(folder, 'sandbox.db');
    const first = start('0', { SANDBOX_STATE });
    const mia = await createDriver(String((await firstLine(first))['url'])).as('Mia Tanaka', CHANNEL);
    limitFiles(first.pid!, 1);
    const complaint = once(createInterface(first.stderr!), 'line');
    await mia.say('meanwhile');
    expect(String(await complaint)).toMatch(/^The sandbox cannot write .*; it tries again\.$/);
    limitFiles(first.pid!, 'unlimited');
    first.kill('SIGTERM');
    expect(await once(first, 'exit')).toEqual([0, null]);
    const second = start('0', { SANDBOX_STATE });
    const again = await createDriver(String((await firstLine(second))['url'])).as('Mia Tanaka', CHANNEL);
    expect((await again.messages()).map(({ content }) => content)).toEqual(['meanwhile']);
    rmSync(folder, { recursive: true });
  });

  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'a taken port',
      async () => {
        server = createServer();
        await once(server.listen(0, '127.0.0.1'), 'listening');
        return String((server.address() as AddressInfo).port);
      },
      /^Port \d+ is taken: .*SANDBOX_PORT.*\.\n$/,
    ],
    ['a port that is none', async () => 'http', /^SANDBOX_PORT is "http", but .* is wanted\.\n$/],
  ])('ends with one sentence and code 1: %s', async (_, port, sentence) => {
    const child = start(await port());
    const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
    expect(said).toMatch(sentence);
    expect(code).toBe(1);
  });
});
