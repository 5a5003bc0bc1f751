import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { findDrift, type Drift } from '../../../src/quiz/derived.ts';
import { openStorage } from '../../../src/storage/open.ts';
import type { Db } from '../../../src/storage/schema.ts';
import { root } from '../process.ts';
import type { Load } from './load.ts';
import { SEED } from './random.ts';

/**
 * What must hold after anything that may happen, once the bot has ended: every verdict that reached a screen is stored
 * once and with its points, what follows from the attempts is what a replay of them gives, and every server has one
 * post for every date.
 */
export async function verify(load: Load): Promise<void> {
  const storage = openStorage(join(load.folder, 'data/epoch.db'), resolve(root, 'migrations'), new Date());
  try {
    await expectSound(storage.db);
    await expectStored(storage.db, load);
    await expectDerived(storage.db);
    await expectPosts(storage.db, load);
  } finally {
    await storage.close();
  }
}

const hint = `SEED=${SEED}`;

async function expectSound(db: Db): Promise<void> {
  expect((await sql`PRAGMA integrity_check`.execute(db)).rows, hint).toEqual([{ integrity_check: 'ok' }]);
  expect((await sql`PRAGMA foreign_key_check`.execute(db)).rows, hint).toEqual([]);
}

async function expectStored(db: Db, { screen }: Load): Promise<void> {
  const attempts = await db.selectFrom('attempt').select(['ask_id', 'points']).execute();
  const stored = new Map(attempts.map((row) => [row.ask_id, row.points]));
  expect(stored.size, hint).toBe(attempts.length);
  const shown = [...screen.verdicts].map(([askId, points]) => ({ askId, points: [...points] }));
  const different = shown.filter(({ askId, points }) => points.some((each) => each !== stored.get(askId)));
  expect(different, hint).toEqual([]);
}

/** Points, cards and streaks are what a replay of the attempts gives. */
async function expectDerived(db: Db): Promise<void> {
  const drift: Drift[] = [];
  for await (const each of findDrift(db)) drift.push(each);
  expect(drift, hint).toEqual([]);
}

async function expectPosts(db: Db, { screen, servers, dates, driver }: Load): Promise<void> {
  const ledger = await db
    .selectFrom('daily')
    .select(['guild_id', 'local_date', 'message_id', 'state'])
    .orderBy('local_date')
    .execute();
  for (const { id, channelId } of servers) {
    const rows = ledger.filter((row) => row.guild_id === id);
    expect(
      rows.map((row) => row.local_date),
      hint,
    ).toEqual(dates);
    const entered = rows.map((row) => row.message_id);
    const shown = dates.map((date) => [...(screen.posts.get(`${id}:${date}`) ?? [])]);
    expect(shown, hint).toEqual(entered.map((messageId) => [messageId]));
    const bot = (await driver.state()).bot.id;
    const there = (await driver.messages(channelId, bot)).filter(({ message }) => message.author.id === bot);
    expect(
      there.map(({ message }) => message.id),
      hint,
    ).toEqual(entered);
  }
}
