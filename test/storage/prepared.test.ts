import { describe, expect, test } from 'vitest';
import { prepared } from '../../src/storage/prepared.ts';
import type { MemberRow } from '../../src/storage/schema.ts';
import { memoryDb } from './memory.ts';

const member = (user_id: string, name: string, guild_id = '1'): MemberRow => ({ guild_id, user_id, name });

const put = prepared((db, row: MemberRow) =>
  db
    .insertInto('member')
    .values(row)
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id']).doUpdateSet({ name: row.name })),
);
const named = prepared((db, guildId: string, names: readonly string[]) =>
  db
    .selectFrom('member')
    .select('user_id')
    .where('guild_id', '=', guildId)
    .where('name', 'in', names)
    .orderBy('user_id'),
);

describe('prepared', () => {
  test('takes new values each time, a row’s columns in any order', async () => {
    const db = memoryDb();
    await put(db, member('1', 'a'));
    await put(db, { name: 'b', user_id: '2', guild_id: '1' });
    await put(db, member('1', 'c'));
    expect(await db.selectFrom('member').selectAll().orderBy('user_id').execute()).toEqual([
      member('1', 'c'),
      member('2', 'b'),
    ]);
  });

  test('takes lists of any length', async () => {
    const db = memoryDb();
    for (const [index, name] of ['a', 'b', 'c'].entries()) await put(db, member(String(index), name));
    expect(await named(db, '1', ['a', 'c'])).toEqual([{ user_id: '0' }, { user_id: '2' }]);
    expect(await named(db, '1', ['b'])).toEqual([{ user_id: '1' }]);
    expect(await named(db, '2', ['b'])).toEqual([]);
  });

  test('builds once for each shape, and serves other databases and transactions', async () => {
    let built = 0;
    const all = prepared((db, guildId: string) => {
      built += 1;
      return db.selectFrom('member').selectAll().where('guild_id', '=', guildId);
    });
    const [first, second] = [memoryDb(), memoryDb()];
    await put(first, member('1', 'a'));
    const seen = await second.transaction().execute(async (db) => {
      await put(db, member('2', 'b'));
      return all(db, '1');
    });
    expect(seen).toEqual([member('2', 'b')]);
    expect(await all(first, '1')).toEqual([member('1', 'a')]);
    expect(built).toBe(1);
  });
});
