import type Database from 'better-sqlite3';
import {
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
import { cachingStatements, type Statements } from './statements.ts';

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
 * connection reads, outside of transactions, only what is committed, and waits for nobody.
 * Who opened the connections closes them, after Kysely's `destroy`.
 * @param reader absent where the database lives in the writer's memory
 */
export function sqliteDialect(writer: Database.Database, reader?: Database.Database): Dialect {
  return {
    createDriver: () => createDriver(writer, reader),
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

function createDriver(writer: Database.Database, reader?: Database.Database): Driver {
  const lock = createLock();
  const writing = cachingStatements(writer);
  const reading = reader && cachingStatements(reader);
  let open: Batch | undefined;

  const command = (sql: string): void => void writing.prepare(sql).run();

  const store = (batch: Batch): void => {
    open = undefined;
    try {
      command('commit');
      batch.stored.resolve();
    } catch (error) {
      if (writer.inTransaction) command('rollback');
      batch.stored.reject(error);
    }
  };

  const storeWhenIdle = (batch: Batch): void => {
    if (open !== batch) return;
    if (lock.isTaken()) setImmediate(storeWhenIdle, batch);
    else store(batch);
  };

  /** After some errors (a full disk) SQLite has rolled everything back, and with it whoever waits for the commit. */
  const noticeLoss = (error: unknown): void => {
    if (!open || writer.inTransaction) return;
    open.stored.reject(error);
    open = undefined;
  };

  const begin = async (connection: Connection): Promise<void> => {
    await lock.take();
    try {
      if (!open) {
        command('begin immediate');
        open = { stored: Promise.withResolvers() };
        // Whoever waits for it hears of a failure; it may be that nobody does.
        open.stored.promise.catch(() => {});
        setImmediate(storeWhenIdle, open);
      }
      command('savepoint work');
      connection.batch = open;
    } catch (error) {
      noticeLoss(error);
      lock.release();
      throw error;
    }
  };

  const commit = async (connection: Connection): Promise<void> => {
    const { batch } = connection;
    command('release work');
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
    } finally {
      lock.release();
    }
  };

  const write = (query: CompiledQuery): QueryResult<never> => {
    try {
      return run(writing, query);
    } catch (error) {
      noticeLoss(error);
      throw error;
    }
  };

  const writeAlone = async (connection: Connection, query: CompiledQuery): Promise<QueryResult<never>> => {
    await begin(connection);
    let result;
    try {
      result = write(query);
    } catch (error) {
      await rollback(connection);
      throw error;
    }
    await commit(connection);
    return result;
  };

  const connect = (): Connection => ({
    batch: undefined,
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      if (this.batch) return write(query);
      return reading && SelectQueryNode.is(query.query) ? run(reading, query) : writeAlone(this, query);
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
  const statement = statements.prepare(sql);
  if (statement.reader) return { rows: statement.all(parameters) as never[] };
  const { changes } = statement.run(parameters);
  return { numAffectedRows: BigInt(changes), rows: [] };
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
