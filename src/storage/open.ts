import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { sqliteDialect } from './dialect.ts';
import { StorageError } from './error.ts';
import { tryToWrite, watchHealth, type Health } from './health.ts';
import { migrate } from './migrate.ts';
import type { Db, Schema } from './schema.ts';
import { statementsOn, type Usage } from './statements.ts';
import { ADVICE, troubleOf } from './trouble.ts';

/** How long SQLite waits, and blocks the process, while another one writes; not while Epoch serves. */
export const BUSY_TIMEOUT_MS = 250;

/** The write-ahead log's length at which it is copied into the file: a page that many answers touch is copied once. */
const LOG_PAGES = 4000;

export interface Storage {
  readonly db: Db;
  readonly health: Health;
  readonly usage: () => Usage;
  /** Empties the write-ahead log, unless the disk refuses, and lets go of the file. */
  close(): Promise<void>;
}

/**
 * Opens the database, brings its schema up to date and holds it for this process alone.
 * @param path a file's path, or `:memory:`
 * @param now the instant recorded with each migration applied
 * @throws {StorageError} when it is held by another process, damaged, from a newer Epoch, or takes no writes
 */
export function openStorage(path: string, migrations: string, now: Date): Storage {
  if (path !== ':memory:') makeFolder(dirname(path));
  const lock = path === ':memory:' ? undefined : holdLock(path);
  try {
    const sqlite = openSqlite(path, migrations, now);
    const reader = path === ':memory:' ? undefined : new Database(path, { readonly: true, timeout: 0 });
    const writing = statementsOn(sqlite);
    const reading = reader && statementsOn(reader);
    const health = watchHealth(sqlite);
    const db = new Kysely<Schema>({
      dialect: sqliteDialect({ sqlite, writing, reading, failed: health.failed }),
    });
    return {
      db,
      health,
      usage: () => sumOf(writing.usage(), reading?.usage()),
      async close() {
        health.close();
        await db.destroy();
        reader?.close();
        emptyLog(sqlite);
        sqlite.close();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw error;
  }
}

const sumOf = (a: Usage, b: Usage = { statements: 0, seconds: 0 }): Usage => ({
  statements: a.statements + b.statements,
  seconds: a.seconds + b.seconds,
});

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StorageError(
      `The folder ${folder} cannot be made (${(error as Error).message}): make room for it, or choose another place with DATABASE_URL.`,
      { cause: error },
    );
  }
}

function openSqlite(path: string, migrations: string, now: Date): Database.Database {
  const sqlite = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    const [health] = sqlite.pragma('quick_check(1)') as [{ quick_check: string }];
    if (health.quick_check !== 'ok') throw damaged(path, health.quick_check);
    migrate(sqlite, migrations, now);
    tryToWrite(sqlite);
    // From here on waiting must not block the process: the dialect waits in its stead.
    sqlite.pragma('busy_timeout = 0');
    // What a savepoint must remember is as short-lived as its transaction: on the disk it costs more than the commit.
    // Not while migrating, which may sort all there is.
    sqlite.pragma('temp_store = MEMORY');
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw unusable(path, error);
  }
}

/** What keeps the database from being used, as one sentence; an error of another kind stays what it is. */
function unusable(path: string, error: unknown): unknown {
  const trouble = troubleOf(error);
  if (trouble === undefined) return error;
  if (trouble === 'damaged') return damaged(path, (error as Error).message, error);
  return new StorageError(
    `The database ${path} cannot be used because ${ADVICE[trouble]}, and start Epoch again.`,
    { cause: error },
  );
}

const damaged = (path: string, reason: string, cause?: unknown) =>
  new StorageError(
    `The database ${path} cannot be read (${reason}): restore a backup, or move the file away to start afresh.`,
    { cause },
  );

/** Where it fails, nothing is lost: what the log holds is read at the next start. */
function emptyLog(sqlite: Database.Database): void {
  try {
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (troubleOf(error) === undefined) throw error;
  }
}

/**
 * Holds a database for this process until it is closed: an exclusive transaction on a second small file, so that the
 * database itself stays readable for backups, and so that the operating system lets go of it however the process ends.
 * @throws {StorageError} when another process holds it, or the folder takes no files
 */
export function holdLock(path: string): { close(): void } {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(`${path}.lock`, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return keep(lock);
  } catch (error) {
    lock?.close();
    if (troubleOf(error) !== 'locked') throw unusable(path, error);
    throw new StorageError(`Another Epoch is running on ${path}: stop it first.`, { cause: error });
  }
}

const held = new Set<Database.Database>();

/** Whoever forgets to close a lock must not lose it to the garbage collector, which closes what nobody refers to. */
function keep(lock: Database.Database): { close(): void } {
  held.add(lock);
  return {
    close() {
      held.delete(lock);
      lock.close();
    },
  };
}

/** Only to read: the query functions take an open file in this form. */
export function queriesOn(sqlite: Database.Database): Db {
  return new Kysely<Schema>({
    dialect: sqliteDialect({ sqlite, writing: statementsOn(sqlite), failed: () => {} }),
  });
}
