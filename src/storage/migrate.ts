import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { StorageError } from './error.ts';

/** The folder of the schema's migrations. */
export const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

const MIGRATION = /^(\d{14})_[a-z0-9_]+\.sql$/;

/**
 * Applies the migrations that are missing, in order, each in a transaction of its own. A database that knows a
 * migration this Epoch does not is refused untouched.
 * @throws {StorageError}
 */
export function migrate(sqlite: Database.Database, folder: string, now: Date): void {
  for (const file of missingMigrations(sqlite, folder)) {
    const sql = readFileSync(join(folder, file), 'utf8');
    sqlite.transaction(() => {
      sqlite.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)');
      sqlite.exec(sql);
      sqlite.prepare('INSERT INTO migration (name, applied_at) VALUES (?, ?)').run(file, now.toISOString());
    })();
  }
}

/**
 * The migrations that a database still has to take, in order.
 * @throws {StorageError} when it has taken some that this Epoch does not know
 */
export function missingMigrations(sqlite: Database.Database, folder: string): string[] {
  const files = readdirSync(folder)
    .filter((file) => MIGRATION.test(file))
    .toSorted();
  const applied = appliedMigrations(sqlite);
  const unknown = applied.filter((name) => !files.includes(name));
  if (unknown.length > 0) {
    throw new StorageError(
      `The database was written by a newer Epoch (it has ${unknown.join(', ')}): update Epoch, or restore an older backup.`,
    );
  }
  return files.filter((name) => !applied.includes(name));
}

/** The migrations that a database has taken, in order; none if it is not Epoch's. */
export function appliedMigrations(sqlite: Database.Database): string[] {
  const exists = sqlite
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'")
    .get();
  if (!exists) return [];
  return sqlite.prepare('SELECT name FROM migration ORDER BY name').pluck().all() as string[];
}
