import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

/** Which room may import which; a room may always import itself. Files at the top of src are rooms of their own. */
const core = ['compute', 'grading', 'bank', 'study', 'storage', 'quiz'];

const allowed: Record<string, readonly string[]> = {
  compute: [],
  grading: ['compute'],
  bank: ['grading', 'compute'],
  study: [],
  storage: [],
  quiz: ['bank', 'grading', 'compute', 'study', 'storage'],
  figures: [],
  i18n: ['grading', 'compute'],
  discord: [...core, 'figures', 'i18n', 'metrics.ts'],
  sandbox: [],
  cli: [...core, 'figures', 'i18n', 'discord', 'config.ts', 'sandbox-process.ts'],
  'failure.ts': [],
  'log.ts': [],
  'config.ts': [],
  'clock.ts': ['failure.ts'],
  'metrics.ts': [],
  'metrics-server.ts': ['failure.ts', 'metrics.ts'],
  'live-bank.ts': ['bank', 'failure.ts'],
  'sandbox-process.ts': ['failure.ts'],
  'demo.ts': ['discord', 'quiz', 'storage', 'study'],
  'serve.ts': [
    'bank',
    'clock.ts',
    'config.ts',
    'demo.ts',
    'discord',
    'failure.ts',
    'live-bank.ts',
    'metrics.ts',
    'metrics-server.ts',
    'quiz',
    'sandbox-process.ts',
    'storage',
  ],
  'main.ts': ['config.ts', 'failure.ts', 'log.ts', 'sandbox-process.ts', 'serve.ts', 'storage'],
  'start.js': ['main.ts'],
  'run.js': [],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(ts|js)$/.test(file),
);
const room = (file: string) => file.split('/')[0]!;

const importsOf = (file: string) => {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    relative(src, resolve(src, dirname(file), match[1]!)),
  );
};

const packagesOf = (file: string) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/ from '((?:@[\w-]+\/)?[a-z][\w-]*)['/]/g)].map(
    (match) => match[1]!,
  );

describe('imports go one way', () => {
  test.each(files)('%s', (file) => {
    const forbidden = importsOf(file).filter(
      (target) => room(target) !== room(file) && !allowed[room(file)]?.includes(room(target)),
    );
    expect(forbidden).toEqual([]);
  });
});

test('the cache of the bank knows of all code that judges a question', () => {
  const rooms = ['bank', 'grading', 'compute'];
  const packages = files.filter((file) => rooms.includes(room(file))).flatMap((file) => packagesOf(file));
  expect(new Set(rooms.flatMap((name) => allowed[name]!))).toEqual(new Set(['grading', 'compute']));
  expect(new Set(packages)).toEqual(new Set(['mathjs', 'yaml', 'zod']));
});
