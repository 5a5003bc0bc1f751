import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyDatabase } from '../storage/copy.ts';
import { StorageError } from '../storage/error.ts';
import { stamp, UsageError, type Command } from './command-line.ts';

/** `backup [to]`: copies the database, which may be in use, to a file that does not exist yet. */
export const backupCommand: Command = async (args, { database, migrations }, terminal, now) => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  if (positionals.length > 1) throw new UsageError('npm run backup [to]');
  if (!existsSync(database)) throw new StorageError(`There is no database ${database}.`);
  const [to] = positionals;
  const target = to === undefined ? beside(database, now) : resolve(terminal.cwd, to);
  const { attempts } = copyDatabase(database, target, migrations);
  terminal.print(`${target}: ${attempts} attempts, ${statSync(target).size} bytes, checked.`);
  return 0;
};

function beside(database: string, now: Date): string {
  const folder = join(dirname(database), 'backups');
  mkdirSync(folder, { recursive: true });
  return join(folder, `epoch-${stamp(now)}.db`);
}
