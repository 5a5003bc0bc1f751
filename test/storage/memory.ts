import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStorage } from '../../src/storage/open.ts';
import type { Db } from '../../src/storage/schema.ts';

export const migrations = resolve(import.meta.dirname, '../../migrations');

/** An empty database with the whole schema, closed when the test ends. */
export function memoryDb(): Db {
  const storage = openStorage(':memory:', migrations, new Date('2026-11-24T00:00:00Z'));
  onTestFinished(() => storage.close());
  return storage.db;
}
