import { localDate } from '../study/index.ts';
import type { ServerRow } from '../storage/schema.ts';
import { findServer, updateServer, welcomeServer, type ServerSettings } from '../storage/server.ts';
import { nextDailyAt } from './daily.ts';
import type { Epoch } from './epoch.ts';

/** Notes a server that Epoch is in. Its settings, if it was here before, stay as they were. */
export async function welcome(
  epoch: Epoch,
  server: { readonly guildId: string; readonly name: string; readonly locale: string; readonly zone: string },
): Promise<ServerRow> {
  const now = epoch.now();
  await welcomeServer(epoch.db, {
    guild_id: server.guildId,
    name: server.name,
    locale: server.locale,
    zone: server.zone,
    channel_id: null,
    role_id: null,
    daily_time: null,
    topics: '[]',
    levels: '[]',
    paused_at: null,
    season: localDate(now, server.zone),
    set_by: null,
    last_date: null,
    next_at: null,
    joined_at: now.toISOString(),
    left_at: null,
  });
  return (await findServer(epoch.db, server.guildId))!;
}

/** Epoch was removed: nothing is posted until it is invited again. */
export async function farewell(epoch: Epoch, guildId: string): Promise<void> {
  await updateServer(epoch.db, guildId, { left_at: epoch.now().toISOString() });
}

/** Changes a server's settings, and with them when its next daily is due. */
export function configure(
  epoch: Epoch,
  guildId: string,
  settings: ServerSettings,
  setBy: string | null,
): Promise<ServerRow> {
  return epoch.db.transaction().execute(async (db) => {
    const server = await findServer(db, guildId);
    if (!server) throw new Error(`no server ${guildId}`);
    const changed = { ...server, ...settings, set_by: setBy ?? server.set_by };
    const next = { ...changed, next_at: nextDailyAt(changed, epoch.now()) };
    const { guild_id: _, joined_at: __, ...columns } = next;
    await updateServer(db, guildId, columns);
    return next;
  });
}

/** `9:00`, `09:00`, `9：00` as `HH:MM`; undefined if it is no time of day. */
export function readTime(text: string): string | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.normalize('NFKC').trim());
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** `1-3`, `2,3`, `5` as a sorted list of levels; undefined if it is none. */
export function readLevels(text: string): number[] | undefined {
  const levels = new Set<number>();
  for (const part of text.normalize('NFKC').split(/[,、\s]+/)) {
    const match = /^([1-5])(?:-([1-5]))?$/.exec(part);
    if (!match) return undefined;
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (from > to) return undefined;
    for (let level = from; level <= to; level += 1) levels.add(level);
  }
  return [...levels].toSorted((a, b) => a - b);
}
