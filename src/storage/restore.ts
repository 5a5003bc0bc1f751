import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { copyDatabase, syncFile, syncFolder } from './copy.ts';
import { StorageError } from './error.ts';
import { inspectDatabase, openToRead, type Inspected } from './inspect.ts';
import { BUSY_TIMEOUT_MS, holdLock } from './open.ts';

export interface Restored extends Inspected {
  /** Where the database that was replaced is kept; undefined when there was none. */
  readonly aside: string | undefined;
}

/** What SQLite keeps beside a database: if it outlived the database, it would be applied to the one put in its place. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * Puts a backup in place of the database and keeps that under the name `aside`. Killed at any instant, it leaves either
 * the one or the other, whole, unless the database was damaged already.
 * @throws {StorageError} when the backup is not to be trusted, or the database in use; then nothing was changed
 */
export function restoreDatabase(
  from: string,
  database: string,
  { aside, migrations }: { readonly aside: string; readonly migrations: string },
): Restored {
  if (isSameFile(from, database)) throw new StorageError(`${from} is the database itself.`);
  if (existsSync(aside)) throw new StorageError(`${aside} exists already: try again.`);
  mkdirSync(dirname(database), { recursive: true });
  const lock = holdLock(database);
  const incoming = `${database}.incoming`;
  try {
    removeAll(incoming);
    inspectDatabase(from, migrations);
    const inspected = copyDatabase(from, incoming, migrations);
    foldIn(database);
    const kept = keep(database, aside);
    for (const companion of COMPANIONS) rmSync(`${database}${companion}`, { force: true });
    syncFolder(dirname(database));
    renameSync(incoming, database);
    syncFolder(dirname(database));
    return { ...inspected, aside: kept ? aside : undefined };
  } finally {
    rmSync(incoming, { force: true });
    lock.close();
  }
}

/** What a restore that was killed has left: the file, and those it was being made from. */
function removeAll(incoming: string): void {
  const folder = dirname(incoming);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(basename(incoming))) rmSync(join(folder, name));
  }
}

const isSameFile = (a: string, b: string): boolean =>
  existsSync(a) &&
  existsSync(b) &&
  statSync(a).ino === statSync(b).ino &&
  statSync(a).dev === statSync(b).dev;

/** Writes what is still in the write-ahead log into the database. One that is damaged is left as it is, its log beside it. */
function foldIn(path: string): void {
  if (!isReadable(path)) return;
  const sqlite = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    const [result] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    if (result.busy === 1) {
      throw new StorageError(`${path} is being read, by a backup or the doctor: wait until that has ended.`);
    }
  } finally {
    sqlite.close();
  }
}

function isReadable(path: string): boolean {
  try {
    openToRead(path).close();
    return true;
  } catch (error) {
    if (error instanceof StorageError) return false;
    throw error;
  }
}

/** Gives the database, and what lies beside it, a second name. Whether there was one. */
function keep(path: string, aside: string): boolean {
  const present = ['', ...COMPANIONS].filter((companion) => existsSync(`${path}${companion}`));
  for (const companion of present) nameAlso(`${path}${companion}`, `${aside}${companion}`);
  return present.includes('');
}

/** A second name for the same file or, where the file system has no such thing, a copy. */
function nameAlso(path: string, name: string): void {
  try {
    linkSync(path, name);
  } catch {
    copyFileSync(path, name, constants.COPYFILE_EXCL);
    syncFile(name);
  }
}
