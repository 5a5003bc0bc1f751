import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { runGuarded, type Command } from '../../src/cli/command-line.ts';
import { answerDaily, history, practise, start, tick } from '../quiz/history.ts';
import { writeSmallBank } from '../quiz/world.ts';
import { migrations } from '../storage/memory.ts';

export const NOW = new Date('2026-11-24T01:02:03.456Z');

/** An empty folder, removed when the test ends. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'epoch-database-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs a command on `epoch.db` of a folder, from that folder. */
export const run = (command: Command, folder: string, ...args: readonly string[]) =>
  runWith(migrations, command, folder, ...args);

/** The same of an Epoch with other migrations. */
export async function runWith(
  migrations: string,
  command: Command,
  folder: string,
  ...args: readonly string[]
) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    cwd: folder,
    print: (text: string) => void out.push(text),
    complain: (text: string) => void err.push(text),
    interrupted: async () => {},
  };
  const place = { database: join(folder, 'epoch.db'), migrations };
  const code = await runGuarded(terminal, () => command(args, place, terminal, NOW));
  return { code, out, err };
}

/** The migrations of an Epoch to come: those of this one, and another. */
export function laterMigrations(): string {
  const folder = emptyFolder();
  cpSync(migrations, folder, { recursive: true });
  writeFileSync(join(folder, '20991231000000_later.sql'), 'CREATE TABLE later (id TEXT PRIMARY KEY);');
  return folder;
}

/** Writes a database in which a learner has answered one daily and practised `answers` times. */
export async function writeDatabase(path: string, answers = 3): Promise<void> {
  const world = await start();
  await tick(world);
  await answerDaily(world, '1');
  for (let count = 0; count < answers; count += 1) await practise(world, '1');
  await sql`VACUUM INTO ${path}`.execute(world.epoch.db);
}

/** Writes a database with four weeks of everything in it. */
export async function writeHistory(path: string): Promise<void> {
  const { epoch } = await history();
  await sql`VACUUM INTO ${path}`.execute(epoch.db);
}

/** Opens a database as any program might, for one piece of work. */
export function onDatabase<T>(path: string, work: (sqlite: Database.Database) => T): T {
  const sqlite = new Database(path);
  try {
    return work(sqlite);
  } finally {
    sqlite.close();
  }
}

export const attemptIds = (path: string): string[] =>
  onDatabase(
    path,
    (sqlite) => sqlite.prepare('SELECT id FROM attempt ORDER BY id').pluck().all() as string[],
  );

export const filesIn = (folder: string): string[] => readdirSync(folder).toSorted();

export interface Writer {
  /** The ids of the answers that were acknowledged so far. */
  readonly acknowledged: readonly string[];
  /** Resolves when so many more have been acknowledged. */
  more(count: number): Promise<void>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
}

/** A process of its own in which learners keep answering, on `epoch.db` of a folder. */
export async function startWriter(folder: string): Promise<Writer> {
  const questions = join(folder, 'questions');
  mkdirSync(questions);
  writeSmallBank(questions);
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('./writer.ts', import.meta.url)), join(folder, 'epoch.db'), questions, migrations],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const acknowledged: string[] = [];
  const lines = createInterface({ input: child.stdout! });
  lines.on('line', (id) => acknowledged.push(id));
  return {
    acknowledged,
    async more(count) {
      const wanted = acknowledged.length + count;
      while (acknowledged.length < wanted) await Promise.race([once(lines, 'line'), ended(exited)]);
    },
    kill,
  };
}

async function ended(exited: Promise<unknown>): Promise<never> {
  await exited;
  throw new Error('the writer ended');
}
