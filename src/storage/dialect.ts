import { setTimeout as wait } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import {
  RawNode,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { Statements } from './statements.ts';
import { troubleOf } from './trouble.ts';

/** How long a write waits for one of another program, counted from when that began to be in the way. */
const PATIENCE_MS = 1000;
const TRY_AGAIN_MS = 20;

export interface DialectOptions {
  readonly sqlite: Database.Database;
  /** On the same connection. */
  readonly writing: Statements;
  /** On another; absent where the database lives in the first one's memory. */
  readonly reading?: Statements | undefined;
  /** Is told of every error. */
  readonly failed: (error: unknown) => void;
}

/** Transactions that came together: each a savepoint in one transaction of SQLite's, all stored by its commit. */
interface Batch {
  /** Settles when the batch is on the disk, or is lost. */
  readonly stored: PromiseWithResolvers<void>;
}

interface Connection extends DatabaseConnection {
  /** The batch that this connection's transaction is part of, while it runs. */
  batch: Batch | undefined;
}

/**
 * How queries reach SQLite. One connection writes. Waiting for the disk is most of what a commit costs, so
 * transactions that end in the same turn of the event loop share one; none of them resolves before it. Another
 * connection reads, outside of transactions, only what is committed, and waits for nobody. Waiting for another program's
 * write does not block the process, and an error is not hidden by that of a second rollback. Who opened the connections
 * closes them, after Kysely's `destroy`.
 */
export function sqliteDialect(options: DialectOptions): Dialect {
  return {
    createDriver: () => createDriver(options),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new ManyConnections(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** Kysely would otherwise let one query or transaction through at a time. */
class ManyConnections extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

function createDriver({ sqlite, writing, reading, failed }: DialectOptions): Driver {
  const lock = createLock();
  const patience = createPatience();
  let open: Batch | undefined;

  /**
   * Tells of an error. After some (a full disk) SQLite has rolled everything back, and with it whoever waits for the
   * commit.
   */
  const notice = (error: unknown): void => {
    failed(error);
    if (!open || sqlite.inTransaction) return;
    open.stored.reject(error);
    open = undefined;
  };

  const noticing = <R>(work: () => R): R => {
    try {
      return work();
    } catch (error) {
      notice(error);
      throw error;
    }
  };

  const command = (sql: string): void => void writing.run(sql);

  const store = (batch: Batch): void => {
    open = undefined;
    try {
      command('commit');
      batch.stored.resolve();
    } catch (error) {
      failed(error);
      if (sqlite.inTransaction) command('rollback');
      batch.stored.reject(error);
    }
  };

  const storeWhenIdle = (batch: Batch): void => {
    if (open !== batch) return;
    if (lock.isTaken()) setImmediate(storeWhenIdle, batch);
    else store(batch);
  };

  const openBatch = async (): Promise<Batch> => {
    // Taking the right to write at once: a transaction that has read cannot wait for it.
    await patience.run(() => command(sqlite.readonly ? 'begin' : 'begin immediate'));
    patience.over();
    const batch = { stored: Promise.withResolvers<void>() };
    // Whoever waits for it hears of a failure; it may be that nobody does.
    batch.stored.promise.catch(() => {});
    setImmediate(storeWhenIdle, batch);
    return batch;
  };

  const begin = async (connection: Connection): Promise<void> => {
    await lock.take();
    try {
      open ??= await openBatch();
      command('savepoint work');
      connection.batch = open;
    } catch (error) {
      notice(error);
      lock.release();
      throw error;
    }
  };

  const commit = async (connection: Connection): Promise<void> => {
    const { batch } = connection;
    noticing(() => command('release work'));
    connection.batch = undefined;
    lock.release();
    await batch?.stored.promise;
  };

  const rollback = async (connection: Connection): Promise<void> => {
    const { batch } = connection;
    // The commit itself failed: nothing is left to be undone.
    if (!batch) return;
    connection.batch = undefined;
    try {
      if (open === batch) {
        command('rollback to work');
        command('release work');
      }
    } catch (error) {
      notice(error);
      throw error;
    } finally {
      lock.release();
    }
  };

  const runPatiently = async (statements: Statements, query: CompiledQuery): Promise<QueryResult<never>> => {
    try {
      return await patience.run(() => run(statements, query));
    } catch (error) {
      failed(error);
      throw error;
    }
  };

  const write = async (connection: Connection, query: CompiledQuery): Promise<QueryResult<never>> => {
    await begin(connection);
    let result;
    try {
      result = noticing(() => run(writing, query));
    } catch (error) {
      await rollback(connection);
      throw error;
    }
    await commit(connection);
    return result;
  };

  /** What is no plain query, a pragma above all, may not be part of a transaction. */
  const runAlone = async (query: CompiledQuery): Promise<QueryResult<never>> => {
    await lock.take();
    try {
      if (open) store(open);
      return await runPatiently(writing, query);
    } finally {
      lock.release();
    }
  };

  const connect = (): Connection => ({
    batch: undefined,
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      if (this.batch) return noticing(() => run(writing, query));
      if (RawNode.is(query.query)) return runAlone(query);
      if (!SelectQueryNode.is(query.query)) return write(this, query);
      return reading ? runPatiently(reading, query) : runAlone(query);
    },
    // An open cursor would keep everybody else from the connection.
    streamQuery(): AsyncIterableIterator<never> {
      throw new Error('there are no streams: read page by page');
    },
  });

  return {
    init: async () => {},
    acquireConnection: async () => connect(),
    releaseConnection: async () => {},
    beginTransaction: (connection) => begin(connection as Connection),
    commitTransaction: (connection) => commit(connection as Connection),
    rollbackTransaction: (connection) => rollback(connection as Connection),
    async destroy() {
      await lock.take();
      if (open) store(open);
    },
  };
}

function run(statements: Statements, { sql, parameters }: CompiledQuery): QueryResult<never> {
  const { rows, changes } = statements.run(sql, parameters);
  return { rows: rows as never[], numAffectedRows: BigInt(changes) };
}

/** Lets one through at a time, in the order of asking. */
function createLock() {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    isTaken: () => taken,
    async take(): Promise<void> {
      if (taken) await new Promise<void>((resume) => void waiting.push(resume));
      taken = true;
    },
    release(): void {
      const next = waiting.shift();
      if (next) next();
      else taken = false;
    },
  };
}

/** Runs again what another program's write keeps from running; once that has lasted too long, everything fails at once. */
function createPatience() {
  let blockedSince: number | undefined;
  return {
    /** A write went through. */
    over(): void {
      blockedSince = undefined;
    },
    async run<R>(work: () => R): Promise<R> {
      for (;;) {
        try {
          return work();
        } catch (error) {
          if (troubleOf(error) !== 'locked') throw error;
          blockedSince ??= performance.now();
          if (performance.now() - blockedSince >= PATIENCE_MS) throw error;
        }
        await wait(TRY_AGAIN_MS);
      }
    },
  };
}
