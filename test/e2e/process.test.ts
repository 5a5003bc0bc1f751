import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buttonsOf, createDriver, textOf } from '../sandbox/driver.ts';
import { root, startProcess, type Run } from './process.ts';

let folder = '';
let running: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epoch-process-'));
  running = [];
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts Epoch with its sandbox, on a database in the test's folder. */
function start(env: Record<string, string> = {}): Run {
  const run = startProcess(folder, {
    DATABASE_URL: `file:${join(folder, 'data/epoch.db')}`,
    SANDBOX_PORT: '0',
    ...env,
  });
  running.push(run.child);
  return run;
}

/** The address of the sandbox, once it is ready. */
const addressOf = async ({ ready }: Run): Promise<string> => /open (http\S+)/.exec(await ready)![1]!;

const free = async (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer()
      .once('error', () => done(false))
      .listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });

describe('npm start', () => {
  test(
    'serves until Ctrl-C, lets go of everything, and finds yesterday’s data',
    { timeout: 60_000 },
    async () => {
      const first = start();
      const url = await addressOf(first);
      const learner = await createDriver(url).as('林晓', '炼丹学习社/每日一题');
      const post = (await learner.messages()).at(-1)!;
      const question = (await learner.press(post, '作答')).message!;
      first.child.kill('SIGINT');
      expect((await first.ended).code).toBe(0);
      expect(await free(Number(new URL(url).port))).toBe(true);

      const second = start();
      const again = await createDriver(await addressOf(second)).as('林晓', '炼丹学习社/每日一题');
      const posts = (await again.messages()).filter((message) =>
        buttonsOf(message).some(({ label }) => label === '作答'),
      );
      expect(posts).toHaveLength(1);
      expect(textOf((await again.press(posts[0]!, '作答')).message!)).toBe(textOf(question));
      second.child.kill('SIGTERM');
      expect((await second.ended).code).toBe(0);
    },
  );

  test(
    'a second copy on the same database is refused, and the first goes on',
    { timeout: 60_000 },
    async () => {
      const first = start();
      const url = await addressOf(first);
      const second = await start().ended;
      expect(second).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^Another Epoch is running on .*: stop it first\.\n$/),
      });
      expect((await createDriver(url).state()).gateway.shards).toHaveLength(1);
      first.child.kill('SIGTERM');
      expect((await first.ended).code).toBe(0);
    },
  );

  test('a taken port gets one sentence', { timeout: 60_000 }, async () => {
    const server = createServer();
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening);
    });
    const { port } = server.address() as { port: number };
    const { code, err } = await start({ SANDBOX_PORT: String(port) }).ended;
    server.close();
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      `Port ${port} is taken: stop what listens there, or set SANDBOX_PORT to another port.`,
    ]);
  });

  test('a wrong setting gets one sentence', async () => {
    const { code, err } = await start({ SANDBOX_PORT: 'many' }).ended;
    expect({ code, err }).toEqual({
      code: 1,
      err: 'SANDBOX_PORT: read "many", want a port from 0 (any free one) to 65535.\n',
    });
  });

  test('a broken question file gets one sentence that names the place', { timeout: 60_000 }, async () => {
    const questions = join(folder, 'questions');
    mkdirSync(questions);
    cpSync(resolve(root, 'questions/batchnorm-train-vs-inference'), join(questions, 'batchnorm'), {
      recursive: true,
    });
    writeFileSync(join(questions, 'batchnorm/broken.yaml'), 'kind: choice\nlevel: 9\n');
    const { code, err } = await start({ QUESTIONS_DIR: questions }).ended;
    expect(code).toBe(1);
    expect(err).toMatch(
      /^questions\/batchnorm\/broken\.yaml:\d+ \S+: .*"npm run bank -- check" lists everything\.\n$/,
    );
  });

  test('a refused token gets one sentence', { timeout: 60_000 }, async () => {
    const first = start();
    const url = await addressOf(first);
    const { code, err } = await start({
      DATABASE_URL: `file:${join(folder, 'other.db')}`,
      DISCORD_TOKEN: 'wrong',
      DISCORD_API_URL: `${url}/api`,
    }).ended;
    expect({ code, err }).toEqual({
      code: 1,
      err: 'DISCORD_TOKEN: Discord refused this token; copy it anew from the developer portal.\n',
    });
    first.child.kill('SIGTERM');
    await first.ended;
  });
});

describe('an old Node', () => {
  test('is told what it needs, by the entry that it can still read', async () => {
    const script = `Object.defineProperty(process.versions, 'node', { value: '20.1.0' }); await import(${JSON.stringify(resolve(root, 'src/start.js'))});`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const code = await new Promise((done) => {
      child.once('close', done);
    });
    expect(code).toBe(1);
    expect(err).toMatch(/^Epoch needs Node 22\.18 or newer, and this is 20\.1\.0: .*\n$/);
  });
});
