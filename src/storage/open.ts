import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { StorageError } from './error.ts';
import { migrate } from './migrate.ts';
import type { Db, Schema } from './schema.ts';

/** How long SQLite waits, and blocks the process, while another one writes. */
export const BUSY_TIMEOUT_MS = 250;
const CACHED_STATEMENTS = 500;

export interface Storage {
  readonly db: Db;
  /** Empties the write-ahead log and lets go of the file. */
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
  const lock = path === ':memory:' ? undefined : holdLock(path);
  try {
    const sqlite = openSqlite(path);
    migrate(sqlite, migrations, now);
    const db = queriesOn(sqlite);
    return {
      db,
      async close() {
        sqlite.pragma('wal_checkpoint(TRUNCATE)');
        await db.destroy();
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
 * Holds a database for this process until it is closed: an exclusive transaction on a second small file, so that the
 * database itself stays readable for backups, and so that the operating system lets go of it however the process ends.
 * @throws {StorageError} when another process holds it
 */
export function holdLock(database: string): { close(): void } {
  const lock = new Database(`${database}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw new StorageError(`Another Epoch is running on ${database}: stop it first.`, { cause: error });
  }
}

/** The query functions take an open file in this form. */
export function queriesOn(sqlite: Database.Database): Db {
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: cachingStatements(sqlite) }) });
}

/** Kysely prepares each query anew; preparing costs more than running it. */
function cachingStatements(sqlite: Database.Database) {
  const statements = new Map<string, Database.Statement>();
  return {
    close: () => {
      sqlite.close();
    },
    prepare(sql: string) {
      const cached = statements.get(sql);
      if (cached) return cached;
      if (statements.size >= CACHED_STATEMENTS) statements.clear();
      const statement = sqlite.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
  };
}
