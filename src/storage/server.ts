import { prepared } from './prepared.ts';
import type { Db, ServerRow } from './schema.ts';

export type ServerSettings = Partial<Omit<ServerRow, 'guild_id' | 'joined_at'>>;

const byId = prepared((db, guildId: string) =>
  db.selectFrom('server').selectAll().where('guild_id', '=', guildId),
);

export const findServer = async (db: Db, guildId: string): Promise<ServerRow | undefined> =>
  (await byId(db, guildId))[0];

/** Adds the server, or only refreshes its name and notes that it is back. */
export async function welcomeServer(db: Db, row: ServerRow): Promise<void> {
  await db
    .insertInto('server')
    .values(row)
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet({ name: row.name, left_at: null }))
    .execute();
}

export async function updateServer(db: Db, guildId: string, settings: ServerSettings): Promise<void> {
  await db.updateTable('server').set(settings).where('guild_id', '=', guildId).execute();
}

/** Servers whose next daily is due at `now`, the longest waiting first. */
export function serversDue(db: Db, now: string): Promise<ServerRow[]> {
  return db
    .selectFrom('server')
    .selectAll()
    .where('next_at', '<=', now)
    .where('left_at', 'is', null)
    .where('paused_at', 'is', null)
    .orderBy('next_at')
    .orderBy('guild_id')
    .execute();
}
