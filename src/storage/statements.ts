import type Database from 'better-sqlite3';

const KEPT = 500;

export interface Statements {
  prepare(sql: string): Database.Statement;
}

/** Preparing a statement costs more than running it, so the ones in use are kept. */
export function cachingStatements(sqlite: Database.Database): Statements {
  const statements = new Map<string, Database.Statement>();
  return {
    prepare(sql) {
      const cached = statements.get(sql);
      if (cached) return cached;
      if (statements.size >= KEPT) statements.clear();
      const statement = sqlite.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
  };
}
