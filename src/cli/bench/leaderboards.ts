import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { GLOBAL } from '../../quiz/boards.ts';
import type { Epoch } from '../../quiz/epoch.ts';
import { leaderboard, type Scope } from '../../quiz/leaderboard.ts';
import { MIGRATIONS } from '../../storage/migrate.ts';
import { openStorage, queriesOn } from '../../storage/open.ts';
import { periodKey, seasonKey } from '../../study/index.ts';
import { median, type Experiment } from './experiment.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const SEASON = '2026';
/** A server with so many learners who answer so often; larger histories have more such servers. */
const LEARNERS = 200;
const ANSWERS = 50;
const SMALL = 10_000;

/** A page from the middle with the reader's own rank, on a server's board and on the global one. */
export const leaderboards: Experiment = {
  rows: [
    {
      name: 'leaderboard',
      what: "a server's board and own rank, 1e7 attempts beside 1e4",
      unit: 'us',
      aim: { at: 'most', value: 2, times: true },
    },
    {
      name: 'leaderboard-global',
      what: 'the same of the global board: 200,000 learners beside 200',
      unit: 'us',
      aim: { at: 'most', value: 2, times: true },
    },
  ],
  async measure(quick) {
    const small = await open(SMALL);
    const large = await open(quick ? 10 * SMALL : 1000 * SMALL);
    const both = async (scope: Scope) => ({
      ours: await time(large, scope),
      beside: await time(small, scope),
    });
    const measured = [await both('server'), await both('global')];
    await Promise.all([small.close(), large.close()]);
    return measured;
  },
};

/** Median time of a request, in microseconds. */
async function time(epoch: Epoch, scope: Scope): Promise<number> {
  const reader = { userId: userOf(LEARNERS / 2), guildId: guildOf(0) };
  const times: number[] = [];
  for (let run = 0; run < 200; run += 1) {
    const started = performance.now();
    await leaderboard(epoch, { scope, period: 'all', by: 'points', page: 10 }, reader);
    times.push((performance.now() - started) * 1000);
  }
  return median(times);
}

const pad = (n: number) => String(n).padStart(19, '0');
const guildOf = (n: number) => `1${pad(n).slice(1)}`;
const userOf = (n: number) => `2${pad(n).slice(1)}`;

/** Opens a history of so many attempts, making it on the first time. */
async function open(attempts: number): Promise<Epoch & { close(): Promise<void> }> {
  const path = join(tmpdir(), `epoch-bench-${attempts}-${version()}.db`);
  if (!existsSync(path)) {
    await make(`${path}.part`, attempts);
    renameSync(`${path}.part`, path);
    rmSync(`${path}.part.lock`);
  }
  // Not as Epoch opens it: checking the whole file is no part of this.
  const sqlite = new Database(path, { readonly: true });
  const db = queriesOn(sqlite);
  return {
    db,
    bank: { questions: new Map(), topics: [] },
    now: () => NOW,
    async close() {
      await db.destroy();
      sqlite.close();
    },
  };
}

/** Changes when the schema, or this file, does. */
function version(): string {
  const files = readdirSync(MIGRATIONS).map((file) => join(MIGRATIONS, file));
  const hash = createHash('sha256');
  for (const file of [import.meta.filename, ...files]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

async function make(path: string, attempts: number): Promise<void> {
  rmSync(path, { force: true });
  await openStorage(path, MIGRATIONS, NOW).close();
  const sqlite = new Database(path);
  // From WAL there is no way to OFF but through this.
  sqlite.pragma('journal_mode = DELETE');
  sqlite.pragma('journal_mode = OFF');
  sqlite.pragma('synchronous = OFF');
  // Attempts without their asks: nothing here looks at those.
  sqlite.pragma('foreign_keys = OFF');
  const indexes = sqlite
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('attempt', 'score') AND sql IS NOT NULL",
    )
    .all();
  // Built afterwards, which is several times faster.
  for (const { name } of indexes) sqlite.exec(`DROP INDEX ${name}`);
  sqlite.transaction(() => {
    fill(sqlite, attempts);
    for (const { sql } of indexes) sqlite.exec(sql);
  })();
  sqlite.pragma('journal_mode = WAL');
  sqlite.close();
}

/** Pieces of SQL: the numbers below `count`, and the ids of the nth learner and of their server. */
const numbers = (count: number) =>
  `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count - 1})`;
const user = (n: string) => `'2' || printf('%018d', ${n})`;
const guild = (n: string) => `'1' || printf('%018d', ${n} / ${LEARNERS})`;

function fill(sqlite: Database.Database, attempts: number): void {
  const learners = attempts / ANSWERS;
  sqlite.exec(`
    INSERT INTO server SELECT ${guild('n')}, 'server', 'zh-CN', 'UTC', NULL, NULL, NULL, '[]', '[]', NULL, '${SEASON}',
      NULL, NULL, NULL, '2026-01-01', NULL FROM (${numbers(learners)} SELECT n FROM numbers WHERE n % ${LEARNERS} = 0);
    INSERT INTO learner SELECT ${user('n')}, 'learner ' || n, 'zh-CN', NULL, NULL, NULL, NULL, 1, 0, 0, NULL,
      '2026-01-01', '2026-01-01' FROM (${numbers(learners)} SELECT n FROM numbers);
    INSERT INTO member SELECT ${guild('n')}, ${user('n')}, 'member ' || n
      FROM (${numbers(learners)} SELECT n FROM numbers);
    INSERT INTO attempt SELECT printf('%019d', n), printf('%019d', n), ${user(`n % ${learners}`)},
      ${guild(`n % ${learners}`)}, 'quiz', NULL, 'topic/question-' || (n % 523), 'v1', 'topic', 2, 'choice', n, '{}', '0',
      'correct', 1, NULL, '[]', 0, NULL, 0, 10 + n * 7919 % 41, strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + n * 28e6 / ${attempts}, 'unixepoch'),
      '2026-01-01', '2026-01-01', '${SEASON}' FROM (${numbers(attempts)} SELECT n FROM numbers);
  `);
  // Each learner answers in one server: the sums of all servers are the same.
  sqlite.exec(`
    INSERT INTO score SELECT guild_id, '${seasonKey(SEASON)}', user_id, sum(points), count(*), sum(score),
      sum(score) / count(*), max(answered_at) FROM attempt GROUP BY user_id;
    INSERT INTO score SELECT '${GLOBAL}', '${periodKey('all', '2026-01-01')}', user_id, points, answered, correct,
      accuracy, reached_at FROM score;
  `);
}
