import type { Reason } from '../reasons.ts';
import { offsetIn, readSource, type Source } from '../source.ts';
import { type NotRead, type ReadNumber, readNumberIn, shortNumber } from './number.ts';
import { afterLead } from './lead.ts';

/** The rows of a vector or matrix; all of one length, at least one entry. */
export interface ReadRows {
  readonly ok: true;
  readonly rows: readonly (readonly ReadNumber[])[];
}

interface Span {
  readonly from: number;
  readonly end: number;
}

const maxInput = 4096;
const maxEntries = 400;
const maxEntryLength = 256;
const maxDepth = 4;
/** Of brackets, those of arithmetic included. */
const maxNesting = 40;

const opening = '([{';
const closing = ')]}';
const entrySeparators = ',、&';

/** A refusal on its way up: thrown here, caught in readRows. */
class Refusal extends Error {
  readonly code: Reason;
  readonly at: number;
  /** The offset in the original text, where it is known already. */
  readonly original: number | null;

  constructor(code: Reason, at: number, original: number | null = null) {
    super(code);
    this.code = code;
    this.at = at;
    this.original = original;
  }
}

const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\n';

/** `\,` and `\;` are spaces in LaTeX, `\\` ends a row. */
const separatorAt = (text: string, at: number): 'entry' | 'row' | null => {
  const character = text[at]!;
  if (character === '\\' && text[at + 1] === '\\') return 'row';
  if (text[at - 1] === '\\' && text[at - 2] !== '\\') return null;
  if (entrySeparators.includes(character)) return 'entry';
  return character === ';' || character === '\n' ? 'row' : null;
};

const trim = (text: string, { from, end }: Span): Span => {
  let first = from;
  let last = end;
  while (first < last && isSpace(text[first])) first += 1;
  while (last > first && isSpace(text[last - 1])) last -= 1;
  return { from: first, end: last };
};

/** The index of the bracket that closes the one at `at`, which must be of its kind. */
const matching = (text: string, at: number, end: number): number => {
  const open: string[] = [];
  for (let i = at; i < end; i += 1) {
    const character = text[i]!;
    if (opening.includes(character)) open.push(closing[opening.indexOf(character)]!);
    else if (closing.includes(character)) {
      if (open.pop() !== character) throw new Refusal('bracket', i);
      if (open.length === 0) return i;
    }
  }
  throw new Refusal('bracket', at);
};

/** The index at which brackets are nested too deeply, or null. */
const tooDeep = (text: string): number | null => {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (opening.includes(text[i]!)) depth += 1;
    else if (closing.includes(text[i]!)) depth -= 1;
    if (depth > maxNesting) return i;
  }
  return null;
};

/** The characters of a span outside all brackets. */
function* outside(text: string, { from, end }: Span): Generator<number> {
  for (let i = from; i < end; i += 1) {
    if (opening.includes(text[i]!)) i = matching(text, i, end);
    else if (closing.includes(text[i]!)) throw new Refusal('bracket', i);
    else yield i;
  }
}

/** Cuts a span at every separator of one sort; a separator at the very end counts for nothing. */
const cut = (text: string, span: Span, sort: 'entry' | 'row'): Span[] => {
  const pieces: Span[] = [];
  let from = span.from;
  for (const i of outside(text, span)) {
    if (i < from || separatorAt(text, i) !== sort) continue;
    if (text[i] === '\n' && isIdleBreak(text, span, i)) continue;
    if (pieces.length === maxEntries) throw new Refusal('too-complex', i);
    pieces.push(trim(text, { from, end: i }));
    from = i + (text[i] === '\\' ? 2 : 1);
  }
  const last = trim(text, { from, end: span.end });
  if (last.end > last.from || pieces.length === 0) pieces.push(last);
  return pieces;
};

/** A line break that stands beside another separator or at an edge. */
const isIdleBreak = (text: string, { from, end }: Span, at: number): boolean => {
  let before = at - 1;
  while (before >= from && isSpace(text[before])) before -= 1;
  let after = at + 1;
  while (after < end && text[after] === ' ') after += 1;
  if (before < from || after >= end || text[after] === '\n') return true;
  return (
    separatorAt(text, before) !== null ||
    text.startsWith('\\\\', before - 1) ||
    separatorAt(text, after) !== null
  );
};

const endsOperand = /[\p{L}\p{N}.)\]}%‰]/u;
const startsOperand = /[\p{L}\p{N}.([{√\\]/u;

/** Cuts at white space between two operands; `1 -2` are two, `1 - 2` is one. */
const cutAtSpaces = (text: string, span: Span): Span[] => {
  const pieces: Span[] = [];
  let from = span.from;
  for (const i of outside(text, span)) {
    if (i < from || !isSpace(text[i])) continue;
    let next = i;
    while (isSpace(text[next])) next += 1;
    const isSign = (text[next] === '-' || text[next] === '+') && !isSpace(text[next + 1]);
    if (!endsOperand.test(text[i - 1] ?? '')) continue;
    if (!isSign && !startsOperand.test(text[next] ?? '')) continue;
    if (pieces.length === maxEntries) throw new Refusal('too-complex', i);
    pieces.push({ from, end: i });
    from = next;
  }
  pieces.push({ from, end: span.end });
  for (const [k, piece] of pieces.entries()) {
    const written = text.slice(piece.from, piece.end);
    const next = pieces[k + 1];
    const follows = next === undefined ? '' : text.slice(next.from, next.end);
    // 1 1/2 may be one and a half, 1 000 a thousand.
    if (/^\d+$/.test(written) && /^\d+\/\d+$/.test(follows)) throw new Refusal('spaces', piece.from);
    if (/^0\d+$/.test(written)) throw new Refusal('spaces', piece.from);
  }
  return pieces;
};

const has = (text: string, span: Span, test: (i: number) => boolean): boolean => {
  for (const i of outside(text, span)) if (test(i)) return true;
  return false;
};

const isList = (text: string, span: Span): boolean =>
  has(text, span, (i) => separatorAt(text, i) !== null) || cutAtSpaces(text, trim(text, span)).length > 1;

/** The insides of a span that consists of bracketed rows only, or null. */
const bracketedRows = (text: string, span: Span): Span[] | null => {
  const insides: Span[] = [];
  let commas = 1;
  for (let i = span.from; i < span.end; i += 1) {
    const character = text[i]!;
    if (isSpace(character)) continue;
    if (character === ',' || character === ';' || character === '、') {
      commas += 1;
      if (commas > 1) throw new Refusal('entry', i);
      continue;
    }
    if (!opening.includes(character)) return null;
    const close = matching(text, i, span.end);
    const inside = { from: i + 1, end: close };
    if (character === '(' && !isList(text, inside) && bracketedRows(text, inside) === null) return null;
    if (insides.length === maxEntries) throw new Refusal('too-complex', i);
    insides.push(inside);
    commas = 0;
    i = close;
  }
  return insides.length === 0 ? null : insides;
};

const entries = (source: Source, span: Span, spaces: boolean): ReadNumber[] => {
  const pieces = spaces ? cutAtSpaces(source.text, span) : cut(source.text, span, 'entry');
  return pieces.map(({ from, end }) => {
    if (from === end) throw new Refusal('entry', from);
    if (end - from > maxEntryLength) throw new Refusal('too-long', from + maxEntryLength);
    const read = readNumberIn(source, from, end);
    if (!read.ok) throw new Refusal(read.code === 'empty' ? 'entry' : read.code, from, read.at);
    return read;
  });
};

const level = (source: Source, whole: Span, depth: number): ReadNumber[][] => {
  const { text } = source;
  const span = trim(text, whole);
  if (depth > maxDepth) throw new Refusal('too-deep', span.from);
  if (span.from === span.end) throw new Refusal('empty', span.from);
  const insides = bracketedRows(text, span);
  if (insides?.length === 1) return level(source, insides[0]!, depth + 1);
  if (insides !== null) {
    return insides.map((inside) => {
      const rows = level(source, inside, depth + 1);
      if (rows.length !== 1) throw new Refusal('ragged', inside.from);
      return rows[0]!;
    });
  }
  const spaces = !has(text, span, (i) => separatorAt(text, i) === 'entry');
  return cut(text, span, 'row').map((row) => {
    if (row.from === row.end) throw new Refusal('entry', row.from);
    return entries(source, row, spaces);
  });
};

/** What surrounds rows without being part of them, and what stands in its place; lengths are kept. */
const decorations: readonly (readonly [RegExp, string])[] = [
  [/\\begin\{[a-zA-Z]{1,12}\}(?:\{[lcr|]{0,20}\})?/g, '['],
  [/\\end\{[a-zA-Z]{1,12}\}/g, ']'],
  [/\\(?:left|right)(?![a-zA-Z])|(?:(?:np|numpy|torch)\.)?(?:array|tensor|matrix)(?=\()|[$`]/g, ''],
  [/(?<!\\)\\(?=[{}()[\]])/g, ''],
];

const undecorated = (text: string): string =>
  decorations.reduce(
    (plain, [pattern, stand]) => plain.replaceAll(pattern, (found) => stand.padEnd(found.length)),
    text,
  );

const transposition = /(?<=[)\]}] {0,4})(?:\^ ?(?:T|\\top|\(T\)|\{T\}|\{\\top\})|\.T|')$/;

const transposeRows = (rows: ReadNumber[][]): ReadNumber[][] =>
  rows[0]!.map((_, j) => rows.map((row) => row[j]!));

/**
 * Reads a vector or matrix in any common notation. Offsets in a failure are those of the original text.
 * Commas (also `，` and `、`), `&` or, where there are none, spaces separate entries; semicolons, line breaks, `\\\\`
 * or brackets separate rows.
 */
export const readRows = (original: string): ReadRows | NotRead => {
  if (original.length > maxInput) return { ok: false, code: 'too-long', at: maxInput };
  const typed = readSource(original);
  const source: Source = { text: undecorated(typed.text), offsets: typed.offsets };
  const { text } = source;
  const deep = tooDeep(text);
  if (deep !== null) return { ok: false, code: 'too-deep', at: offsetIn(source, deep) };
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1])) end -= 1;
  if ('。.,;、'.includes(text[end - 1] ?? ' ')) end -= 1;
  const mark = transposition.exec(text.slice(0, end))?.[0] ?? '';
  const span = { from: afterLead(text, 0), end: end - mark.length };
  try {
    const rows = level(source, span, 0);
    if (rows.reduce((count, row) => count + row.length, 0) > maxEntries) throw new Refusal('too-complex', 0);
    if (rows.some((row) => row.length !== rows[0]!.length)) throw new Refusal('ragged', span.from);
    return { ok: true, rows: mark === '' ? rows : transposeRows(rows) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, code: error.code, at: error.original ?? offsetIn(source, error.at) };
  }
};

export const printRow = (row: readonly ReadNumber[]): string =>
  `[${row.map(({ value }) => shortNumber(value)).join(', ')}]`;

export const printRows = (rows: ReadRows['rows']): string => `[${rows.map(printRow).join(', ')}]`;
