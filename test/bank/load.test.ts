import { execFile } from 'node:child_process';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { asked, draw, loadBank, type Question } from '../../src/bank/index.ts';
import { loadQuestion } from '../../src/bank/load.ts';
import { fields, folderOf, topic, yaml } from './fixtures.ts';

const erratum = {
  id: 'E02',
  notes: { 'zh-CN': '从零开始。', 'en-US': 'From zero.' },
  right: { 'zh-CN': '方差从一开始。', 'en-US': 'The variance from one.' },
  source: 'PyTorch docs',
};

const linesOf = async (dir: string) =>
  (await loadBank(dir)).faults.map(({ file, line, field, reason }) => `${file}:${line} ${field}: ${reason}`);

describe('a bank', () => {
  test('holds topics in the order of the notes, and their questions from easy to hard', async () => {
    const dir = await folderOf({
      'softmax/topic.yaml': { ...topic, order: 42 },
      'softmax/hard.yaml': { ...fields.vector, level: 4 },
      'softmax/easy.yaml': { ...fields.short, level: 1 },
      'batchnorm/topic.yaml': { ...topic, errata: [erratum] },
      'batchnorm/running-mean.yaml': { ...fields.numeric, errata: ['E02'] },
      'schema.json': '{}',
    });
    const { bank, faults } = await loadBank(dir);
    expect(faults).toEqual([]);
    expect(bank.topics.map(({ slug, questions }) => [slug, questions])).toEqual([
      ['batchnorm', ['batchnorm/running-mean']],
      ['softmax', ['softmax/easy', 'softmax/hard']],
    ]);
    expect(bank.topics[0]).toMatchObject({ title: topic.title, lesson: topic.lesson, errata: [erratum] });
    expect(bank.questions.get('softmax/hard')).toMatchObject({ topic: 'softmax', kind: 'vector', level: 4 });
  });

  test('names every fault of every file, with its line', async () => {
    const dir = await folderOf({
      'softmax/topic.yaml': { ...topic, order: 3 },
      'batchnorm/topic.yaml': topic,
      'batchnorm/good.yaml': { ...fields.order, errata: ['E07'] },
      'batchnorm/missing.yaml':
        'kind: short\nlevel: 9\ntags: [a]\nprompt:\n  zh-CN: 问\nsources: [a]\naccept: [b]\nhnit: 1\n',
      'batchnorm/syntax.yaml': 'kind: short\nprompt: { zh-CN: 问 {{x}}, en-US: Ask }\nlevel: [\n',
      'batchnorm/twice.yaml': 'kind: short\nlevel: 1\nlevel: 2\nkind: open\n',
      'batchnorm/alias.yaml': 'kind: short\ntags: &t [a]\nsources: *t\n',
      'batchnorm/comma.yaml': `${yaml(fields.short)}hint: { zh-CN: 提示, en-US: First, so that it holds }\n`,
      'batchnorm/expression.yaml': yaml({ ...fields.numeric, where: ['1 ==', 'plain > lambda'] }),
      'batchnorm/empty.yaml': '',
      'batchnorm/Bad_Name.yaml': 'kind: short\n',
      'batchnorm/notes.yml': 'kind: short\n',
      'batchnorm/huge.yaml': `# ${'x'.repeat(70_000)}\n`,
      'no-topic/short.yaml': fields.short,
    });
    const expression = yaml({ ...fields.numeric, where: ['1 ==', 'plain > lambda'] }).split('\n');
    const where = expression.findIndex((line) => line.startsWith('where:')) + 2;
    const comma = yaml(fields.short).split('\n').length;
    expect((await linesOf(dir)).toSorted()).toEqual(
      [
        'batchnorm/Bad_Name.yaml:1 file: want a name of lower-case words joined by -, ending in .yaml',
        'batchnorm/alias.yaml:3 yaml: an alias, *t: write it out',
        `batchnorm/comma.yaml:${comma} hint.so that it holds: unknown key: a text with a comma inside { } wants quotes`,
        'batchnorm/empty.yaml:1 file: want keys and values',
        `batchnorm/expression.yaml:${where} where[0]: 1 ==: Unexpected end of expression (char 5)`,
        `batchnorm/expression.yaml:${where + 1} where[1]: unknown name lambda; declared: means, alpha, plain`,
        'batchnorm/good.yaml:1 errata: no topic records E07',
        'batchnorm/huge.yaml:1 file: 70003 bytes; want at most 65536',
        'batchnorm/missing.yaml:1 explanation: missing',
        'batchnorm/missing.yaml:2 level: want at most 5',
        'batchnorm/missing.yaml:4 prompt.en-US: missing',
        'batchnorm/missing.yaml:8 hnit: unknown key',
        'batchnorm/notes.yml:1 file: want a name of lower-case words joined by -, ending in .yaml',
        'batchnorm/twice.yaml:3 yaml: a key given twice',
        'batchnorm/twice.yaml:4 yaml: a key given twice',
        'batchnorm/syntax.yaml:2 yaml: Unexpected flow-map-start at node end; texts with {{ }}, commas or colons want quotes',
        'no-topic/topic.yaml:1 file: missing',
        "softmax/topic.yaml:1 order: 3 is batchnorm's",
      ].toSorted(),
    );
  });

  test('keeps what is right beside what is not', async () => {
    const dir = await folderOf({
      'batchnorm/topic.yaml': topic,
      'batchnorm/good.yaml': fields.order,
      'batchnorm/bad.yaml': { ...fields.order, level: 9 },
    });
    const { bank, faults } = await loadBank(dir);
    expect(faults).toHaveLength(1);
    expect([...bank.questions.keys()]).toEqual(['batchnorm/good']);
  });

  test('is at fault when there is nothing in it', async () => {
    expect(await linesOf(await folderOf({}))).toEqual([
      '.:1 folder: no topics here: want folders with a topic.yaml',
    ]);
  });
});

const versionOf = (source: string) => loadQuestion('t/q.yaml', source).question?.version;
describe('a version', () => {
  const { kind, level, ...rest } = fields.numeric;

  test('does not depend on layout, comments or the order of the keys', () => {
    const source = yaml(fields.numeric);
    const other = `# a comment\n${yaml({ ...rest, level, kind }, { defaultStringType: 'QUOTE_DOUBLE' })}`;
    expect(versionOf(other)).toBe(versionOf(source));
  });

  test('changes with anything that is said', () => {
    const versions = [
      fields.numeric,
      { ...fields.numeric, level: 3 },
      { ...fields.numeric, sources: ['elsewhere'] },
      { ...fields.numeric, answer: { ...fields.numeric.answer, decimals: 2 } },
    ].map((content) => versionOf(yaml(content)));
    expect(new Set(versions).size).toBe(4);
  });
});

const loaded = async (dir: string, cache: string) => {
  const { bank, faults } = await loadBank(dir, cache);
  return {
    faults,
    topics: bank.topics,
    versions: [...bank.questions.values()].map(({ version }) => version),
  };
};

const root = resolve(import.meta.dirname, '../..');

/** All that a question comes to with the numbers of a seed. */
const drawn = (question: Question, seed: number) => {
  const { question: _, solution, ...variant } = draw(question, seed);
  return { ...variant, steps: solution(), asked: asked(draw(question, seed)) };
};

describe('the cache', () => {
  const files = { 'batchnorm/topic.yaml': topic, 'batchnorm/q.yaml': fields.numeric };
  test('changes nothing but the time', async () => {
    const dir = await folderOf(files);
    const cache = join(await folderOf({}), 'bank.cache');
    const first = await loaded(dir, cache);
    expect(first.faults).toEqual([]);
    expect((await readFile(cache)).length).toBeGreaterThan(0);
    expect(await loaded(dir, cache)).toEqual(first);
  });

  test.each(Object.entries(fields))(
    'gives a %s question the same numbers and texts',
    async (kind, content) => {
      const dir = await folderOf({ 'batchnorm/topic.yaml': topic, [`batchnorm/${kind}.yaml`]: content });
      const cache = join(await folderOf({}), 'bank.cache');
      const load = async (file?: string) =>
        (await loadBank(dir, file)).bank.questions.get(`batchnorm/${kind}`)!;
      const afresh = await load();
      await load(cache);
      const known = await load(cache);
      expect(known.content).toEqual(afresh.content);
      for (const seed of [1, 2, 3]) expect(drawn(known, seed)).toEqual(drawn(afresh, seed));
    },
  );

  test('notices a changed file, and still names its faults', async () => {
    const dir = await folderOf(files);
    const cache = join(await folderOf({}), 'bank.cache');
    const first = await loaded(dir, cache);
    await writeFile(join(dir, 'batchnorm/q.yaml'), yaml({ ...fields.numeric, level: 5 }));
    expect((await loaded(dir, cache)).versions).not.toEqual(first.versions);
    await writeFile(join(dir, 'batchnorm/q.yaml'), yaml({ ...fields.numeric, level: 6 }));
    expect((await loaded(dir, cache)).faults).toMatchObject([{ line: 2, field: 'level' }]);
    expect((await loaded(dir, cache)).faults).toMatchObject([{ line: 2, field: 'level' }]);
  });

  test.each([
    ['is no YAML', 'kind: short\nlevel: [\n'],
    ['is against the schema', yaml({ ...fields.numeric, level: 6 })],
    ['does not compile', yaml({ ...fields.numeric, where: ['plain > lambda'] })],
  ])('keeps no question that %s, and the good one beside it', async (_, content) => {
    const dir = await folderOf({ ...files, 'batchnorm/bad.yaml': content });
    const cache = join(await folderOf({}), 'bank.cache');
    const first = await loaded(dir, cache);
    expect(first.faults).toMatchObject([{ file: 'batchnorm/bad.yaml' }]);
    expect(first.versions).toHaveLength(1);
    expect(await loaded(dir, cache)).toEqual(first);
  });

  test('takes no good question for a topic', async () => {
    const dir = await folderOf(files);
    const cache = join(await folderOf({}), 'bank.cache');
    await loaded(dir, cache);
    await writeFile(join(dir, 'batchnorm/topic.yaml'), yaml(fields.numeric));
    const { faults, topics } = await loaded(dir, cache);
    expect(faults).toContainEqual(expect.objectContaining({ field: 'kind', reason: 'unknown key' }));
    expect(topics).toEqual([]);
  });

  test.each([
    ['no cache', 'not a cache, and longer than the seal of one'],
    ['empty', ''],
  ])('is read anew when it is %s', async (_, content) => {
    const dir = await folderOf(files);
    const cache = join(await folderOf({ 'bank.cache': content }), 'bank.cache');
    expect((await loaded(dir, cache)).faults).toEqual([]);
  });

  test('is not believed when any of it is damaged', async () => {
    const dir = await folderOf(files);
    const cache = join(await folderOf({}), 'bank.cache');
    const first = await loaded(dir, cache);
    const bytes = await readFile(cache);
    for (let at = 0; at < bytes.length; at += 37) {
      const damaged = Buffer.from(bytes);
      damaged[at] = damaged[at]! ^ 1;
      await writeFile(cache, damaged);
      expect(await loaded(dir, cache)).toEqual(first);
    }
  });

  test('holds only for the code that judged it', async () => {
    const dir = await folderOf({ ...files, 'batchnorm/hard.yaml': { ...fields.short, level: 5 } });
    const cache = join(await folderOf({}), 'bank.cache');
    const code = await folderOf({ 'package.json': '{ "type": "module" }' });
    await symlink(join(root, 'node_modules'), join(code, 'node_modules'));
    for (const room of ['bank', 'grading', 'compute']) {
      await cp(join(root, 'src', room), join(code, 'src', room), { recursive: true });
    }
    const script = `
      const { loadBank } = await import(process.argv[1]);
      const { faults } = await loadBank(process.argv[2], process.argv[3]);
      console.log(JSON.stringify(faults.map(({ reason }) => reason)));`;
    const faultsOf = async () => {
      const args = ['--input-type=module', '-e', script, join(code, 'src/bank/index.ts'), dir, cache];
      return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as string[];
    };
    const change = async (file: string, from: string, to: string) => {
      const before = await readFile(join(code, 'src', file), 'utf8');
      expect(before).toContain(from);
      await writeFile(join(code, 'src', file), before.replace(from, to));
    };

    expect(await faultsOf()).toEqual([]);
    await change('bank/schema.ts', 'level: z.int().min(1).max(5)', 'level: z.int().min(1).max(4)');
    expect(await faultsOf()).toEqual(['want at most 4']);
    await change('bank/schema.ts', 'level: z.int().min(1).max(4)', 'level: z.int().min(1).max(5)');
    expect(await faultsOf()).toEqual([]);
    await change('compute/index.ts', 'hasOwn(operations, name)', 'hasOwn({}, name)');
    expect(await faultsOf()).toEqual(['there is no operation batchNormRunning']);
  });

  test('in a folder that is not there does no harm', async () => {
    const dir = await folderOf(files);
    expect((await loaded(dir, join(dir, 'nowhere', 'bank.cache'))).versions).toHaveLength(1);
  });
});
