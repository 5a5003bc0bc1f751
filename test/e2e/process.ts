import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const root = resolve(import.meta.dirname, '../..');

export interface Run {
  readonly child: ChildProcess;
  /** The line printed when it is ready. */
  readonly ready: Promise<string>;
  readonly ended: Promise<Ended>;
  /** What it has logged so far. */
  log(): string;
}

export interface Ended {
  readonly code: number | null;
  /** Everything it wrote to standard error. */
  readonly err: string;
}

export interface Way {
  /** An open file for standard error; nothing of it is seen here then. */
  readonly stderr?: number | 'pipe';
  /** A command that runs the rest of its line, such as `prlimit --fsize=1:`. */
  readonly through?: readonly string[];
}

/** Epoch as `npm start` runs it: a process of its own, in a folder of its own, with these settings and no others. */
export function startProcess(
  folder: string,
  env: Readonly<Record<string, string>>,
  { stderr = 'pipe', through = [] }: Way = {},
): Run {
  const stdio: StdioOptions = ['ignore', 'pipe', stderr];
  const [command, ...args] = [...through, process.execPath, resolve(root, 'src/start.js')];
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio,
  });
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code) => done({ code, err }));
  });
  const ready = new Promise<string>((found, failed) => {
    createInterface({ input: child.stdout! }).once('line', found);
    child.once('close', () => failed(new Error(`it ended before it was ready: ${err}`)));
  });
  // Those that are meant to end never become ready.
  ready.catch(() => {});
  return { child, ready, ended, log: () => err };
}
