import { setTimeout as wait } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { troubleOf } from './trouble.ts';

const CACHED_STATEMENTS = 500;

/** How long a write waits for one of another program, counted from when that began to be in the way. */
const PATIENCE_MS = 1000;
const TRY_AGAIN_MS = 20;

/**
 * SQLite for Kysely, on one connection. It differs from Kysely's own where the database is in trouble: waiting for
 * another program's write does not block the process, and an error is not hidden by that of a second rollback.
 * @param failed is told of every error
 */
export function sqliteDialect(sqlite: Database.Database, failed: (error: unknown) => void): Dialect {
  return {
    createDriver: () => createDriver(sqlite, failed),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

function createDriver(sqlite: Database.Database, failed: (error: unknown) => void): Driver {
  const prepare = cachingStatements(sqlite);
  const patiently = createPatience(sqlite);
  const execute = async <R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>) => {
    try {
      return await patiently(() => run<R>(prepare(sql), parameters));
    } catch (error) {
      failed(error);
      throw error;
    }
  };
  const connection: DatabaseConnection = {
    executeQuery: execute,
    async *streamQuery<R>(query: CompiledQuery) {
      yield await execute<R>(query);
    },
  };
  const command = async (sql: string) => void (await execute({ sql, parameters: [] }));
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    // Taking the right to write at once: a transaction that has read cannot wait for it.
    beginTransaction: () => command(sqlite.readonly ? 'begin' : 'begin immediate'),
    commitTransaction: () => command('commit'),
    // SQLite has rolled back by itself after most errors of the disk.
    rollbackTransaction: async () => (sqlite.inTransaction ? command('rollback') : undefined),
    releaseConnection: async () => {},
    destroy: async () => void sqlite.close(),
  };
}

function run<R>(statement: Database.Statement, parameters: readonly unknown[]): QueryResult<R> {
  if (statement.reader) return { rows: statement.all(parameters) as R[] };
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
}

/** Runs again what another program's write keeps from running; once that has lasted too long, everything fails at once. */
function createPatience(sqlite: Database.Database) {
  let blockedSince: number | undefined;
  return async <R>(work: () => QueryResult<R>): Promise<QueryResult<R>> => {
    for (;;) {
      try {
        const result = work();
        // Reading is possible meanwhile, and says nothing.
        if (result.numAffectedRows !== undefined) blockedSince = undefined;
        return result;
      } catch (error) {
        if (troubleOf(error) !== 'locked' || sqlite.inTransaction) throw error;
        blockedSince ??= performance.now();
        if (performance.now() - blockedSince >= PATIENCE_MS) throw error;
      }
      await wait(TRY_AGAIN_MS);
    }
  };
}

/** Kysely prepares each query anew; preparing costs more than running it. */
function cachingStatements(sqlite: Database.Database): (sql: string) => Database.Statement {
  const statements = new Map<string, Database.Statement>();
  return (sql) => {
    const cached = statements.get(sql);
    if (cached) return cached;
    if (statements.size >= CACHED_STATEMENTS) statements.clear();
    const statement = sqlite.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}
