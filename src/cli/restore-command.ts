import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreDatabase } from '../storage/restore.ts';
import { stamp, UsageError, type Command } from './command-line.ts';

/** `restore <from>`: puts a backup in place of the database, which is kept beside it. Epoch must not run. */
export const restoreCommand: Command = async (args, { database, migrations }, terminal, now) => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [from, ...others] = positionals;
  if (from === undefined || others.length > 0) throw new UsageError('npm run restore <from>');
  const backup = resolve(terminal.cwd, from);
  const { attempts, lastAnswerAt, missing, aside } = restoreDatabase(backup, database, {
    aside: `${database}.before-restore-${stamp(now)}`,
    migrations,
  });
  const last = lastAnswerAt === null ? '' : `, the last at ${lastAnswerAt}`;
  terminal.print(`${database} is now what ${backup} holds: ${attempts} attempts${last}.`);
  if (missing.length > 0) terminal.print(`The next start brings it up to date (${missing.join(', ')}).`);
  terminal.print(
    aside === undefined
      ? 'There was no database before.'
      : `The database as it was is ${aside}. To undo this: npm run restore ${relative(terminal.cwd, aside)}`,
  );
  return 0;
};
