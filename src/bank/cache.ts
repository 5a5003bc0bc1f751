import { createHash, hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Parsed } from './parse.ts';

/**
 * What good files say. Reading YAML and judging what it says is most of what loading a bank costs, and the same code
 * finds the same text good again. What is at fault is not kept: it is judged, and named, every time.
 */
export interface Cache {
  /** What a file says: as it was found when its text was judged good, or as it is judged now. */
  read<T>(file: string, source: string, judge: () => Parsed<T>): Parsed<T>;
  /** Stores what was read, and forgets what was not asked for. */
  save(): Promise<void>;
}

/** Judges everything anew. */
export const noCache: Cache = { read: (_file, _source, judge) => judge(), save: async () => {} };

export async function openCache(path: string): Promise<Cache> {
  const known = await readFile(path).then(unseal, () => new Map<string, unknown>());
  const used = new Map<string, unknown>();
  let isChanged = false;
  return {
    read<T>(file: string, source: string, judge: () => Parsed<T>): Parsed<T> {
      // With the file's name, because that decides whether a text is judged as a topic or as a question.
      const key = hash('sha256', `${file}\n${source}`);
      if (known.has(key)) {
        const value = known.get(key) as T;
        used.set(key, value);
        return { value, faults: [] };
      }
      const parsed = judge();
      if (parsed.value !== undefined) {
        used.set(key, parsed.value);
        isChanged = true;
      }
      return parsed;
    },
    async save() {
      if (!isChanged && used.size === known.size) return;
      try {
        await writeFile(`${path}.new`, seal(used));
        await rename(`${path}.new`, path);
      } catch {
        // A folder that cannot be written makes the next start slower, and nothing else.
      }
    },
  };
}

const SEAL_BYTES = 32;

function seal(entries: ReadonlyMap<string, unknown>): Buffer {
  const payload = serialize(entries);
  return Buffer.concat([sealOf(payload), payload]);
}

/** Of a file that is damaged, or that holds what other code found good: nothing. */
function unseal(bytes: Buffer): ReadonlyMap<string, unknown> {
  const payload = bytes.subarray(SEAL_BYTES);
  if (!bytes.subarray(0, SEAL_BYTES).equals(sealOf(payload))) return new Map();
  return deserialize(payload) as ReadonlyMap<string, unknown>;
}

const sealOf = (payload: Buffer): Buffer =>
  createHash('sha256').update(judgingCode()).update(payload).digest();

/** All that has a say in whether a text is good and what it means: this room, those it imports, and their packages. */
const ROOMS = ['bank', 'grading', 'compute'];
const PACKAGES = ['mathjs', 'yaml', 'zod'];

let digest: string | undefined;

/** A hash of the code that judges, as this process runs it: what changes on the disk meanwhile concerns the next one. */
function judgingCode(): string {
  digest ??= digestCode();
  return digest;
}

function digestCode(): string {
  const code = createHash('sha256').update(process.version);
  for (const room of ROOMS) {
    const folder = resolve(import.meta.dirname, '..', room);
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (file.endsWith('.ts')) code.update(`\n${room}/${file}\n`).update(readFileSync(join(folder, file)));
    }
  }
  const require = createRequire(import.meta.url);
  for (const name of PACKAGES) code.update(readFileSync(require.resolve(`${name}/package.json`)));
  return code.digest('hex');
}
