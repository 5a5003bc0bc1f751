import { watch } from 'node:fs';
import { relative, resolve } from 'node:path';
import { loadBank, type Bank, type Fault } from './bank/index.ts';
import { Failure } from './failure.ts';

/** The bank in use, which can be read anew while Epoch runs. */
export interface LiveBank {
  readonly current: Bank;
  /** Reads the files again. With any fault the bank in use stays as it is, and the faults are returned. */
  reload(): Promise<readonly Fault[]>;
}

/**
 * @param folder where the questions are
 * @param cache a file that makes the next start faster
 * @throws {Failure} when they cannot be read, or one of them is broken
 */
export async function openBank(folder: string, cache: string): Promise<LiveBank> {
  const first = await load(folder, cache);
  if (first.faults.length > 0)
    throw new Failure(
      `${describeFaults(folder, first.faults)} Mend it; "npm run bank -- check" lists everything.`,
    );
  let current = first.bank;
  return {
    get current() {
      return current;
    },
    async reload() {
      const { bank, faults } = await load(folder, cache);
      if (faults.length === 0) current = bank;
      return faults;
    },
  };
}

function load(folder: string, cache: string) {
  return loadBank(folder, cache).catch((error: Error) => {
    throw new Failure(`QUESTIONS_DIR: the folder ${folder} cannot be read (${error.message}).`);
  });
}

/** The first fault, and how many more there are. */
export function describeFaults(folder: string, faults: readonly Fault[]): string {
  const [first] = faults;
  if (!first) return '';
  const file = relative(process.cwd(), resolve(folder, first.file));
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return `${file}:${first.line} ${first.field}: ${first.reason}${more}.`;
}

const SETTLE_MS = 300;

/** Calls back once the files under a folder have stopped changing for a moment. Returns how to stop. */
export function onChange(folder: string, listener: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true, persistent: false }, () => {
    clearTimeout(timer);
    timer = setTimeout(listener, SETTLE_MS).unref();
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
