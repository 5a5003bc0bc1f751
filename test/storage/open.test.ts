import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StorageError } from '../../src/storage/error.ts';
import { openStorage } from '../../src/storage/open.ts';
import { migrations } from './memory.ts';

const now = new Date('2026-11-24T00:00:00Z');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epoch-storage-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openStorage(join(folder, 'epoch.db'), migrations, now);

describe('openStorage', () => {
  test('makes the folder, applies the migrations once, and finds the data again', async () => {
    const first = openStorage(join(folder, 'new/epoch.db'), migrations, now);
    await first.db.insertInto('member').values({ guild_id: '1', user_id: '2', name: '林晓' }).execute();
    await first.close();
    const second = openStorage(join(folder, 'new/epoch.db'), migrations, now);
    expect(await second.db.selectFrom('member').selectAll().execute()).toEqual([
      { guild_id: '1', user_id: '2', name: '林晓' },
    ]);
    await second.close();
  });

  test('refuses a database that is in use, and takes it once it is free', async () => {
    const first = open();
    expect(open).toThrow(StorageError);
    expect(open).toThrow(/Another Epoch is running/);
    await first.close();
    await open().close();
  });

  test('leaves a database from a newer Epoch untouched', async () => {
    await open().close();
    const path = join(folder, 'epoch.db');
    const sqlite = new Database(path);
    sqlite.exec("INSERT INTO migration VALUES ('20991231000000_future.sql', '2099-12-31T00:00:00.000Z')");
    sqlite.close();
    expect(open).toThrow(/written by a newer Epoch \(it has 20991231000000_future\.sql\)/);
  });

  test('says so when the file is no database', () => {
    writeFileSync(join(folder, 'epoch.db'), 'this is not a database, and long enough to be sure of it');
    expect(open).toThrow(/cannot be read .* restore a backup/);
  });

  test('undoes a migration that fails, and keeps those before it', async () => {
    const broken = join(folder, 'migrations');
    const { cpSync } = await import('node:fs');
    cpSync(migrations, broken, { recursive: true });
    writeFileSync(
      join(broken, '20991231000000_broken.sql'),
      'CREATE TABLE half (a TEXT); CREATE TABLE half (a TEXT);',
    );
    expect(() => openStorage(join(folder, 'epoch.db'), broken, now)).toThrow(/table half already exists/);
    const storage = open();
    await expect(
      storage.db
        .selectFrom('half' as 'member')
        .selectAll()
        .execute(),
    ).rejects.toThrow(/no such table/);
    await storage.close();
  });

  test('keeps foreign keys', async () => {
    const storage = open();
    const review = {
      attempt_id: 'none',
      user_id: '2',
      question_id: 'a/b',
      rating: 3,
      zone: 'UTC',
      reviewed_at: now.toISOString(),
      log: '{}',
    };
    await expect(storage.db.insertInto('review_log').values(review).execute()).rejects.toThrow(/FOREIGN KEY/);
    await storage.close();
  });
});
