import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { loadBank } from '../../bank/index.ts';
import type { Epoch } from '../../quiz/epoch.ts';
import { configure, welcome } from '../../quiz/settings.ts';
import { MIGRATIONS } from '../../storage/migrate.ts';
import { openStorage } from '../../storage/open.ts';
import { localTime } from '../../study/index.ts';
import { startEpoch } from './child.ts';
import type { Experiment } from './experiment.ts';
import { openStage, type Stage } from './stage.ts';

const questions = resolve(import.meta.dirname, '../../../questions');
const ZONE = 'Asia/Shanghai';
const API_PER_SECOND = 50;
const HOUR_MS = 3_600_000;
const POLL_MS = 20;

interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly channels: readonly { readonly id: string }[];
}

/** `due` of `servers` have their daily in the same minute; Discord's own limits are in force. */
const posting = (name: string, what: string, servers: number): Experiment => ({
  rows: [{ name, what, unit: '% of the API', aim: { at: 'least', value: 95 } }],
  async measure(quick) {
    const due = quick ? 200 : servers;
    const seconds = await postAll(servers, due);
    // The first 50 go out at once.
    return [{ ours: (100 * (due / API_PER_SECOND - 1)) / seconds }];
  },
});

export const oneShard = posting('due-2400', '2,400 servers due in the same minute, one shard', 2400);
export const twoShards = posting('due-5000', '5,000 servers due in the same minute, two shards', 5000);

/** From the minute to the last post, in seconds. Rejects if a post is missing or doubled. */
async function postAll(servers: number, due: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'epoch-bench-'));
  const path = join(folder, 'epoch.db');
  const stage = await openStage();
  const guilds = await stage.call<Guild[]>('POST', 'guilds', {
    name: 'bench',
    locale: 'zh-CN',
    channels: [{ name: 'daily' }],
    count: servers,
  });
  await setUp(path, guilds.slice(0, due));
  const bot = await startEpoch(stage, path);
  await stage.call('POST', 'faults', { kind: 'limits' });
  const started = performance.now();
  await stage.call('POST', 'clock', { advanceMs: HOUR_MS });
  await posted(path, due);
  const seconds = (performance.now() - started) / 1000;
  await checkPosts(stage, guilds, due);
  await bot.stop();
  await stage.stop();
  rmSync(folder, { recursive: true });
  return seconds;
}

/** Every server's daily is due in half an hour. */
async function setUp(path: string, guilds: readonly Guild[]): Promise<void> {
  const now = new Date();
  const storage = openStorage(path, MIGRATIONS, now);
  const { bank } = await loadBank(questions);
  const epoch: Epoch = { db: storage.db, bank, now: () => now };
  const daily_time = localTime(new Date(now.getTime() + HOUR_MS / 2), ZONE);
  await Promise.all(
    guilds.map(async ({ id, name, channels }) => {
      await welcome(epoch, { guildId: id, name, locale: 'zh-CN', zone: ZONE });
      await configure(epoch, id, { channel_id: channels[0]!.id, daily_time }, null);
    }),
  );
  await storage.close();
}

async function posted(path: string, due: number): Promise<void> {
  const ledger = new Database(path, { readonly: true });
  const count = ledger.prepare<[], number>("SELECT count(*) FROM daily WHERE state = 'posted'").pluck();
  const giveUpAt = performance.now() + 60_000 + (3000 * due) / API_PER_SECOND;
  while (count.get()! < due) {
    if (performance.now() > giveUpAt) throw new Error(`only ${count.get()} of ${due} dailies were posted`);
    await new Promise((resume) => void setTimeout(resume, POLL_MS));
  }
  ledger.close();
}

async function checkPosts(stage: Stage, guilds: readonly Guild[], due: number): Promise<void> {
  for (const [index, { channels, ownerId }] of guilds.entries()) {
    const messages = await stage.call<unknown[]>('GET', `channels/${channels[0]!.id}/messages?as=${ownerId}`);
    const wanted = index < due ? 1 : 0;
    if (messages.length !== wanted) throw new Error(`${messages.length} posts in a server, want ${wanted}`);
  }
}
