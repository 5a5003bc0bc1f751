import type Database from 'better-sqlite3';

const KEPT = 500;

/** What SQLite has done so far. */
export interface Usage {
  readonly statements: number;
  readonly seconds: number;
}

export interface Statements {
  /** Runs a statement: rows of one that answers with rows, the number of changed rows of another. */
  run(sql: string, parameters?: readonly unknown[]): { readonly rows: unknown[]; readonly changes: number };
  usage(): Usage;
}

/** Runs statements on a connection. Preparing one costs more than running it, so the ones in use are kept. */
export function statementsOn(sqlite: Database.Database): Statements {
  const kept = new Map<string, Database.Statement>();
  let count = 0;
  let ms = 0;

  const prepare = (sql: string): Database.Statement => {
    const known = kept.get(sql);
    if (known) return known;
    if (kept.size >= KEPT) kept.clear();
    const statement = sqlite.prepare(sql);
    kept.set(sql, statement);
    return statement;
  };

  return {
    run(sql, parameters = []) {
      const started = performance.now();
      try {
        const statement = prepare(sql);
        return statement.reader
          ? { rows: statement.all(parameters), changes: 0 }
          : { rows: [], changes: statement.run(parameters).changes };
      } finally {
        count += 1;
        ms += performance.now() - started;
      }
    },
    usage: () => ({ statements: count, seconds: ms / 1000 }),
  };
}
