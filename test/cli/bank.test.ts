import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bankCommand } from '../../src/cli/bank-command.ts';
import { jsonSchemas } from '../../src/bank/schema.ts';
import { fields, folderOf, topic } from '../bank/fixtures.ts';

const root = resolve(import.meta.dirname, '../..');

const bank = async (dir: string, ...args: readonly string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await bankCommand(
    args,
    { QUESTIONS_DIR: dir },
    {
      cwd: dir,
      print: (text) => out.push(`${text}\n`),
      complain: (text) => err.push(`${text}\n`),
      interrupted: async () => {},
    },
  );
  return { code, out: out.join(''), err: err.join('') };
};

const right = {
  'batchnorm/topic.yaml': topic,
  'batchnorm/running-mean.yaml': fields.numeric,
  'batchnorm/which.yaml': fields.choice,
};

describe('bank check', () => {
  test('passes a bank that is right', async () => {
    const dir = await folderOf(right);
    const { code, out, err } = await bank(dir, 'check', '--seeds', '100');
    expect(out).toMatch(/^2 questions in 1 topics, 0 faults, [\d.]+ s\n$/);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  test('prints every fault as file:line field: reason, of reading and of answering', async () => {
    const dir = await folderOf({
      ...right,
      'batchnorm/bad-level.yaml': { ...fields.order, level: 9 },
      'batchnorm/bad-mistake.yaml': {
        ...fields.formula,
        mistakes: [{ ...fields.formula.mistakes[0], expression: 'exp(x)/(1+exp(x))' }],
      },
    });
    const { code, out } = await bank(dir, 'check');
    expect(out).toContain('batchnorm/bad-level.yaml:2 level: want at most 5\n');
    expect(out).toMatch(/batchnorm\/bad-mistake\.yaml:\d+ mistakes\[0\]: the mistake .* is graded correct/);
    expect(out).toMatch(/3 questions in 1 topics, 2 faults/);
    expect(code).toBe(1);
  });

  test('reads formulas as the bot does', async () => {
    const hint = { 'zh-CN': '看 $\\fracc{1}{2}$。', 'en-US': 'See $x^2^3$.' };
    const { out } = await bank(
      await folderOf({ ...right, 'batchnorm/tex.yaml': { ...fields.order, hint } }),
      'check',
    );
    expect(out).toContain('hint.zh-CN: $\\fracc{1}{2}$: Undefined control sequence \\fracc\n');
    expect(out).toContain('hint.en-US: $x^2^3$: Double exponent');
  });

  test('looks at one topic or one file when asked', async () => {
    const dir = await folderOf({
      ...right,
      'softmax/topic.yaml': { ...topic, order: 42 },
      'softmax/bad.yaml': { ...fields.order, level: 9 },
    });
    const ofTopic = await bank(dir, 'check', 'batchnorm');
    expect(ofTopic).toMatchObject({ code: 0, out: expect.stringMatching(/^2 questions/) as unknown });
    const ofFile = await bank(dir, 'check', 'softmax/bad.yaml');
    expect(ofFile).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^softmax\/bad\.yaml:2 level/) as unknown,
    });
  });
});

describe('bank preview', () => {
  test('shows the question, what each answer brings, and the worked solution', async () => {
    const dir = await folderOf(right);
    const { code, out } = await bank(
      dir,
      'preview',
      'batchnorm/running-mean',
      '--seed',
      '3',
      '--locale',
      'en-US',
    );
    expect(code).toBe(0);
    for (const part of [
      'numeric, level 2, seed 3',
      '── prompt',
      '── right answer',
      '(plain-average) A plain average',
      '── worked solution',
      'arXiv:1502.03167',
    ]) {
      expect(out).toContain(part);
    }
  });

  test('shows the options in the order of the seed, in the locale asked for', async () => {
    const { out } = await bank(await folderOf(right), 'preview', 'batchnorm/which', '--locale', 'zh-CN');
    expect(out).toMatch(/A\. .*\nB\. .*\nC\. /);
    expect(out).toContain('── right answer\n总体统计量');
  });

  test('of a broken question says what is broken', async () => {
    const dir = await folderOf({ ...right, 'batchnorm/bad.yaml': { ...fields.order, level: 9 } });
    expect(await bank(dir, 'preview', 'batchnorm/bad')).toMatchObject({
      code: 1,
      err: 'batchnorm/bad.yaml:2 level: want at most 5\n',
    });
  });
});

test('bank stats tabulates the bank', async () => {
  const { code, out } = await bank(await folderOf(right), 'stats', '--seeds', '100');
  expect(code).toBe(0);
  expect(out).toMatch(/^2 questions in 1 topics$/m);
  expect(out).toMatch(/^batchnorm +2 +1 +2 +0 +2 +0 +0 +0$/m);
  expect(out).toMatch(/^batchnorm\/running-mean .* where: plain != 3/m);
});

describe('bank schema', () => {
  test('writes what the editors of the committed bank use', async () => {
    const dir = await folderOf({});
    expect((await bank(dir, 'schema')).code).toBe(0);
    for (const [name, schema] of [
      ['schema.json', jsonSchemas().question],
      ['topic.schema.json', jsonSchemas().topic],
    ] as const) {
      const written: unknown = JSON.parse(await readFile(join(dir, name), 'utf8'));
      const committed: unknown = JSON.parse(await readFile(join(root, 'questions', name), 'utf8'));
      expect(written).toEqual(JSON.parse(JSON.stringify(schema)));
      expect(committed, `run npm run bank -- schema to renew questions/${name}`).toEqual(written);
    }
  });
});

describe('a command that cannot be run gets one sentence and exit code 1', () => {
  test.each([
    ['no command', [], /^npm run bank -- check/],
    ['an unknown one', ['chekc'], /^npm run bank -- check/],
    ['no question', ['preview', 'batchnorm/none'], /^there is no question batchnorm\/none\n$/],
    [
      'a seed of words',
      ['preview', 'batchnorm/which', '--seed', 'x'],
      /^--seed: read x, want a whole number\n$/,
    ],
    [
      'an unknown locale',
      ['preview', 'batchnorm/which', '--locale', 'fr'],
      /^--locale: read fr, want zh-CN or en-US\n$/,
    ],
    ['a path that is not there', ['check', 'nowhere'], /^ENOENT: no such file or directory.*nowhere'\n$/],
    ['an unknown option', ['check', '--deep'], /^Unknown option '--deep'/],
  ])('%s', async (_, args, message) => {
    const { code, err } = await bank(await folderOf(right), ...args);
    expect(err).toMatch(message);
    expect(code).toBe(1);
  });
});

test('npm run bank passes its words on and ends with the exit code', async () => {
  const dir = await folderOf(right);
  const ended = await new Promise((done) => {
    const env = { ...process.env, QUESTIONS_DIR: dir };
    const child = execFile(
      process.execPath,
      ['src/cli/bank.ts', 'preview', 'none'],
      { cwd: root, env },
      (_, out, err) => done({ code: child.exitCode, out, err }),
    );
  });
  expect(ended).toEqual({ code: 1, out: '', err: 'there is no question none\n' });
});

describe('bank preview --page', () => {
  test('puts the question and every outcome on a page of the sandbox', async () => {
    const dir = await folderOf(right);
    const { code, out } = await bank(dir, 'preview', 'batchnorm/running-mean', '--page', '--locale', 'en-US');
    expect(code).toBe(0);
    expect(out).toMatch(/batchnorm\/running-mean is shown in #[^:]+: open http:\/\/\S+\n$/);
  });

  test('takes a choice as well', async () => {
    const dir = await folderOf(right);
    expect(await bank(dir, 'preview', 'batchnorm/which', '--page')).toMatchObject({ code: 0 });
  });
});
