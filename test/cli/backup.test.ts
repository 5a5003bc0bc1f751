import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { backupCommand } from '../../src/cli/backup-command.ts';
import { doctorCommand } from '../../src/cli/doctor-command.ts';
import {
  attemptIds,
  emptyFolder,
  filesIn,
  run,
  startWriter,
  writeDatabase,
  writeHistory,
} from './database.ts';

const root = resolve(import.meta.dirname, '../..');

describe('backup', () => {
  test('writes a copy beside the database, named by the time, and says what is in it', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'epoch.db'), 3);
    const { code, out } = await run(backupCommand, folder);
    const copy = join(folder, 'backups/epoch-20261124T010203Z.db');
    expect(out).toEqual([expect.stringMatching(/^\S+: 4 attempts, \d+ bytes, checked\.$/)]);
    expect(out[0]).toContain(copy);
    expect(code).toBe(0);
    expect(filesIn(join(folder, 'backups'))).toEqual(['epoch-20261124T010203Z.db']);
    expect(attemptIds(copy)).toEqual(attemptIds(join(folder, 'epoch.db')));
  });

  test('taken while learners answer is whole: nothing acknowledged before is missing, nothing is half there', async () => {
    const folder = emptyFolder();
    const writer = await startWriter(folder);
    await writer.more(60);
    const before = writer.acknowledged.length;
    expect(await run(backupCommand, folder, 'elsewhere/../copy.db')).toMatchObject({ code: 0 });
    // It goes on as if nothing had been.
    await writer.more(60);
    await writer.kill();

    const restored = emptyFolder();
    writeFileSync(join(restored, 'epoch.db'), readFileSync(join(folder, 'copy.db')));
    const ids = attemptIds(join(restored, 'epoch.db'));
    expect(ids.length).toBeGreaterThanOrEqual(before);
    expect(ids).toEqual(writer.acknowledged.slice(0, ids.length));
    expect(await run(doctorCommand, restored)).toMatchObject({
      code: 0,
      out: [expect.stringMatching(/sound\.$/)],
    });
  });

  test('never writes over a file', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'epoch.db'));
    writeFileSync(join(folder, 'precious'), 'mine');
    const { code, err } = await run(backupCommand, folder, 'precious');
    expect(err).toEqual([`${join(folder, 'precious')} exists already: name another file.`]);
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('mine');
  });

  test('says so when the folder is missing', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'epoch.db'));
    const { code, err } = await run(backupCommand, folder, 'away/copy.db');
    expect(err).toEqual([`There is no folder ${join(folder, 'away')}.`]);
    expect(code).toBe(1);
  });

  test('says so when there is no database, and makes none', async () => {
    const folder = emptyFolder();
    expect(await run(backupCommand, folder)).toMatchObject({
      code: 1,
      err: [`There is no database ${join(folder, 'epoch.db')}.`],
    });
    expect(filesIn(folder)).toEqual([]);
  });

  test('refuses to back up what is damaged, and leaves nothing half done', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'epoch.db');
    await writeHistory(path);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    const { code, err } = await run(backupCommand, folder, 'copy.db');
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(/malformed|damaged/);
    expect(code).toBe(1);
    expect(filesIn(folder)).toEqual(['epoch.db']);
  });

  test.skipIf(process.platform === 'win32')(
    'that runs out of room says so, and leaves nothing half done',
    async () => {
      const folder = emptyFolder();
      await writeHistory(join(folder, 'epoch.db'));
      const script = 'ulimit -f 64; exec "$0" "$1" copy.db';
      const failed = promisify(execFile)(
        'sh',
        ['-c', script, process.execPath, join(root, 'src/cli/backup.ts')],
        { cwd: folder, env: { PATH: process.env['PATH'], DATABASE_URL: 'file:epoch.db' } },
      );
      await expect(failed).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^\S+epoch\.db cannot be copied to \S+ \(.*\)\.\n$/),
      });
      expect(filesIn(folder)).toEqual(['epoch.db']);
    },
  );

  test('takes a path as it was typed, wherever npm was called', { timeout: 60_000 }, async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'epoch.db'));
    mkdirSync(join(folder, 'below'));
    const env = { PATH: process.env['PATH'], DATABASE_URL: `file:${join(folder, 'epoch.db')}` };
    const below = { cwd: join(folder, 'below'), env };
    await promisify(execFile)('npm', ['--prefix', root, 'run', 'backup', 'copy.db'], below);
    expect(filesIn(join(folder, 'below'))).toEqual(['copy.db']);
  });
});
