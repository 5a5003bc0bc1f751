import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { findDrift } from '../../../src/quiz/derived.ts';
import { openStorage } from '../../../src/storage/open.ts';
import type { Db } from '../../../src/storage/schema.ts';
import { root } from '../process.ts';
import type { Load, Server } from './load.ts';

/**
 * Whatever is not as it must be once the bot has ended, a line each: every verdict that reached a screen is stored once
 * and with its points, what follows from the attempts is what a replay of them gives, and every server has one post
 * for every date.
 */
export async function verify(load: Load): Promise<string[]> {
  const storage = openStorage(join(load.folder, 'data/epoch.db'), resolve(root, 'migrations'), new Date());
  try {
    const { db } = storage;
    return [
      ...(await unsound(db)),
      ...(await lostOrDoubled(db, load)),
      ...(await drifted(db)),
      ...(await misposted(db, load)),
    ];
  } finally {
    await storage.close();
  }
}

async function unsound(db: Db): Promise<string[]> {
  const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(db);
  const orphans = await sql`PRAGMA foreign_key_check`.execute(db);
  return [
    ...rows.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
    ...orphans.rows.map((row) => `orphan ${JSON.stringify(row)}`),
  ];
}

async function lostOrDoubled(db: Db, { screen }: Load): Promise<string[]> {
  const attempts = await db.selectFrom('attempt').select(['ask_id', 'points']).execute();
  const stored = Map.groupBy(attempts, ({ ask_id }) => ask_id);
  return [...screen.verdicts].flatMap(([askId, shown]) => {
    const points = (stored.get(askId) ?? []).map((attempt) => attempt.points);
    const same = points.length === 1 && [...shown].every((each) => each === points[0]);
    return same ? [] : [`ask ${askId}: shown with ${[...shown].join()} points, stored with ${points.join()}`];
  });
}

async function drifted(db: Db): Promise<string[]> {
  const lines: string[] = [];
  for await (const drift of findDrift(db)) lines.push(`drift ${JSON.stringify(drift)}`);
  return lines;
}

async function misposted(db: Db, load: Load): Promise<string[]> {
  const bot = (await load.driver.state()).bot.id;
  const lines: string[] = [];
  for (const server of load.servers) {
    const entered = JSON.stringify(await ledgerOf(db, server));
    const shown = JSON.stringify(
      load.dates.flatMap((date) =>
        [...(load.screen.posts.get(`${server.id}:${date}`) ?? [])].map((id) => [date, id]),
      ),
    );
    const there = (await load.driver.messages(server.channelId, bot)).map(({ message }) => message);
    const count = there.filter(({ author }) => author.id === bot).length;
    if (shown !== entered) lines.push(`server ${server.id}: shown ${shown}, in the ledger ${entered}`);
    if (count !== load.dates.length) lines.push(`server ${server.id}: ${count} posts in its channel`);
  }
  return lines;
}

async function ledgerOf(db: Db, { id }: Server): Promise<[string, string | null][]> {
  const rows = await db
    .selectFrom('daily')
    .select(['local_date', 'message_id'])
    .where('guild_id', '=', id)
    .orderBy('local_date')
    .execute();
  return rows.map((row) => [row.local_date, row.message_id]);
}
