import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { StorageError } from './error.ts';
import { inspectDatabase, openToRead, type Inspected } from './inspect.ts';

/**
 * Writes a copy of a database as it is at one instant, checks it, and only then gives it its name. Another process may
 * go on writing: a reader holds nobody up in WAL mode. `VACUUM INTO` rather than the online backup, which begins anew
 * whenever another process writes, and takes deleted rows along.
 * @param to a file that does not exist, in a folder that does
 * @throws {StorageError} when nothing was written
 */
export function copyDatabase(from: string, to: string, migrations: string): Inspected {
  if (existsSync(to)) throw new StorageError(`${to} exists already: name another file.`);
  if (!existsSync(dirname(to))) throw new StorageError(`There is no folder ${dirname(to)}.`);
  const partial = `${to}.partial-${process.pid}`;
  try {
    vacuumInto(from, partial);
    const inspected = inspectDatabase(partial, migrations);
    syncFile(partial);
    renameSync(partial, to);
    syncFolder(dirname(to));
    return inspected;
  } finally {
    rmSync(partial, { force: true });
    rmSync(`${partial}-journal`, { force: true });
  }
}

function vacuumInto(from: string, to: string): void {
  const sqlite = openToRead(from);
  try {
    sqlite.prepare('VACUUM INTO ?').run(to);
  } catch (error) {
    throw new StorageError(`${from} cannot be copied to ${dirname(to)} (${(error as Error).message}).`, {
      cause: error,
    });
  } finally {
    sqlite.close();
  }
}

/** Waits until what was written to a file would survive a power cut. */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+');
  fsyncSync(fd);
  closeSync(fd);
}

/** The same for the names in a folder; Windows has no such call, and sees to it by itself. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
