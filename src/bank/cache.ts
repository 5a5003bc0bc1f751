import { hash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';

/**
 * The documents of YAML texts that were read before, by the hash of the text: reading YAML is most of what loading a
 * bank costs. A text always reads as the same document, so an entry never goes stale; schemas are checked anew.
 */
export interface Cache {
  /** The document of a text, read now if it was not before. */
  read(source: string, parse: () => unknown): unknown;
  /** Stores what was read, and forgets what was not asked for. */
  save(): Promise<void>;
}

export async function openCache(file: string): Promise<Cache> {
  const known = await readFile(file).then(
    (bytes) => documentsOf(bytes),
    () => new Map<string, unknown>(),
  );
  const used = new Map<string, unknown>();
  let isChanged = false;
  return {
    read: (source, parse) => {
      const key = hash('sha256', source);
      if (!known.has(key)) isChanged = true;
      const document = known.has(key) ? known.get(key) : parse();
      used.set(key, document);
      return document;
    },
    save: async () => {
      if (!isChanged && used.size === known.size) return;
      try {
        await writeFile(`${file}.new`, serialize(used));
        await rename(`${file}.new`, file);
      } catch {
        // A folder that cannot be written makes the next start slower, and nothing else.
      }
    },
  };
}

/** Of a damaged file, or one that another version of Node wrote: nothing. */
function documentsOf(bytes: Buffer): ReadonlyMap<string, unknown> {
  try {
    const stored: unknown = deserialize(bytes);
    return stored instanceof Map ? (stored as Map<string, unknown>) : new Map();
  } catch {
    return new Map();
  }
}
