import type Database from 'better-sqlite3';
import { troubleOf, type Trouble } from './trouble.ts';

const PROBE_EVERY_MS = 2000;

/** Whether the database takes writes. */
export interface Health {
  /** Why it takes none now; undefined while it does. */
  trouble(): Trouble | undefined;
  /** Calls back when that has changed. */
  onChange(listener: (trouble: Trouble | undefined) => void): void;
}

export interface Watch extends Health {
  /** To be told of every error of the database. */
  readonly failed: (error: unknown) => void;
  close(): void;
}

/**
 * Trouble begins with the first error that tells of it. It is over when a write of our own succeeds and nothing has
 * failed since the one before: on a disk that is nearly full, small writes succeed where others do not.
 */
export function watchHealth(sqlite: Database.Database): Watch {
  const listeners: ((trouble: Trouble | undefined) => void)[] = [];
  let current: Trouble | undefined;
  let failedLately = false;
  let timer: NodeJS.Timeout | undefined;

  const change = (trouble: Trouble | undefined) => {
    if (trouble === current) return;
    current = trouble;
    for (const listener of listeners) listener(trouble);
  };
  const failed = (error: unknown) => {
    const trouble = troubleOf(error);
    if (trouble === undefined) return;
    failedLately = true;
    timer ??= setInterval(probe, PROBE_EVERY_MS).unref();
    change(trouble);
  };
  const close = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const probe = () => {
    if (sqlite.inTransaction) return;
    const quiet = !failedLately;
    failedLately = false;
    try {
      tryToWrite(sqlite);
    } catch (error) {
      failed(error);
      return;
    }
    if (!quiet) return;
    close();
    change(undefined);
  };
  return {
    trouble: () => current,
    onChange: (listener) => void listeners.push(listener),
    failed,
    close,
  };
}

/** A write that reaches the disk and changes nothing: the number is SQLite's gift to applications, and Epoch has no use for it. */
export function tryToWrite(sqlite: Database.Database): void {
  sqlite.pragma('user_version = 0');
}
