import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doctorCommand } from '../../src/cli/doctor-command.ts';
import { openStorage } from '../../src/storage/open.ts';
import { GUILD } from '../quiz/world.ts';
import { migrations } from '../storage/memory.ts';
import {
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

const PAGE_SIZE = 4096;

/** A folder with a database of four weeks in which something was done behind Epoch's back. */
async function spoilt(statements: string): Promise<string> {
  const folder = emptyFolder();
  await writeHistory(join(folder, 'epoch.db'));
  onDatabase(join(folder, 'epoch.db'), (sqlite) => sqlite.exec(`PRAGMA foreign_keys = OFF; ${statements}`));
  return folder;
}

describe('doctor', () => {
  test('finds nothing wrong with a database that is sound', async () => {
    const folder = emptyFolder();
    await writeHistory(join(folder, 'epoch.db'));
    const { code, out, err } = await run(doctorCommand, folder);
    expect(out).toEqual([`${join(folder, 'epoch.db')}: 108 attempts of 3 learners, sound.`]);
    expect({ code, err }).toEqual({ code: 0, err: [] });
  });

  test('looks while learners answer, but repairs only when Epoch has stopped', async () => {
    const folder = emptyFolder();
    const writer = await startWriter(folder);
    await writer.more(30);
    expect(await run(doctorCommand, folder)).toMatchObject({ code: 0 });
    expect(await run(doctorCommand, folder, '--repair')).toMatchObject({
      code: 1,
      out: [],
      err: [`Another Epoch is running on ${join(folder, 'epoch.db')}: stop it first.`],
    });
    await writer.more(30);
    await writer.kill();
    expect(await run(doctorCommand, folder, '--repair')).toMatchObject({
      code: 0,
      out: [expect.stringMatching(/: \d+ attempts of 50 learners, 0 rows mended, sound\.$/)],
    });
  });

  test('says which derived row is wrong and how, and puts it right', async () => {
    const folder = await spoilt(
      "UPDATE score SET points = points + 1 WHERE user_id = '1' AND period = 'month:2026-12'",
    );
    const wrong = new RegExp(`^score (global|${GUILD}) month:2026-12 1: points is \\d+, want \\d+$`);
    const { code, out } = await run(doctorCommand, folder);
    expect(out).toEqual([
      expect.stringMatching(wrong),
      expect.stringMatching(wrong),
      expect.stringMatching(/, 2 faults\.$/),
      '"npm run doctor -- --repair" mends 2 of them, once Epoch has stopped.',
    ]);
    expect(code).toBe(1);
    const repaired = await run(doctorCommand, folder, '--repair');
    expect(repaired.out).toEqual([
      `mended: ${out[0]}`,
      `mended: ${out[1]}`,
      expect.stringMatching(/, 2 rows mended, sound\.$/),
    ]);
    expect(repaired.code).toBe(0);
    expect(await run(doctorCommand, folder)).toMatchObject({ code: 0 });
  });

  test('repairs nothing but the derived tables', async () => {
    const folder = await spoilt(
      "DELETE FROM streak; UPDATE daily SET message_id = NULL WHERE local_date = '2026-12-01'",
    );
    const { code, out } = await run(doctorCommand, folder, '--repair');
    expect(out).toEqual([
      `daily ${GUILD} 2026-12-01 is closed, but was neither posted in full nor given up`,
      `mended: streak ${GUILD} 1: is missing`,
      `mended: streak ${GUILD} 2: is missing`,
      expect.stringMatching(/, 2 rows mended, 1 fault\.$/),
    ]);
    expect(code).toBe(1);
    expect((await run(doctorCommand, folder)).out).toHaveLength(2);
  });

  test('counts everybody else where one learner’s records cannot be read', async () => {
    const folder = await spoilt(
      "UPDATE attempt SET answered_at = 'yesterday' WHERE id = (SELECT id FROM attempt WHERE user_id = '1' LIMIT 1); DELETE FROM streak",
    );
    const { out } = await run(doctorCommand, folder);
    expect(out).toEqual([
      expect.stringMatching(/^attempt \d+ has a time, a date, a score or points that cannot be$/),
      expect.stringMatching(/^learner 1 cannot be counted again \(.*\)$/),
      `streak ${GUILD} 2: is missing`,
      expect.stringMatching(/, 3 faults\.$/),
      expect.stringMatching(/mends 1 of them/),
    ]);
  });
});

describe('the records', () => {
  const first = `WHERE local_date = '2026-11-24'`;
  const last = `WHERE local_date = '2026-12-21'`;
  test.each([
    [
      `UPDATE daily SET state = 'due' ${first}`,
      /^daily \d+ 2026-11-24 is due or being sent, but has a message/,
    ],
    [`UPDATE daily SET closes_at = NULL ${last}`, /^daily \d+ 2026-12-21 is posted, but lacks/],
    [`UPDATE daily SET message_id = NULL ${last}`, /^daily \d+ 2026-12-21 is posted, but lacks/],
    [
      `UPDATE daily SET closed_at = NULL ${first}`,
      /^daily \d+ 2026-11-24 is closed, but not since any time$/,
    ],
    [`UPDATE daily SET message_id = NULL ${first}`, /^daily \d+ 2026-11-24 is closed, but was neither/],
    [
      `UPDATE daily SET due_at = 'noon' ${first}`,
      /^daily \d+ 2026-11-24 has times or a date that cannot be read$/,
    ],
    ["UPDATE server SET last_date = '2026-12-01'", /^server \d+ takes another daily for its newest/],
    ['DELETE FROM server', /^daily \d+ 2026-11-24 is of a server that is not known$/],
    ["UPDATE ask SET question_id = 'x/y' WHERE id = '1'", /^attempt \d+ is not of what was asked$/],
    [`DELETE FROM daily ${first}`, /^attempt \d+ is at a daily that was never posted$/],
    [
      "UPDATE attempt SET score = 2 WHERE mode = 'daily'",
      /^attempt \d+ has a time, a date, a score or points/,
    ],
  ])('%s is found', async (statement, says) => {
    const { code, out } = await run(doctorCommand, await spoilt(statement));
    expect(out).toContainEqual(expect.stringMatching(says));
    expect(code).toBe(1);
  });
});

describe('the file', () => {
  test.each([
    ['DROP INDEX attempt_user', /^the index attempt_user is missing$/],
    ['ALTER TABLE member ADD COLUMN age INTEGER', /^the table member is not as it should be$/],
    ["DELETE FROM ask WHERE id = '1'", /^row \d+ of attempt refers to a row of ask that is not there$/],
    [
      "INSERT INTO migration VALUES ('20991231000000_future.sql', '')",
      /^The database was written by a newer Epoch/,
    ],
    ['DROP TABLE migration', /^It is not a database of Epoch\.$/],
  ])('%s is found, and the rows are left alone', async (statement, says) => {
    const folder = await spoilt(statement);
    for (const args of [[], ['--repair']]) {
      const { code, out } = await run(doctorCommand, folder, ...args);
      expect(out).toEqual([
        expect.stringMatching(says),
        expect.stringMatching(/: 1 fault; its rows were not looked at\.$/),
      ]);
      expect(code).toBe(1);
    }
  });

  test('older than this Epoch is to be brought up to date first', async () => {
    const folder = emptyFolder();
    await writeDatabase(join(folder, 'epoch.db'));
    const { code, out } = await runWith(laterMigrations(), doctorCommand, folder, '--repair');
    expect(out[0]).toBe(
      'The schema is older than this Epoch (it lacks 20991231000000_later.sql): start Epoch once.',
    );
    expect(code).toBe(1);
  });

  test('with an index of the right size but other rows, which a quick check overlooks, is found', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'epoch.db');
    await writeHistory(path);
    const pageOf = (index: string) =>
      onDatabase(path, (sqlite) =>
        Number(sqlite.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(index)),
      );
    const bytes = readFileSync(path);
    const start = (page: number) => (page - 1) * PAGE_SIZE;
    const other = start(pageOf('streak_board'));
    bytes.copy(bytes, start(pageOf('streak_user')), other, other + PAGE_SIZE);
    writeFileSync(path, bytes);
    expect(onDatabase(path, (sqlite) => sqlite.pragma('quick_check', { simple: true }))).toBe('ok');
    const { code, out } = await run(doctorCommand, folder);
    expect(out).toContainEqual(expect.stringMatching(/missing from index streak_user/));
    expect(code).toBe(1);
  });

  test('that cannot be read gets one sentence, and none is made where there is none', async () => {
    const folder = emptyFolder();
    expect((await run(doctorCommand, folder)).err).toEqual([
      `There is no database ${join(folder, 'epoch.db')}.`,
    ]);
    expect(filesIn(folder)).toEqual([]);
    writeFileSync(join(folder, 'epoch.db'), 'Dear diary, '.repeat(1000));
    expect((await run(doctorCommand, folder)).err).toEqual([
      `${join(folder, 'epoch.db')} cannot be read as a database (file is not a database).`,
    ]);
    await openStorage(join(folder, 'new/epoch.db'), migrations, NOW).close();
    truncateSync(join(folder, 'new/epoch.db'), 4096 * 3);
    const { code, out } = await run(doctorCommand, join(folder, 'new'));
    expect(out[0]).toMatch(/malformed/);
    expect(code).toBe(1);
  });
});
