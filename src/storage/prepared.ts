import type { Compilable, CompiledQuery } from 'kysely';
import type { Db } from './schema.ts';

/** Stands in a compiled query for a value to come. */
class Slot {
  readonly path: readonly (string | number)[];
  constructor(path: Slot['path']) {
    this.path = path;
  }
}

/**
 * A query that is built and compiled at its first use, and again for values of another shape; later uses only fill in
 * the values. For the queries of every answer, where building costs more than running. `build` must not look at its
 * values: what it sees are slots for them.
 */
export function prepared<Values extends readonly unknown[], Row>(
  build: (db: Db, ...values: Values) => Compilable<Row>,
): (db: Db, ...values: Values) => Promise<Row[]> {
  const known = new Map<string, CompiledQuery<Row>>();
  return async (db, ...values) => {
    const shape = shapeOf(values);
    let query = known.get(shape);
    if (!query) {
      query = build(db, ...(slotsFor(values, []) as Values)).compile();
      known.set(shape, query);
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Slot ? valueAt(values, value) : value,
    );
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The keys of rows and the lengths of lists decide what is compiled, plain values do not. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`;
  return isPlain(value) ? `{${Object.keys(value).join()}}` : '';
}

function slotsFor(value: unknown, path: Slot['path']): unknown {
  if (Array.isArray(value)) return value.map((item, index) => slotsFor(item, [...path, index]));
  if (!isPlain(value)) return new Slot(path);
  return Object.fromEntries(Object.keys(value).map((key) => [key, new Slot([...path, key])]));
}

const valueAt = (values: unknown, { path }: Slot): unknown =>
  path.reduce((value, key) => (value as Record<string | number, unknown>)[key], values);
