import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StorageError } from './error.ts';
import { appliedMigrations, migrate, missingMigrations } from './migrate.ts';

/**
 * Opens a database only to look at it; another process may go on writing.
 * @throws {StorageError} when there is none, or it cannot be read
 */
export function openToRead(path: string): Database.Database {
  if (!existsSync(path)) throw new StorageError(`There is no database ${path}.`);
  const sqlite = reading(path, () => new Database(path, { readonly: true, fileMustExist: true }));
  try {
    reading(path, () => sqlite.pragma('schema_version'));
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new StorageError(`${path} cannot be read as a database (${(error as Error).message}).`, {
      cause: error,
    });
  }
}

/** What SQLite finds wrong with the file itself and with rows that refer to others; empty when it is sound. */
export function damage(sqlite: Database.Database): string[] {
  try {
    const integrity = sqlite.pragma('integrity_check') as { integrity_check: string }[];
    const references = sqlite.pragma('foreign_key_check') as {
      table: string;
      rowid: number;
      parent: string;
    }[];
    return [
      ...integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...references.map(
        ({ table, rowid, parent }) =>
          `row ${rowid} of ${table} refers to a row of ${parent} that is not there`,
      ),
    ];
  } catch (error) {
    return [(error as Error).message];
  }
}

export interface Inspected {
  readonly attempts: number;
  /** When the last answer came; null without one. */
  readonly lastAnswerAt: string | null;
  /** Migrations that the next start will apply. */
  readonly missing: readonly string[];
}

/**
 * Looks a whole database over.
 * @throws {StorageError} unless it is undamaged, Epoch's, and from no newer Epoch
 */
export function inspectDatabase(path: string, migrations: string): Inspected {
  const sqlite = openToRead(path);
  try {
    const [fault] = damage(sqlite);
    if (fault !== undefined) throw new StorageError(`${path} is damaged (${fault}).`);
    if (appliedMigrations(sqlite).length === 0) throw new StorageError(`${path} is not a database of Epoch.`);
    const missing = missingMigrations(sqlite, migrations);
    const answers = 'SELECT count(*) AS attempts, max(answered_at) AS lastAnswerAt FROM attempt';
    const counted = reading(path, () => sqlite.prepare(answers).get());
    return { ...(counted as Omit<Inspected, 'missing'>), missing };
  } finally {
    sqlite.close();
  }
}

interface SchemaPart {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/** Where tables and indexes are not as the migrations make them; for a database that has taken them all. */
export function schemaFaults(sqlite: Database.Database, migrations: string): string[] {
  const model = new Database(':memory:');
  try {
    migrate(model, migrations, new Date(0));
    const actual = new Map(schemaParts(sqlite).map((part) => [part.name, part.sql]));
    return schemaParts(model)
      .filter(({ name, sql }) => actual.get(name) !== sql)
      .map(
        ({ type, name }) => `the ${type} ${name} is ${actual.has(name) ? 'not as it should be' : 'missing'}`,
      );
  } finally {
    model.close();
  }
}

const schemaParts = (sqlite: Database.Database) =>
  sqlite
    .prepare('SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name')
    .all() as SchemaPart[];
