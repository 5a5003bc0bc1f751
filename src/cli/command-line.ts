import { resolve } from 'node:path';
import { ConfigError, loadEnvFile, readConfig } from '../config.ts';
import { StorageError } from '../storage/error.ts';
import { MIGRATIONS } from '../storage/migrate.ts';
import { terminalHere, type Terminal } from './terminal.ts';

export interface Place {
  /** The database's path, absolute. */
  readonly database: string;
  /** The folder of the schema's migrations. */
  readonly migrations: string;
}

/** A command on the database; answers with the exit code. */
export type Command = (
  args: readonly string[],
  place: Place,
  terminal: Terminal,
  now: Date,
) => Promise<number>;

/** Arguments that make no sense: the message says which do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs a command with the arguments and settings of this process, and leaves its exit code. */
export async function runCommand(command: Command): Promise<void> {
  const terminal = terminalHere();
  process.exitCode = await runGuarded(terminal, () => {
    loadEnvFile();
    const database = resolve(readConfig(process.env).databasePath);
    const place = { database, migrations: MIGRATIONS };
    return command(process.argv.slice(2), place, terminal, new Date());
  });
}

/** What `run` answers with; or, where it fails with something that a person can mend, 1, and the sentence is printed. */
export async function runGuarded(terminal: Terminal, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!isPlain(error)) throw error;
    terminal.complain(error.message);
    return 1;
  }
}

/** Ours, wrong arguments (`ERR_PARSE_ARGS_…`), SQLite's (`SQLITE_FULL` …) and the operating system's (`EACCES` …). */
const isPlain = (error: unknown): error is Error =>
  error instanceof ConfigError ||
  error instanceof StorageError ||
  error instanceof UsageError ||
  (error instanceof Error &&
    'code' in error &&
    /^(?:ERR_PARSE_ARGS|SQLITE_|E[A-Z]+$)/.test(String(error.code)));

/** `20261124T010203Z`: an instant as part of a file's name. */
export const stamp = (now: Date): string => now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
