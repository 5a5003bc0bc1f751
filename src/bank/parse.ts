import { createHash } from 'node:crypto';
import { type Document, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { reasonOf } from './reason.ts';

/** One thing wrong with one file. */
export interface Fault {
  /** Relative to the bank. */
  readonly file: string;
  readonly line: number;
  /** Where in the document: `mistakes[0].says.en-US`. */
  readonly field: string;
  readonly reason: string;
}

export interface Parsed<T> {
  readonly value: T | undefined;
  readonly faults: readonly Fault[];
}

type Path = readonly PropertyKey[];

/** A text that is not the YAML we take: what is wrong where. */
class YamlError extends Error {
  readonly problems: readonly { readonly offset: number; readonly reason: string }[];
  constructor(problems: YamlError['problems']) {
    super('not the YAML of a question');
    this.problems = problems;
  }
}

/** Reads YAML text as a document of that schema. All faults are reported; with any, there is no value. */
export function parse<T>(file: string, source: string, schema: z.ZodType<T>): Parsed<T> {
  try {
    const result = schema.safeParse(readYaml(source));
    if (result.success) return { value: result.data, faults: [] };
    const lineOf = linesOf(source);
    const faults = result.error.issues
      .flatMap((issue) => reasonOf(issue))
      .map(({ path, reason }) => ({ file, line: lineOf(path), field: fieldOf(path), reason }));
    return { value: undefined, faults };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const faults = error.problems.map(({ offset, reason }) => ({
      file,
      line: lineAt(source, offset),
      field: 'yaml',
      reason,
    }));
    return { value: undefined, faults };
  }
}

/** @throws {YamlError} for broken YAML, keys given twice, tags and aliases */
function readYaml(source: string): unknown {
  const document = parseDocument(source, { prettyErrors: false });
  // One slip of syntax derails the reader: what it reports after the first is noise.
  const slip = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  const problems = [
    ...(slip
      ? [{ offset: slip.pos[0], reason: `${slip.message}; texts with {{ }}, commas or colons want quotes` }]
      : []),
    ...document.errors
      .filter(({ code }) => code === 'DUPLICATE_KEY')
      .map(({ pos }) => ({ offset: pos[0], reason: 'a key given twice' })),
    ...document.warnings.map(({ pos, message }) => ({ offset: pos[0], reason: message })),
  ];
  visit(document, {
    Alias: (_, node) => {
      problems.push({ offset: node.range?.[0] ?? 0, reason: `an alias, *${node.source}: write it out` });
    },
  });
  if (problems.length > 0) throw new YamlError(problems);
  return document.toJS();
}

/** Answers with the line of a field such as `mistakes[0].value`, or of the nearest thing around it. */
export function linesOf(source: string): (field: string | Path) => number {
  const document = parseDocument(source, { prettyErrors: false });
  return (field) => lineAt(source, offsetOf(document, typeof field === 'string' ? pathOf(field) : field));
}

const lineAt = (source: string, offset: number): number => source.slice(0, offset).split('\n').length;

const fieldOf = (path: Path): string =>
  path.reduce<string>((field, key) => {
    if (typeof key === 'number') return `${field}[${key}]`;
    return field === '' ? String(key) : `${field}.${String(key)}`;
  }, '') || 'file';

const pathOf = (field: string): Path =>
  (field.match(/[^.[\]]+|\[\d+\]/g) ?? []).map((key) =>
    key.startsWith('[') ? Number(key.slice(1, -1)) : key,
  );

/** The offset of the deepest node on that path which the document has. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = rangeStart(node) ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair) break;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number' && node.items[key] !== undefined) {
      node = node.items[key];
      offset = rangeStart(node) ?? offset;
    } else break;
  }
  return offset;
}

const rangeStart = (node: unknown): number | undefined =>
  (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0];

/** A short hash of a parsed document: the same however the file is laid out. */
export const versionOf = (content: unknown): string =>
  createHash('sha256')
    .update(
      JSON.stringify(content, (_, value: unknown) =>
        typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
      ),
    )
    .digest('hex')
    .slice(0, 16);
