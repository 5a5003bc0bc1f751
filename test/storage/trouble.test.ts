import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StorageError } from '../../src/storage/error.ts';
import { openStorage, type Storage } from '../../src/storage/open.ts';
import type { Db } from '../../src/storage/schema.ts';
import { migrations } from './memory.ts';

let folder = '';
let storage: Storage;
/** Every change of the database's health, in order. */
let changes: (string | undefined)[] = [];

const open = (file: string) => openStorage(file, migrations, new Date('2026-11-24T00:00:00Z'));
const path = () => join(folder, 'epoch.db');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  folder = mkdtempSync(join(tmpdir(), 'epoch-trouble-'));
  storage = open(path());
  changes = [];
  storage.health.onChange((trouble) => changes.push(trouble));
});
afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
  vi.useRealTimers();
});

const member = (user: string, name = user) => ({ guild_id: '1', user_id: user, name });
const add = async (db: Db, user: string, name?: string) =>
  db.insertInto('member').values(member(user, name)).execute();
const members = async () =>
  (await storage.db.selectFrom('member').select('user_id').orderBy('user_id').execute()).map(
    (row) => row.user_id,
  );

/** Two rows in one transaction; the second is larger than what is left of a full disk. */
const addTwo = (a: string, b: string) =>
  storage.db.transaction().execute(async (db) => {
    await add(db, a);
    await add(db, b, 'x'.repeat(100_000));
  });

const pragma = (text: string) => sql.raw(`PRAGMA ${text}`).execute(storage.db);
const fill = () => pragma('max_page_count = 1');
const free = () => pragma('max_page_count = 1000000');

describe('a full disk', () => {
  test('takes no half of a transaction, says why, and leaves the connection fit for the next', async () => {
    await add(storage.db, 'before');
    await fill();
    await expect(addTwo('a', 'b')).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await expect(addTwo('c', 'd')).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(await members()).toEqual(['before']);
    expect(storage.health.trouble()).toBe('full');
    await free();
    await addTwo('e', 'f');
    expect(await members()).toEqual(['before', 'e', 'f']);
  });

  test('is told once when it begins and once when it ends', async () => {
    await fill();
    await expect(addTwo('a', 'b')).rejects.toThrow(/is full/);
    await expect(addTwo('a', 'b')).rejects.toThrow(/is full/);
    expect(changes).toEqual(['full']);
    await free();
    vi.advanceTimersToNextTimer();
    // Something had failed since the last look: it may be nearly full still.
    expect(changes).toEqual(['full']);
    vi.advanceTimersToNextTimer();
    expect(changes).toEqual(['full', undefined]);
    expect(storage.health.trouble()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not over because a small write succeeds between two that fail', async () => {
    await fill();
    await expect(addTwo('a', 'b')).rejects.toThrow(/is full/);
    vi.advanceTimersToNextTimer();
    await expect(addTwo('a', 'b')).rejects.toThrow(/is full/);
    vi.advanceTimersToNextTimer();
    expect(changes).toEqual(['full']);
  });
});

describe('a database that has become read-only', () => {
  test('is still read, and is found writable by itself', async () => {
    await add(storage.db, 'before');
    await pragma('query_only = 1');
    await expect(addTwo('a', 'b')).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
    vi.advanceTimersToNextTimer();
    vi.advanceTimersToNextTimer();
    expect(changes).toEqual(['read-only']);
    expect(await members()).toEqual(['before']);
    await pragma('query_only = 0');
    vi.advanceTimersToNextTimer();
    vi.advanceTimersToNextTimer();
    expect(changes).toEqual(['read-only', undefined]);
  });
});

describe('another program that holds the database', () => {
  let other: Database.Database;
  beforeEach(() => {
    other = new Database(path());
    other.exec('BEGIN IMMEDIATE');
  });
  afterEach(() => other.close());

  test('is waited for without blocking the process', async () => {
    const adding = addTwo('a', 'b');
    const alone = add(storage.db, 'c');
    await new Promise(setImmediate);
    other.exec('COMMIT');
    await Promise.all([adding, alone]);
    expect(await members()).toEqual(['a', 'b', 'c']);
    expect(changes).toEqual([]);
  });

  test('fails what has waited too long, and what comes after at once, until it lets go', async () => {
    await expect(addTwo('a', 'b')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    await expect(add(storage.db, 'c')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    expect(await members()).toEqual([]);
    expect(changes).toEqual(['locked']);
    other.exec('COMMIT');
    await addTwo('d', 'e');
    expect(await members()).toEqual(['d', 'e']);
  });
});

describe('a start on a database', () => {
  test('that another program holds gets a sentence', () => {
    const fresh = join(folder, 'fresh.db');
    const other = new Database(fresh);
    other.exec('BEGIN EXCLUSIVE');
    expect(() => open(fresh)).toThrow(StorageError);
    expect(() => open(fresh)).toThrow(
      /fresh\.db cannot be used because another program holds it, .* start Epoch again\.$/,
    );
    other.close();
    return open(fresh).close();
  });

  test('whose folder cannot be made gets a sentence', () => {
    const below = join(path(), 'below/epoch.db');
    expect(() => open(below)).toThrow(StorageError);
    expect(() => open(below)).toThrow(
      /The folder .* cannot be made \(.*\): make room for it, or choose another place/,
    );
  });
});
