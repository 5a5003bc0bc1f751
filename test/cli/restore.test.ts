import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { backupCommand } from '../../src/cli/backup-command.ts';
import { doctorCommand } from '../../src/cli/doctor-command.ts';
import { restoreCommand } from '../../src/cli/restore-command.ts';
import { openStorage } from '../../src/storage/open.ts';
import { migrations } from '../storage/memory.ts';
import {
  attemptIds,
  emptyFolder,
  filesIn,
  laterMigrations,
  NOW,
  onDatabase,
  run,
  runWith,
  startWriter,
  writeDatabase,
  writeHistory,
} from './database.ts';

const ASIDE = 'epoch.db.before-restore-20261124T010203Z';

/** The database as Epoch would find it at its next start. */
async function startAgain(folder: string): Promise<string[]> {
  const storage = openStorage(join(folder, 'epoch.db'), migrations, NOW);
  const rows = await storage.db.selectFrom('attempt').select('id').orderBy('id').execute();
  await storage.close();
  return rows.map(({ id }) => id);
}

describe('restore', () => {
  test('puts a backup in place, keeps what was there, and says how to undo it', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'epoch.db'), 1);
    await writeDatabase(join(folder, 'old.db'), 4);
    const [current, old] = [attemptIds(join(folder, 'epoch.db')), attemptIds(join(folder, 'old.db'))];
    const { code, out } = await run(restoreCommand, folder, 'old.db');
    expect(out).toEqual([
      `${join(folder, 'epoch.db')} is now what ${join(folder, 'old.db')} holds: 5 attempts, the last at 2026-11-24T01:00:00.000Z.`,
      `The database as it was is ${join(folder, ASIDE)}. To undo this: npm run restore ${ASIDE}`,
    ]);
    expect(code).toBe(0);
    expect(await startAgain(folder)).toEqual(old);
    expect(attemptIds(join(folder, ASIDE))).toEqual(current);

    // Undone by the command that it printed: in a second of its own, the copy kept aside would have another name.
    renameSync(join(folder, ASIDE), join(folder, 'aside.db'));
    expect(await run(restoreCommand, folder, 'aside.db')).toMatchObject({ code: 0 });
    expect(await startAgain(folder)).toEqual(current);
  });

  test('needs no database to be there', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'old.db'), 2);
    const { out } = await run(restoreCommand, folder, 'old.db');
    expect(out[1]).toBe('There was no database before.');
    expect(await startAgain(folder)).toEqual(attemptIds(join(folder, 'old.db')));
  });

  test('lets no write-ahead log of the old database reach the restored one, and loses nothing of it', async () => {
    const folder = emptyFolder();
    const writer = await startWriter(folder);
    await writer.more(20);
    expect(await run(backupCommand, folder, 'backup.db')).toMatchObject({ code: 0 });
    await writer.more(40);
    await writer.kill();
    expect(statSync(join(folder, 'epoch.db-wal')).size).toBeGreaterThan(0);

    expect(await run(restoreCommand, folder, 'backup.db')).toMatchObject({ code: 0 });
    expect(filesIn(folder)).toEqual(
      ['backup.db', 'epoch.db', ASIDE, 'epoch.db.lock', 'questions'].toSorted(),
    );
    expect(await startAgain(folder)).toEqual(attemptIds(join(folder, 'backup.db')));
    expect(await run(doctorCommand, folder)).toMatchObject({ code: 0 });
    expect(attemptIds(join(folder, ASIDE))).toEqual(expect.arrayContaining([...writer.acknowledged]));
  });

  test('replaces a damaged database too, and keeps it with its log', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'old.db'));
    writeFileSync(join(folder, 'epoch.db'), 'x'.repeat(8192));
    writeFileSync(join(folder, 'epoch.db-wal'), 'y'.repeat(8192));
    expect(await run(restoreCommand, folder, 'old.db')).toMatchObject({ code: 0 });
    expect(await startAgain(folder)).toEqual(attemptIds(join(folder, 'old.db')));
    expect(readFileSync(join(folder, ASIDE), 'utf8')).toBe('x'.repeat(8192));
    expect(readFileSync(join(folder, `${ASIDE}-wal`), 'utf8')).toBe('y'.repeat(8192));
  });

  test('takes a backup of an older Epoch, which the next start brings up to date', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'old.db'));
    const { code, out } = await runWith(laterMigrations(), restoreCommand, folder, 'old.db');
    expect(out[1]).toBe('The next start brings it up to date (20991231000000_later.sql).');
    expect(code).toBe(0);
    expect(attemptIds(join(folder, 'epoch.db'))).toEqual(attemptIds(join(folder, 'old.db')));
  });
});

describe('a restore that is killed', () => {
  test('leaves the one database or the other, whole, and what it left behind goes with the next', async () => {
    const found: string[][] = [];
    let end;
    do {
      const folder = emptyFolder();
      await writeDatabase(join(folder, 'epoch.db'), 1);
      await writeDatabase(join(folder, 'backup.db'), 2);
      const [current, restored] = ['epoch.db', 'backup.db'].map((name) => attemptIds(join(folder, name)));
      end = await restoreKilledBefore(folder, found.length + 1);
      found.push(await startAgain(folder));
      expect([current, restored]).toContainEqual(found.at(-1));
      const kept = filesIn(folder).filter((name) => /^epoch\.db(?:\.before-restore-\w+)?$/.test(name));
      expect(kept.map((name) => attemptIds(join(folder, name)))).toContainEqual(current);

      expect(await run(restoreCommand, folder, 'backup.db')).toMatchObject({ code: 0 });
      expect(await startAgain(folder)).toEqual(restored);
      expect(filesIn(folder).filter((name) => name.includes('incoming'))).toEqual([]);
    } while (end.signal !== null);
    expect(end.code).toBe(0);
    expect(new Set(found.map((ids) => ids.length))).toEqual(new Set([2, 3]));
  }, 120_000);
});

const preload = fileURLToPath(new URL('./killed-before.ts', import.meta.url));
const restore = fileURLToPath(new URL('../../src/cli/restore.ts', import.meta.url));

/** Runs the command as a process that is killed before its nth change of a file. */
async function restoreKilledBefore(folder: string, instant: number) {
  const child = spawn(process.execPath, ['--import', preload, restore, 'backup.db'], {
    cwd: folder,
    env: { DATABASE_URL: 'file:epoch.db', KILLED_BEFORE: String(instant) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}

describe('a backup that is not to be trusted', () => {
  const bad: Record<string, { spoil: (path: string) => void; says: RegExp }> = {
    'a text file': {
      spoil: (path) => writeFileSync(path, 'Dear diary, '.repeat(1000)),
      says: /cannot be read as a database \(file is not a database\)/,
    },
    'an empty file': { spoil: (path) => writeFileSync(path, ''), says: /is not a database of Epoch/ },
    'half a database': {
      spoil: (path) => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096),
      says: /malformed/,
    },
    'a database with a page overwritten': {
      spoil: (path) => {
        const fd = openSync(path, 'r+');
        writeSync(fd, Buffer.alloc(4096, 7), 0, 4096, 4096 * 20);
        closeSync(fd);
      },
      says: /is damaged/,
    },
    'a database with a reference to nothing': {
      spoil: (path) =>
        onDatabase(path, (sqlite) => sqlite.exec('PRAGMA foreign_keys = OFF; DELETE FROM ask')),
      says: /is damaged \(row \d+ of attempt refers to a row of ask that is not there\)/,
    },
    'a database of another program': {
      spoil: (path) => {
        writeFileSync(path, '');
        onDatabase(path, (sqlite) => sqlite.exec('CREATE TABLE attempt (id TEXT)'));
      },
      says: /is not a database of Epoch/,
    },
    'a database of a newer Epoch': {
      spoil: (path) =>
        onDatabase(path, (sqlite) =>
          sqlite.exec("INSERT INTO migration VALUES ('20991231000000_future.sql', '')"),
        ),
      says: /written by a newer Epoch \(it has 20991231000000_future\.sql\)/,
    },
  };

  test.each(Object.entries(bad))('%s is refused, and nothing is changed', async (_, { spoil, says }) => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'epoch.db'));
    await writeHistory(join(folder, 'bad.db'));
    spoil(join(folder, 'bad.db'));
    const before = readFileSync(join(folder, 'epoch.db'));
    const { code, err, out } = await run(restoreCommand, folder, 'bad.db');
    expect(err).toEqual([expect.stringMatching(says)]);
    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(readFileSync(join(folder, 'epoch.db')).equals(before)).toBe(true);
    expect(filesIn(folder)).toEqual(['bad.db', 'epoch.db', 'epoch.db.lock']);
  });

  test('is refused when there is none, or it is the database itself', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'epoch.db'));
    expect((await run(restoreCommand, folder, 'none.db')).err).toEqual([
      `There is no database ${join(folder, 'none.db')}.`,
    ]);
    expect((await run(restoreCommand, folder, 'epoch.db')).err).toEqual([
      `${join(folder, 'epoch.db')} is the database itself.`,
    ]);
    expect((await run(restoreCommand, folder)).err).toEqual(['npm run restore <from>']);
    expect(filesIn(folder)).toEqual(['epoch.db', 'epoch.db.lock']);
  });
});

describe('a database in use', () => {
  test('by Epoch is left alone', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'old.db'));
    const storage = openStorage(join(folder, 'epoch.db'), migrations, NOW);
    const { code, err } = await run(restoreCommand, folder, 'old.db');
    await storage.close();
    expect(err).toEqual([`Another Epoch is running on ${join(folder, 'epoch.db')}: stop it first.`]);
    expect(code).toBe(1);
    expect(await startAgain(folder)).toEqual([]);
  });

  test('by a reader is left alone', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'old.db'));
    await openStorage(join(folder, 'epoch.db'), migrations, NOW).close();
    const { code, err } = await onDatabase(join(folder, 'epoch.db'), async (reader) => {
      reader.exec('BEGIN; SELECT * FROM attempt');
      onDatabase(join(folder, 'epoch.db'), (writer) =>
        writer.exec("INSERT INTO member VALUES ('1', '2', '3')"),
      );
      return run(restoreCommand, folder, 'old.db');
    });
    expect(err).toEqual([
      `${join(folder, 'epoch.db')} is being read, by a backup or the doctor: wait until that has ended.`,
    ]);
    expect(code).toBe(1);
    expect(await startAgain(folder)).toEqual([]);
  });
});
