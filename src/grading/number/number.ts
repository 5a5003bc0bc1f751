import type { Reason } from '../reasons.ts';
import { offsetIn, readSource, type Source } from '../source.ts';
import { rangeMarks, relations, sum, tails } from './grammar.ts';
import { afterLead } from './lead.ts';
import { advance, current, fail, openParser, type Operand, type Parser } from './parser.ts';

/**
 * A number as read. `place` is the power of ten of the last digit of a literal, null for anything computed;
 * `scaled` tells a literal with a magnitude (110M) or a percent sign (58%).
 */
export interface ReadNumber {
  readonly ok: true;
  readonly value: number;
  readonly text: string;
  readonly place: number | null;
  readonly scaled: 'magnitude' | 'percent' | null;
}

export interface NotRead {
  readonly ok: false;
  readonly code: Reason;
  readonly at: number;
}

const maxInput = 4096;
const maxLength = 256;
const terminators: ReadonlySet<string> = new Set(['。', ',', '.', ';', '、']);

/** Why the text does not end behind the number. */
const leftover = (p: Parser, listed: boolean): Reason => {
  const { kind, text } = p.token;
  if (text === '=' || text === '≈' || text === '\\approx') return 'equation';
  if (relations.has(text)) return 'comparison';
  if (rangeMarks.has(text)) return 'range';
  if (text === ')' || text === ']' || text === '}') return 'bracket';
  if (listed && text !== '.') return 'list';
  if (kind === 'word') return 'word';
  return kind === 'number' ? 'operator' : 'character';
};

/** Reads characters from..end of a source as one number; offsets in a failure are those of the original text. */
export const readNumberIn = (source: Source, from: number, end: number): ReadNumber | NotRead => {
  const text = source.text.slice(from, end);
  const start = afterLead(text, 0);
  const p = openParser(text, start);
  if (start === text.length) return { ok: false, code: 'empty', at: offsetIn(source, from + start) };
  if (relations.has(p.token.text)) fail(p, 'comparison', p.token.at);
  const operand = sum(p);
  if (tails.has(p.token.text)) advance(p);
  const listed = terminators.has(p.token.text);
  if (listed) advance(p);
  if (current(p).kind !== 'end') fail(p, leftover(p, listed), p.token.at);
  if (p.failure !== null) {
    return { ok: false, code: p.failure.code, at: offsetIn(source, from + p.failure.at) };
  }
  // Minus zero is zero.
  const value = operand.value === 0 ? 0 : operand.value;
  const reading = isWritten(operand) ? operand.text : `${operand.text} = ${shortNumber(value)}`;
  const scaled = operand.form === 'magnitude' || operand.form === 'percent' ? operand.form : null;
  return { ok: true, value, text: reading, place: operand.place, scaled };
};

/** A plain decimal is its own reading. */
const isWritten = (operand: Operand): boolean => operand.form === 'plain' && !/e/i.test(operand.text);

/** At most ten significant digits. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(10)));

const pairs: readonly (readonly [string, string])[] = [
  ['`', '`'],
  ['$', '$'],
  ['"', '"'],
  ["'", "'"],
  ['\\(', '\\)'],
];

/** What was typed, normalised, and the span of it that should hold the answer. */
export interface Typed {
  readonly source: Source;
  readonly from: number;
  readonly end: number;
}

const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\n';

/** Takes off surrounding white space and one kind of quotation marks; null where the text is too long. */
export const readTyped = (original: string): Typed | null => {
  if (original.length > maxInput) return null;
  const source = readSource(original);
  const { text } = source;
  let from = 0;
  let end = text.length;
  while (end > from && isSpace(text[end - 1])) end -= 1;
  while (from < end && isSpace(text[from])) from += 1;
  for (const [open, close] of pairs) {
    const inside = end - close.length;
    if (from + open.length < inside && text.startsWith(open, from) && text.startsWith(close, inside)) {
      from += open.length;
      end = inside;
    }
  }
  return end - from > maxLength ? null : { source, from, end };
};

export const tooLong: NotRead = { ok: false, code: 'too-long', at: maxLength };

/** Reads the whole of what was typed. */
export const readWhole = (original: string): ReadNumber | NotRead => {
  const typed = readTyped(original);
  return typed === null ? tooLong : readNumberIn(typed.source, typed.from, typed.end);
};
