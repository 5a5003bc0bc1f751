import { chmodSync, closeSync, openSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, type TestContext } from 'vitest';
import {
  canLimit,
  canMount,
  fillDisk,
  freeDisk,
  limitFiles,
  mountDisk,
  remountReadOnly,
  unmount,
} from './load/disk.ts';
import { startLoad, stop, type Load } from './load/load.ts';
import { SEED } from './load/random.ts';
import { verify } from './load/verify.ts';
import type { Run } from './process.ts';

const TIMEOUT = 60_000;

let load: Load;
let data = '';
/** What is to be let go of before the folder can be removed. */
let undo: (() => void)[] = [];

beforeEach(async () => {
  load = await startLoad({ servers: 3, learners: 20, seed: SEED });
  data = join(load.folder, 'data');
  undo = [];
});
afterEach(async () => {
  for (const step of undo.toReversed()) step();
  await load.close();
});

function needsMount({ skip }: TestContext): void {
  if (!canMount()) skip('needs a small disk of its own: Linux, root, and leave to mount');
  mountDisk(data, 16);
  undo.push(() => unmount(data));
}

function needsLimit({ skip }: TestContext): void {
  if (!canLimit()) skip('needs prlimit: Linux with util-linux');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Waits for the health check to answer with a status, and returns what it said. */
async function healthOf(port: number, status: number): Promise<string> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`);
    const text = await response.text();
    if (response.status === status) return text;
    await wait(20);
  }
}

async function whileLearning(work: () => Promise<void>): Promise<void> {
  const stopLearning = load.learn();
  await work();
  await stopLearning();
}

async function answers(count: number): Promise<void> {
  const wanted = load.screen.verdicts.size + count;
  await load.screen.until(() => load.screen.verdicts.size >= wanted);
}

interface Trouble {
  readonly begin: (run: Run) => void;
  readonly end: (run: Run) => void;
}

/** What came of a trouble, as the health check, the log and the database tell it. */
interface Story {
  /** Of the health check before, during and after. */
  readonly health: readonly string[];
  /** Warnings and errors in the log. */
  readonly complaints: readonly string[];
  readonly recoveries: number;
  readonly code: number | null;
  readonly wrong: readonly string[];
}

/** The trouble was told of once, with its advice; everything went on after it, and nothing is lost. */
const wellWith = (advice: string): Story => ({
  health: ['ok\n', `the database takes no writes: ${advice}\n`, 'ok\n'],
  complaints: [
    `the database takes no writes, and learners are told so: ${advice}; Epoch then goes on by itself`,
  ],
  recoveries: 1,
  code: 0,
  wrong: [],
});

/** Learners answer and a daily comes due while the database takes no writes; then it takes them again. */
async function goThrough({ begin, end }: Trouble): Promise<Story> {
  const port = await freePort();
  const run = load.start({ METRICS_PORT: String(port) });
  await run.ready;
  await load.setUp();
  await load.nextNoon();
  await load.posted();
  await whileLearning(() => answers(20));
  const before = await healthOf(port, 200);

  begin(run);
  // Nobody is in the middle of something when the clock jumps: Discord would no longer know of it.
  await load.nextNoon();
  await whileLearning(() => load.screen.until(() => load.screen.notSaved >= 40));
  const during = await healthOf(port, 503);

  end(run);
  await whileLearning(() => answers(20));
  await load.posted();
  const after = await healthOf(port, 200);
  const { code, err } = await stop(run);
  return {
    health: [before, during, after],
    complaints: complaintsIn(err),
    recoveries: err.split('the database takes writes again').length - 1,
    code,
    wrong: await verify(load),
  };
}

const complaintsIn = (log: string): string[] =>
  log
    .split('\n')
    .filter((line) => /"level":[456]0/.test(line))
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

/** The one sentence of a start that cannot use the database. */
const sentence = (advice: string) =>
  expect.stringMatching(
    new RegExp(`^The database \\S+ cannot be used because ${advice}, and start Epoch again\\.\n$`),
  );

/** Permissions do not bind root, who can make a disk read-only instead. */
const isRoot = process.getuid?.() === 0;
const makeReadOnly = (folder: string) => {
  if (isRoot) remountReadOnly(folder);
  else chmodSync(folder, 0o555);
};

describe(`while Epoch runs (SEED=${SEED})`, () => {
  test('the disk is full for a while', { timeout: TIMEOUT }, async (context) => {
    needsMount(context);
    const story = await goThrough({ begin: () => fillDisk(data), end: () => freeDisk(data) });
    expect(story).toEqual(wellWith('the disk is full: free some space'));
  });

  test('the disk refuses to write for a while', { timeout: TIMEOUT }, async (context) => {
    needsLimit(context);
    const story = await goThrough({
      begin: ({ child }) => limitFiles(child.pid!, 1),
      end: ({ child }) => limitFiles(child.pid!, 'unlimited'),
    });
    expect(story).toEqual(
      wellWith('the disk refuses to write: look at its quota, its limits and the log of the system'),
    );
  });

  test('another program holds the database for a while', { timeout: TIMEOUT }, async () => {
    let other: Database.Database;
    const story = await goThrough({
      begin: () => {
        other = new Database(join(data, 'epoch.db'));
        other.exec('BEGIN IMMEDIATE');
      },
      end: () => other.close(),
    });
    expect(story).toEqual(
      wellWith('another program holds it, such as a backup or a sqlite3 shell: end that'),
    );
  });

  test('the disk is full when it is stopped', { timeout: TIMEOUT }, async (context) => {
    needsLimit(context);
    const run = load.start();
    await run.ready;
    await load.setUp();
    const stopLearning = load.learn();
    await answers(20);
    limitFiles(run.child.pid!, 1);
    const { code } = await stop(run);
    await stopLearning();
    expect({ code, wrong: await verify(load) }).toEqual({ code: 0, wrong: [] });
  });

  test('its log cannot be written', { timeout: TIMEOUT }, async ({ skip }) => {
    if (process.platform !== 'linux') skip('needs /dev/full: Linux');
    const full = openSync('/dev/full', 'w');
    undo.push(() => closeSync(full));
    const run = load.start({ LOG_LEVEL: 'debug' }, { stderr: full });
    await run.ready;
    await load.setUp();
    const stopLearning = load.learn();
    await answers(10);
    await stopLearning();
    expect(await stop(run)).toMatchObject({ code: 0 });
    expect(await verify(load)).toEqual([]);
  });
});

describe('a start', () => {
  test('on a full disk gets one sentence', async (context) => {
    needsMount(context);
    fillDisk(data);
    const { code, err } = await load.start().ended;
    expect({ code, err }).toEqual({ code: 1, err: sentence('the disk is full: free some space') });
  });

  test('where no file may grow gets one sentence', async (context) => {
    needsLimit(context);
    const { code, err } = await load.start({}, { through: ['prlimit', '--fsize=1:'] }).ended;
    expect({ code, err }).toEqual({ code: 1, err: sentence('the disk .*') });
  });

  test('on a read-only folder gets one sentence', async (context) => {
    if (isRoot) needsMount(context);
    await stopped(load.start());
    makeReadOnly(data);
    if (!isRoot) undo.push(() => chmodSync(data, 0o755));
    const { code, err } = await load.start().ended;
    expect({ code, err }).toEqual({ code: 1, err: sentence('it cannot be written: make .*') });
  });
});

async function stopped(run: Run): Promise<void> {
  await run.ready;
  await stop(run);
}
