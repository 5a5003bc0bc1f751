import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import type Database from 'better-sqlite3';
import { driftOf, learners, repairLearner, type Drift } from '../quiz/derived.ts';
import { countAnswers } from '../storage/derived.ts';
import { StorageError } from '../storage/error.ts';
import { damage, openToRead, schemaFaults } from '../storage/inspect.ts';
import { appliedMigrations, missingMigrations } from '../storage/migrate.ts';
import { holdLock, openStorage, queriesOn } from '../storage/open.ts';
import { contradictions } from '../storage/records.ts';
import type { Db } from '../storage/schema.ts';
import { UsageError, type Command, type Place } from './command-line.ts';
import type { Terminal } from './terminal.ts';

const usage = `npm run doctor                what is wrong with the database; Epoch may be running
npm run doctor -- --repair    mends the tables that are worked out from the answers; Epoch must not run`;

/**
 * `doctor [--repair]`: looks the whole database over, as it is at one instant, and prints a line for everything that is
 * wrong. With `--repair` it puts the derived tables right, and nothing else. The exit code is 0 when all is well (again).
 */
export const doctorCommand: Command = async (args, place, terminal, now) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { repair: { type: 'boolean', default: false } },
  });
  if (positionals.length > 0) throw new UsageError(usage);
  const sqlite = openToRead(place.database);
  try {
    // Whoever repairs hears at once that Epoch is running, not after a long look at the file.
    if (values.repair) holdLock(place.database).close();
    sqlite.exec('BEGIN');
    const faults = fileFaults(sqlite, place.migrations);
    if (faults.length > 0) {
      for (const fault of faults) terminal.print(fault);
      terminal.print(`${place.database}: ${counted(faults.length, 'fault')}; its rows were not looked at.`);
      return 1;
    }
    if (!values.repair) return await examine(place, queriesOn(sqlite), terminal, 'look');
  } finally {
    sqlite.close();
  }
  const storage = openStorage(place.database, place.migrations, now);
  try {
    return await examine(place, storage.db, terminal, 'mend');
  } finally {
    await storage.close();
  }
};

function fileFaults(sqlite: Database.Database, migrations: string): string[] {
  const faults = damage(sqlite);
  if (faults.length > 0) return faults;
  if (appliedMigrations(sqlite).length === 0) return ['It is not a database of Epoch.'];
  try {
    const missing = missingMigrations(sqlite, migrations);
    return missing.length > 0
      ? [`The schema is older than this Epoch (it lacks ${missing.join(', ')}): start Epoch once.`]
      : schemaFaults(sqlite, migrations);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return [error.message];
  }
}

async function examine(
  { database }: Place,
  db: Db,
  terminal: Terminal,
  mode: 'look' | 'mend',
): Promise<number> {
  const { attempts, learners: total } = await countAnswers(db);
  const { drifts, failures } = await compareAll(db, total, mode === 'mend' ? repairLearner : driftOf);
  const faults = [...(await contradictions(db)), ...failures];
  for (const fault of faults) terminal.print(fault);
  for (const drift of drifts) terminal.print(`${mode === 'mend' ? 'mended: ' : ''}${inWords(drift)}`);
  const left = faults.length + (mode === 'mend' ? 0 : drifts.length);
  const mended = mode === 'mend' ? `${counted(drifts.length, 'row')} mended, ` : '';
  const verdict = left === 0 ? 'sound' : counted(left, 'fault');
  terminal.print(`${database}: ${attempts} attempts of ${total} learners, ${mended}${verdict}.`);
  if (mode === 'look' && drifts.length > 0) {
    terminal.print(`"npm run doctor -- --repair" mends ${drifts.length} of them, once Epoch has stopped.`);
  }
  return left === 0 ? 0 : 1;
}

/** Compares the derived rows of every learner; one whose records cannot be read keeps nobody from the others. */
async function compareAll(
  db: Db,
  total: number,
  compare: (db: Db, userId: string) => Promise<Drift[]>,
): Promise<{ drifts: Drift[]; failures: string[] }> {
  const drifts: Drift[] = [];
  const failures: string[] = [];
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} learners',
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  for await (const userId of learners(db)) {
    try {
      drifts.push(...(await compare(db, userId)));
    } catch (error) {
      failures.push(`learner ${userId} cannot be counted again (${(error as Error).message})`);
    }
    bar.increment();
  }
  bar.stop();
  return { drifts, failures };
}

/** `score 1000… all 2000…: points is 41, want 40` */
function inWords({ table, key, stored, expected }: Drift): string {
  const row = `${table} ${Object.values(key).join(' ')}`;
  if (!stored) return `${row}: is missing`;
  if (!expected) return `${row}: should not be there`;
  const different = Object.keys(expected).filter((column) => stored[column] !== expected[column]);
  return `${row}: ${different.map((column) => `${column} is ${brief(stored[column])}, want ${brief(expected[column])}`).join('; ')}`;
}

const LONGEST_VALUE = 80;

function brief(value: unknown): string {
  const text = String(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
