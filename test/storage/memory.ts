import { onTestFinished } from 'vitest';
import { MIGRATIONS } from '../../src/storage/migrate.ts';
import { openStorage } from '../../src/storage/open.ts';
import type { Db } from '../../src/storage/schema.ts';

export { MIGRATIONS as migrations } from '../../src/storage/migrate.ts';

/** An empty database with the whole schema, closed when the test ends. */
export function memoryDb(): Db {
  const storage = openStorage(':memory:', MIGRATIONS, new Date('2026-11-24T00:00:00Z'));
  onTestFinished(() => storage.close());
  return storage.db;
}
