import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { SandboxProcess } from '../../sandbox-process.ts';
import type { Usage } from './probe.ts';

const here = import.meta.dirname;

/** More room for what lives as long as an answer: its memory is collected less often. */
const AS_NPM_START = ['--max-semi-space-size=32'];

/** A bot as a process of its own, connected to a sandbox. */
export interface Child {
  /** From the start of the process until it said that it is ready, in ms. */
  readonly readyMs: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** discord.js and nothing else: what any bot would cost. */
export const startFloor = (sandbox: SandboxProcess): Promise<Child> => start('floor.ts', connection(sandbox));

/**
 * Epoch as an operator starts it, on the bank that comes with it.
 * @param database absent: one of its own from an earlier start, gone afterwards
 */
export async function startEpoch(sandbox: SandboxProcess, database?: string): Promise<Child> {
  const folder = mkdtempSync(join(tmpdir(), 'epoch-bench-'));
  const env = {
    ...connection(sandbox),
    DATABASE_URL: `file:${database ?? join(folder, 'epoch.db')}`,
    EPOCH_CLOCK_URL: sandbox.clock,
    LOG_LEVEL: 'warn',
  };
  if (database === undefined) await (await start('../../start.js', env, AS_NPM_START)).stop();
  const child = await start('../../start.js', env, AS_NPM_START);
  return {
    ...child,
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const connection = ({ token, api }: SandboxProcess) => ({ DISCORD_TOKEN: token, DISCORD_API_URL: api });

async function start(
  entry: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Child> {
  const started = performance.now();
  const args = [...flags, '--import', join(here, 'probe.ts'), resolve(here, entry)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const ready = once(createInterface({ input: child.stdout! }), 'line');
  await Promise.race([ready, exited.then(() => Promise.reject(new Error(`${entry} ended`)))]);
  const readyMs = performance.now() - started;
  return {
    readyMs,
    async usage() {
      const answer = once(child, 'message') as Promise<[Usage]>;
      child.send('usage');
      return (await answer)[0];
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
