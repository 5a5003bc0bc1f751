import { attemptsOfLearner } from '../storage/attempt.ts';
import {
  DERIVED,
  derivedRows,
  nextLearner,
  replaceDerived,
  type DerivedRow,
  type DerivedRows,
  type DerivedTable,
} from '../storage/derived.ts';
import type { AttemptRow, Db } from '../storage/schema.ts';
import { expectedScores } from './boards.ts';
import { expectedCards } from './cards.ts';
import { expectedStreak } from './streaks.ts';

/** A row of a derived table that is not what the attempts and the ledger of dailies come to. */
export interface Drift {
  readonly table: DerivedTable;
  /** The columns that name the row. */
  readonly key: Readonly<Record<string, string>>;
  /** Undefined when the row is missing. */
  readonly stored: DerivedRow | undefined;
  /** Undefined when there should be no such row. */
  readonly expected: DerivedRow | undefined;
}

/** Compares every derived row with what it must be, one learner at a time. A transaction shows it one instant. */
export async function* findDrift(db: Db): AsyncGenerator<Drift> {
  for await (const userId of learners(db)) yield* await driftOf(db, userId);
}

/** Everybody who has attempts or derived rows, by id. */
export async function* learners(db: Db): AsyncGenerator<string> {
  let userId = await nextLearner(db, '');
  while (userId !== undefined) {
    yield userId;
    userId = await nextLearner(db, userId);
  }
}

/** Puts right, in one transaction, what {@link driftOf} finds, and says what was mended. */
export function repairLearner(db: Db, userId: string): Promise<Drift[]> {
  return db.transaction().execute(async (transaction) => {
    const drifts = await driftOf(transaction, userId);
    for (const { table, key, expected } of drifts) await replaceDerived(transaction, table, key, expected);
    return drifts;
  });
}

/**
 * {@link findDrift} for one learner. Where several states are right, as with a broken streak, the stored one is expected.
 * Fractions may differ by what rounding leaves: sums of scores depend on the order of adding.
 */
export async function driftOf(db: Db, userId: string): Promise<Drift[]> {
  const stored = await derivedRows(db, userId);
  const expected = await expectedRows(db, userId, stored);
  return (Object.keys(DERIVED) as DerivedTable[]).flatMap((table) =>
    differences(table, stored[table], expected[table]),
  );
}

async function expectedRows(db: Db, userId: string, stored: DerivedRows): Promise<DerivedRows> {
  const attempts = await attemptsOfLearner(db, userId);
  const { cards, reviews } = await expectedCards(db, attempts, stored.review_log);
  const streaks = await expectedStreaks(db, userId, attempts, stored);
  return {
    review_log: reviews,
    card: cards,
    score: await expectedScores(db, userId, attempts),
    streak: streaks.flatMap(({ streak }) => streak ?? []),
    streak_event: streaks.flatMap(({ events }) => events),
  };
}

function expectedStreaks(db: Db, userId: string, attempts: readonly AttemptRow[], stored: DerivedRows) {
  const inServers = Map.groupBy(attempts, ({ guild_id }) => guild_id);
  inServers.delete(null);
  return Promise.all(
    [...inServers].map(([guildId, own]) =>
      expectedStreak(db, { guildId: guildId!, userId }, own, {
        streak: stored.streak.find(({ guild_id }) => guild_id === guildId),
        events: stored.streak_event.filter(({ guild_id }) => guild_id === guildId),
      }),
    ),
  );
}

function differences(table: DerivedTable, stored: readonly object[], expected: readonly object[]): Drift[] {
  const storedRows = byKey(table, stored);
  const expectedRows = byKey(table, expected);
  return [...new Set([...storedRows.keys(), ...expectedRows.keys()])]
    .map((key) => ({
      table,
      key: JSON.parse(key) as Drift['key'],
      stored: storedRows.get(key),
      expected: expectedRows.get(key),
    }))
    .filter((pair) => !agree(pair.stored, pair.expected));
}

function byKey(table: DerivedTable, rows: readonly object[]): Map<string, DerivedRow> {
  return new Map(
    (rows as readonly DerivedRow[]).map((row) => [
      JSON.stringify(Object.fromEntries(DERIVED[table].map((column) => [column, row[column]]))),
      row,
    ]),
  );
}

/** What adding in another order, or rounding in another place, may leave between two fractions. */
const ROUNDING = 1e-7;

/** Whether two values, or JSON texts, or rows of them say the same. */
function agree(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return Math.abs(a - b) <= ROUNDING * Math.max(1, Math.abs(b));
  }
  if (isJson(a) && isJson(b)) return agree(parse(a), parse(b));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const columns = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...columns].every((column) => agree(a[column as never], b[column as never]));
}

const isJson = (value: unknown): value is string => typeof value === 'string' && value.startsWith('{');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
