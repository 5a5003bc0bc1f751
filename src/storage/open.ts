import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { sqliteDialect } from './driver.ts';
import { StorageError } from './error.ts';
import { migrate } from './migrate.ts';
import type { Db, Schema } from './schema.ts';

const BUSY_TIMEOUT_MS = 250;

export interface Storage {
  readonly db: Db;
  /** Lets go of the file; SQLite empties the write-ahead log into it. */
  close(): Promise<void>;
}

/**
 * Opens the database, brings its schema up to date and holds it for this process alone.
 * @param path a file's path, or `:memory:`
 * @param now the instant recorded with each migration applied
 * @throws {StorageError} when it is held by another process, damaged, or from a newer Epoch
 */
export function openStorage(path: string, migrations: string, now: Date): Storage {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const lock = path === ':memory:' ? undefined : holdLock(`${path}.lock`, path);
  try {
    const sqlite = openSqlite(path);
    migrate(sqlite, migrations, now);
    const reader = path === ':memory:' ? undefined : new Database(path, { readonly: true });
    const db = new Kysely<Schema>({ dialect: sqliteDialect(sqlite, reader) });
    return {
      db,
      async close() {
        await db.destroy();
        reader?.close();
        sqlite.close();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw error;
  }
}

function openSqlite(path: string): Database.Database {
  const sqlite = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    const [health] = sqlite.pragma('quick_check(1)') as [{ quick_check: string }];
    if (health.quick_check !== 'ok') throw new Error(health.quick_check);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw new StorageError(
      `The database ${path} cannot be read (${(error as Error).message}): restore a backup, or move the file away to start afresh.`,
      { cause: error },
    );
  }
}

/**
 * An exclusive transaction on a second small file, held while the process lives, so that the database itself stays
 * readable for backups, and so that the operating system lets go of it however the process ends.
 */
function holdLock(path: string, database: string): Database.Database {
  const lock = new Database(path, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw new StorageError(`Another Epoch is running on ${database}: stop it first.`, { cause: error });
  }
}
