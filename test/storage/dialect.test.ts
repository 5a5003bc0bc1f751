import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStorage, type Storage } from '../../src/storage/open.ts';
import type { Db } from '../../src/storage/schema.ts';
import { memoryDb, migrations } from './memory.ts';

let folder = '';
let storage: Storage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epoch-dialect-'));
  storage = openStorage(join(folder, 'epoch.db'), migrations, new Date('2026-11-24T00:00:00Z'));
});
afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

const add = (db: Db, user: string) =>
  db.insertInto('member').values({ guild_id: '1', user_id: user, name: user }).execute();
const users = async (db: Db) =>
  (await db.selectFrom('member').select('user_id').orderBy('user_id').execute()).map((row) => row.user_id);
/** What another process would find in the file. */
const stored = () => {
  const file = new Database(join(folder, 'epoch.db'), { readonly: true });
  const found = file.prepare('SELECT user_id FROM member ORDER BY user_id').pluck().all();
  file.close();
  return found;
};
/** A row that breaks a constraint which is only checked at the commit. */
const addOrphan = (db: Db) =>
  db
    .insertInto('child' as 'member')
    .values({ id: 'none' } as never)
    .execute();
const later = () => new Promise((resume) => void setImmediate(resume));

describe('transactions that come together', () => {
  test('do not see into each other, and are stored when they resolve', async () => {
    const { db } = storage;
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        db.transaction().execute(async (trx) => {
          const before = (await users(trx)).length;
          await add(trx, `a${index}`);
          await add(trx, `b${index}`);
          return before;
        }),
      ),
    );
    expect(counts).toEqual(Array.from({ length: 20 }, (_, index) => index * 2));
    expect(stored()).toHaveLength(40);
  });

  test('one that fails takes nothing of the others with it', async () => {
    const { db } = storage;
    const results = await Promise.allSettled([
      db.transaction().execute((trx) => add(trx, 'a')),
      db.transaction().execute(async (trx) => {
        await add(trx, 'b');
        throw new Error('no');
      }),
      db.transaction().execute(async (trx) => {
        await add(trx, 'c');
        await add(trx, 'a');
      }),
      add(db, 'd'),
      add(db, 'd'),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    expect(stored()).toEqual(['a', 'd']);
  });

  test('are all refused when the commit fails, and the next ones go on', async () => {
    const { db } = storage;
    const file = new Database(join(folder, 'epoch.db'));
    file.exec('CREATE TABLE parent (id TEXT PRIMARY KEY)');
    file.exec('CREATE TABLE child (id TEXT REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)');
    file.close();
    const results = await Promise.allSettled([
      db.transaction().execute((trx) => add(trx, 'a')),
      db.transaction().execute(addOrphan),
      add(db, 'b'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(stored()).toEqual([]);
    await add(db, 'c');
    expect(stored()).toEqual(['c']);
  });
});

describe('reading', () => {
  test('waits for no transaction, and sees only what is committed', async () => {
    const { db } = storage;
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    const writing = db.transaction().execute(async (trx) => {
      await add(trx, 'a');
      await told;
    });
    await later();
    expect(await users(db)).toEqual([]);
    tell();
    await writing;
    expect(await users(db)).toEqual(['a']);
  });

  test('in a transaction sees what the transaction wrote', async () => {
    const seen = await storage.db.transaction().execute(async (trx) => {
      await add(trx, 'a');
      return users(trx);
    });
    expect(seen).toEqual(['a']);
  });
});

test('closing waits for the transaction under way, and stores it', async () => {
  const path = join(folder, 'other.db');
  const other = openStorage(path, migrations, new Date('2026-11-24T00:00:00Z'));
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const writing = other.db.transaction().execute(async (trx) => {
    await told;
    await add(trx, 'a');
  });
  await later();
  const closing = other.close();
  tell();
  await Promise.all([writing, closing]);
  const again = openStorage(path, migrations, new Date('2026-11-24T00:00:00Z'));
  expect(await users(again.db)).toEqual(['a']);
  await again.close();
});

test('a database in memory works alike', async () => {
  const db = memoryDb();
  await Promise.all([add(db, 'b'), db.transaction().execute((trx) => add(trx, 'a'))]);
  expect(await users(db)).toEqual(['a', 'b']);
});
