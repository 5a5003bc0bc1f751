import type { Compilable, CompiledQuery, DatabaseConnection } from 'kysely';
import type { Db } from './schema.ts';

/** Stands in a compiled query for a value to come. */
class Slot {
  readonly read: Read;
  constructor(read: Read) {
    this.read = read;
  }
}

type Read = (values: readonly unknown[]) => unknown;

/**
 * A query that is built and compiled at its first use, and again for lists of other lengths; later uses only fill in
 * the values. For the queries of every answer, where building costs more than running. `build` must not look at its
 * values: what it sees are slots for them. A row has the same columns at every use.
 */
export function prepared<Values extends readonly unknown[], Row>(
  build: (db: Db, ...values: Values) => Compilable<Row>,
): (db: Db, ...values: Values) => Promise<Row[]> {
  const known = new Map<string, CompiledQuery<Row>>();
  return async (db, ...values) => {
    const lengths = values.map((value) => (Array.isArray(value) ? value.length : '')).join();
    let query = known.get(lengths);
    if (!query) {
      query = build(db, ...(slotsFor(values, (given) => given) as Values)).compile();
      known.set(lengths, query);
    }
    const parameters = query.parameters.map((value) => (value instanceof Slot ? value.read(values) : value));
    const runner = db.isTransaction ? await connectionOf(db) : db;
    return (await runner.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

function slotsFor(value: unknown, read: Read): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => slotsFor(item, (values) => (read(values) as unknown[])[index]));
  }
  if (!isPlain(value)) return new Slot(read);
  return Object.fromEntries(
    Object.keys(value).map((key) => [
      key,
      new Slot((values) => (read(values) as Record<string, unknown>)[key]),
    ]),
  );
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const connections = new WeakMap<Db, DatabaseConnection>();

/** A transaction has one connection, which Kysely would hand out again, through a queue of promises, for every query. */
async function connectionOf(transaction: Db): Promise<DatabaseConnection> {
  const known = connections.get(transaction);
  if (known) return known;
  const connection = await transaction.getExecutor().provideConnection(async (own) => own);
  connections.set(transaction, connection);
  return connection;
}
