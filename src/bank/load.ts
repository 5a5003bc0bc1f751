import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bank, Question, Topic } from './bank.ts';
import { type Cache, noCache, openCache } from './cache.ts';
import { type Fault, linesOf, parse, type Parsed, versionOf } from './parse.ts';
import { compileQuestion, type Program } from './program.ts';
import { type QuestionContent, questionSchema, type TopicContent, topicSchema } from './schema.ts';

/** What a folder of questions holds, and everything that is wrong with it. */
export interface Loaded {
  /** Without the files at fault. */
  readonly bank: Bank;
  /** In the order of the files. */
  readonly faults: readonly Fault[];
}

const MAX_BYTES = 64 * 1024;
const topicName = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const questionName = /^[a-z0-9]+(-[a-z0-9]+)*\.yaml$/;
/** An id is the value of a Discord choice, which holds 100 characters. */
const MAX_ID = 100;

/**
 * Reads `dir/<topic>/topic.yaml` and `dir/<topic>/<slug>.yaml`, one topic at a time so that a running bot can answer
 * in between. `cacheFile` remembers what was found good, and makes the next load ten times faster.
 * @throws when the folder itself cannot be read
 */
export async function loadBank(dir: string, cacheFile?: string): Promise<Loaded> {
  const cache = cacheFile === undefined ? noCache : await openCache(cacheFile);
  const faults: Fault[] = [];
  const topics: Topic[] = [];
  const questions = new Map<string, Question>();
  const entries = await readdir(dir, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) continue;
    const loaded = await loadTopic(dir, entry.name, faults, cache);
    for (const question of loaded.questions) questions.set(question.id, question);
    if (loaded.topic) topics.push(loaded.topic);
  }
  await cache.save();
  topics.sort((a, b) => a.order - b.order);
  if (topics.length === 0 && faults.length === 0) {
    faults.push({
      file: '.',
      line: 1,
      field: 'folder',
      reason: 'no topics here: want folders with a topic.yaml',
    });
  }
  faults.push(...crossFaults(topics, questions));
  return { bank: { topics, questions }, faults };
}

async function loadTopic(dir: string, slug: string, faults: Fault[], cache: Cache) {
  const found = faults.length;
  const questions: Question[] = [];
  let content: TopicContent | undefined;
  if (!topicName.test(slug)) {
    faults.push({ file: slug, line: 1, field: 'folder', reason: 'want lower-case words joined by -' });
  }
  const names = (await readdir(join(dir, slug))).toSorted();
  for (const name of names) {
    const file = `${slug}/${name}`;
    const source = read(dir, file);
    if (typeof source !== 'string') faults.push(source);
    else if (name === 'topic.yaml') {
      const parsed = cache.read(file, source, () => parse(file, source, topicSchema));
      content = parsed.value;
      faults.push(...parsed.faults);
    } else {
      const loaded = loadQuestion(file, source, cache);
      if (loaded.question) questions.push(loaded.question);
      faults.push(...loaded.faults);
    }
  }
  if (!names.includes('topic.yaml')) {
    faults.push({ file: `${slug}/topic.yaml`, line: 1, field: 'file', reason: 'missing' });
  }
  if (content === undefined || (faults.length > found && !topicName.test(slug)))
    return { topic: undefined, questions: [] };
  const { order, title, lesson, errata = [] } = content;
  const ids = questions.toSorted((a, b) => a.level - b.level).map(({ id }) => id);
  return { topic: { slug, order, title, lesson, errata, questions: ids }, questions };
}

/** The text of a file, or what speaks against reading it. For hundreds of small files, waiting costs most of the time. */
function read(dir: string, file: string): string | Fault {
  const refuse = (reason: string): Fault => ({ file, line: 1, field: 'file', reason });
  const name = file.slice(file.indexOf('/') + 1);
  if (!questionName.test(name)) return refuse('want a name of lower-case words joined by -, ending in .yaml');
  if (file.length - '.yaml'.length > MAX_ID) return refuse(`want a path of at most ${MAX_ID} characters`);
  const { size } = statSync(join(dir, file));
  if (size > MAX_BYTES) return refuse(`${size} bytes; want at most ${MAX_BYTES}`);
  return readFileSync(join(dir, file), 'utf8');
}

/** Reads one question; `file` is `<topic>/<slug>.yaml`. With any fault there is no question. */
export function loadQuestion(
  file: string,
  source: string,
  cache: Cache = noCache,
): { readonly question: Question | undefined; readonly faults: readonly Fault[] } {
  const { value: good, faults } = cache.read(file, source, () => judge(file, source));
  return { question: good && questionOf(file, good), faults };
}

/** What a good question file says. */
interface Good {
  readonly content: QuestionContent;
  readonly version: string;
}

function judge(file: string, source: string): Parsed<Good> {
  const { value: content, faults } = parse(file, source, questionSchema);
  if (content === undefined) return { value: undefined, faults };
  const { problems } = compileQuestion(content);
  if (problems.length === 0) return { value: { content, version: versionOf(content) }, faults: [] };
  const lineOf = linesOf(source);
  return {
    value: undefined,
    faults: problems.map(({ field, reason }) => ({ file, line: lineOf(field), field, reason })),
  };
}

function questionOf(file: string, { content, version }: Good): Question {
  const id = file.slice(0, -'.yaml'.length);
  const { kind, level, tags } = content;
  let program: Program | undefined;
  return {
    id,
    topic: id.split('/')[0]!,
    version,
    kind,
    level,
    tags,
    content,
    // On first use: most of a bank is not asked in a day.
    get program() {
      program ??= compileQuestion(content).program!;
      return program;
    },
  };
}

/** Faults between files: two topics in one place, an erratum given twice or not at all. */
function crossFaults(topics: readonly Topic[], questions: ReadonlyMap<string, Question>): readonly Fault[] {
  const faults: Fault[] = [];
  topics.forEach((topic, i) => {
    const file = `${topic.slug}/topic.yaml`;
    const twin = topics.slice(0, i).find(({ order }) => order === topic.order);
    if (twin) faults.push({ file, line: 1, field: 'order', reason: `${topic.order} is ${twin.slug}'s` });
    for (const id of repeatedOf(topic.errata.map((erratum) => erratum.id))) {
      faults.push({ file, line: 1, field: 'errata', reason: `${id} is given twice` });
    }
  });
  const known = new Set(topics.flatMap(({ errata }) => errata.map(({ id }) => id)));
  for (const { id, content } of questions.values()) {
    for (const erratum of (content.errata ?? []).filter((name) => !known.has(name))) {
      faults.push({ file: `${id}.yaml`, line: 1, field: 'errata', reason: `no topic records ${erratum}` });
    }
  }
  return faults;
}

const repeatedOf = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) < i);
