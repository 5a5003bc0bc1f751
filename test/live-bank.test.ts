import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../src/failure.ts';
import { describeFaults, onChange, openBank } from '../src/live-bank.ts';
import { writeSmallBank } from './quiz/world.ts';

let folder = '';
let cache = '';

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'epoch-live-'));
  folder = join(root, 'questions');
  cache = join(root, 'bank.cache');
  mkdirSync(folder);
  writeSmallBank(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const file = (name: string) => join(folder, 'softmax', name);

describe('a bank that is read again', () => {
  test('takes what changed', async () => {
    const bank = await openBank(folder, cache);
    const before = bank.current.questions.size;
    rmSync(file('why.yaml'));
    expect(await bank.reload()).toEqual([]);
    expect(bank.current.questions.size).toBe(before - 1);
  });

  test('stays as it was while a file is broken, and says which', async () => {
    const bank = await openBank(folder, cache);
    const before = bank.current;
    writeFileSync(file('why.yaml'), 'kind: choice\nlevel: 9\n');
    const faults = await bank.reload();
    expect(describeFaults(folder, faults)).toMatch(/softmax\/why\.yaml:\d+ \S+: .* \(and \d+ more\)\.$/);
    expect(bank.current).toBe(before);
  });

  test('is not opened broken', async () => {
    writeFileSync(file('why.yaml'), 'kind: choice\n');
    await expect(openBank(folder, cache)).rejects.toThrow(Failure);
    await expect(openBank(join(folder, 'nowhere'), cache)).rejects.toThrow(
      /QUESTIONS_DIR: the folder .* cannot be read/,
    );
  });

  test('hears of a change to a file below it', async () => {
    const changed = Promise.withResolvers<void>();
    const stop = onChange(folder, changed.resolve);
    writeFileSync(file('why.yaml'), 'kind: open\n');
    await expect(changed.promise).resolves.toBeUndefined();
    stop();
  });
});
