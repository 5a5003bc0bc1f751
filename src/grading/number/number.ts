import type { Reason } from '../reasons.ts';
import { offsetIn, readSource, type Source } from '../source.ts';
import { constantOf, functionOf, scalarFunctions } from './functions.ts';
import { afterLead } from './lead.ts';
import { isHanMagnitude, magnitudeExponent } from './magnitude.ts';
import { readToken, type Token } from './tokens.ts';

/*
 * answer  = [lead] sum {terminator}
 * sum     = product { ("+" | "-") product }
 * product = signed { ("*" | "/") signed | power }          the second form is an implicit product
 * signed  = ["+" | "-"] power
 * power   = percent [ "^" ["+" | "-"] primary ]
 * percent = primary { "%" | "‰" }
 * primary = literal | constant | function argument | "√" argument | bracket sum bracket | "\frac" group group
 * literal = digits gap digits "/" digits | digits "又" digits "/" digits | digits "分之" digits | number [magnitude]
 */

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

/**
 * What an operand looks like decides what may follow it. `open` is a root or a function whose argument has no
 * brackets, so that a factor behind it might belong inside.
 */
interface Operand {
  readonly value: number;
  readonly text: string;
  readonly form: 'plain' | 'magnitude' | 'percent' | 'mixed' | 'open' | 'other';
  readonly place: number | null;
}

interface Parser {
  readonly text: string;
  token: Token;
  depth: number;
  failure: { readonly code: Reason; readonly at: number } | null;
}

const maxInput = 4096;
const maxLength = 256;
const maxDepth = 40;
const nothing: Operand = { value: Number.NaN, text: '', form: 'other', place: null };
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const times = new Set(['*', '×', '·', '\\times', '\\cdot']);
const ignored = new Set(['\\left', '\\right', '\\,', '\\;', '\\!', '\\ ', '\\quad', '\\displaystyle']);
const terminators = new Set(['。', ',', '.', ';', '、']);
const tails = new Set(['左右', '上下']);
const fractions = new Set(['\\frac', '\\dfrac', '\\tfrac']);

const advance = (p: Parser): Token => {
  const consumed = p.token;
  do p.token = readToken(p.text, p.token.end);
  while (ignored.has(p.token.text));
  if (p.token.reason !== null) fail(p, p.token.reason, p.token.at);
  return consumed;
};

/** Keeps the first failure and ends the text, so that every rule returns. */
const fail = (p: Parser, code: Reason, at: number): Operand => {
  p.failure ??= { code, at };
  p.token = { ...p.token, kind: 'end', text: '', at: p.text.length, end: p.text.length, reason: null };
  return nothing;
};

const current = (p: Parser): Token => p.token;

const isSymbol = (p: Parser, text: string): boolean => p.token.kind === 'symbol' && p.token.text === text;

const result = (p: Parser, value: number, text: string, at: number, form: Operand['form'] = 'other') =>
  Number.isFinite(value) ? { value, text, form, place: null } : fail(p, 'not-finite', at);

const sum = (p: Parser): Operand => {
  let left = product(p);
  while (isSymbol(p, '+') || isSymbol(p, '-')) {
    const operator = advance(p);
    const right = product(p);
    const percents = left.form === 'percent' && right.form === 'percent';
    // 1 - 5% is 0.95 either way; 100 + 10% is 100.1 or 110.
    if (right.form === 'percent' && !percents && left.value !== 1) return fail(p, 'percent', operator.at);
    const value = operator.text === '+' ? left.value + right.value : left.value - right.value;
    const text = `${left.text} ${operator.text} ${right.text}`;
    left = result(p, value, text, operator.at, percents ? 'percent' : 'other');
  }
  return left;
};

const product = (p: Parser): Operand => {
  let left = signed(p);
  let divided = false;
  while (p.failure === null) {
    const at = p.token.at;
    if (isTimes(p, left)) {
      const operator = advance(p);
      if (operator.text !== '*' && losesExponent(p)) return fail(p, 'lost-exponent', p.token.at);
      // 0·58 is a decimal in some hands.
      if (operator.text === '·' && left.text === '0' && !p.token.gap) return fail(p, 'decimal-comma', at);
      const right = signed(p);
      left = result(p, left.value * right.value, `${left.text} * ${right.text}`, at);
      divided = false;
    } else if (isSymbol(p, '/') || p.token.text === '\\div') {
      advance(p);
      const right = signed(p);
      if (right.form === 'percent' && left.form !== 'percent') return fail(p, 'percent', at);
      left = result(p, left.value / right.value, `${left.text} / ${right.text}`, at);
      divided = true;
    } else if (startsFactor(p)) {
      if (divided || left.form === 'open') return fail(p, 'implicit-product', at);
      if (left.form === 'mixed') return fail(p, 'mixed-number', at);
      if (left.form === 'percent') return fail(p, 'operator', at);
      const right = power(p);
      left = result(p, left.value * right.value, `${left.text} * ${right.text}`, at);
      if (right.form === 'open') left = { ...left, form: 'open' };
    } else return left;
  }
  return nothing;
};

/** `x` multiplies only before 10, as in 5.8x10^-1: 3x4 is a shape. */
const isTimes = (p: Parser, left: Operand): boolean => {
  const { kind, text, end } = p.token;
  if (times.has(text)) return true;
  if (kind !== 'word' || (text !== 'x' && text !== 'X') || left.form === 'other') return false;
  return left.text !== '0' && readToken(p.text, end).text === '10';
};

/** The `10-1` of 5.8×10-1, without spaces. */
const losesExponent = (p: Parser): boolean => {
  if (p.token.text !== '10' || !p.token.digits) return false;
  const sign = readToken(p.text, p.token.end);
  if ((sign.text !== '-' && sign.text !== '+') || sign.gap) return false;
  const exponent = readToken(p.text, sign.end);
  return exponent.digits && !exponent.gap;
};

const startsFactor = (p: Parser): boolean => {
  const { kind, text } = p.token;
  if (kind === 'word') return !tails.has(text) && !rangeMarks.has(text) && !relations.has(text);
  return kind === 'symbol' && (text === '(' || text === '√' || text === 'π');
};

const signed = (p: Parser): Operand => {
  if (!isSymbol(p, '-') && !isSymbol(p, '+')) return power(p);
  const sign = advance(p);
  if (isSymbol(p, '-') || isSymbol(p, '+')) return fail(p, 'signs', p.token.at);
  const operand = power(p);
  return sign.text === '+' ? operand : { ...operand, value: -operand.value, text: `-${operand.text}` };
};

const power = (p: Parser): Operand => {
  const base = percent(p);
  if (!isSymbol(p, '^')) return base;
  const { at } = advance(p);
  if (base.form === 'percent') return fail(p, 'percent', at);
  if (base.form === 'mixed') return fail(p, 'mixed-number', at);
  if (base.form === 'open') return fail(p, 'implicit-product', at);
  const sign = isSymbol(p, '-') || isSymbol(p, '+') ? advance(p).text : '';
  const exponent = primary(p);
  if (isSymbol(p, '^')) return fail(p, 'power-tower', p.token.at);
  if (isSymbol(p, '%')) return fail(p, 'percent', p.token.at);
  if (exponent.form === 'mixed') return fail(p, 'mixed-number', at);
  // 2^1/2 is hardly half of 2.
  if (exponent.text === '1' && sign === '' && isSymbol(p, '/')) return fail(p, 'implicit-product', at);
  const value = base.value ** (sign === '-' ? -exponent.value : exponent.value);
  return result(
    p,
    value,
    `${base.text}^${sign}${exponent.text}`,
    at,
    exponent.form === 'open' ? 'open' : 'other',
  );
};

const percent = (p: Parser): Operand => {
  let operand = primary(p);
  while (isSymbol(p, '%') || isSymbol(p, '\\%') || isSymbol(p, '‰')) {
    const sign = advance(p);
    if (operand.form === 'open') return fail(p, 'percent', sign.at);
    if (operand.form === 'percent') return fail(p, 'character', sign.at);
    const digits = sign.text === '‰' ? 3 : 2;
    operand = {
      value: operand.value / 10 ** digits,
      text: `${operand.text}${sign.text === '‰' ? '‰' : '%'}`,
      form: 'percent',
      place: operand.place === null ? null : operand.place - digits,
    };
  }
  return operand;
};

const primary = (p: Parser): Operand => {
  const { kind, text, at } = p.token;
  if (kind === 'number') return literal(p);
  if (kind === 'word') return word(p);
  if (kind === 'end') return fail(p, 'incomplete', at);
  if (text === 'π') {
    advance(p);
    return { value: Math.PI, text: 'π', form: 'other', place: null };
  }
  if (text === '√') return call(p, 'sqrt');
  if (closing[text] !== undefined) return bracket(p);
  if (text === '∞') return fail(p, 'not-finite', at);
  return fail(p, '*/^)]}%,;、×·=+'.includes(text) ? 'incomplete' : 'character', at);
};

const bracket = (p: Parser): Operand => {
  const open = advance(p);
  p.depth += 1;
  if (p.depth > maxDepth) return fail(p, 'too-deep', open.at);
  const inner = sum(p);
  p.depth -= 1;
  if (!isSymbol(p, closing[open.text]!)) return fail(p, unclosed(p), p.token.at);
  advance(p);
  if (inner.form === 'plain' && inner.value >= 0) return inner;
  return { ...inner, text: `(${inner.text})`, form: 'other' };
};

const unclosed = (p: Parser): Reason => {
  if (p.token.kind === 'number') return 'operator';
  return p.token.kind === 'symbol' && (p.token.text === ',' || p.token.text === ';') ? 'list' : 'bracket';
};

const word = (p: Parser): Operand => {
  const { text, at } = p.token;
  const constant = constantOf(text);
  if (constant !== undefined) {
    advance(p);
    return { value: constant, text: constant === Math.E ? 'e' : 'π', form: 'other', place: null };
  }
  if (fractions.has(text)) return fraction(p);
  const name = functionOf(text);
  if (name !== undefined) return call(p, name);
  if (/^(inf|infinity|nan|\\infty)$/i.test(text)) return fail(p, 'not-finite', at);
  const exponent = isHanMagnitude(text) ? magnitudeExponent(text) : null;
  if (exponent !== null && readToken(p.text, p.token.end).text === '分之') {
    // 百分之 58
    advance(p);
    advance(p);
    if (current(p).kind !== 'number') return fail(p, 'incomplete', p.token.at);
    const { value, text: digits, place } = advance(p);
    return {
      value: value / 10 ** exponent,
      text: `${digits}/${10 ** exponent}`,
      form: 'percent',
      place: place - exponent,
    };
  }
  return fail(p, 'word', at);
};

const call = (p: Parser, name: keyof typeof scalarFunctions): Operand => {
  const { at } = advance(p);
  const bracketed = p.token.kind === 'symbol' && closing[p.token.text] !== undefined;
  const argument = primary(p);
  if (p.failure !== null) return nothing;
  if (!bracketed && (isSymbol(p, '^') || argument.form === 'mixed')) return fail(p, 'implicit-product', at);
  const label = name === 'log' ? 'ln' : name;
  const text = `${label}(${bracketed && argument.form === 'other' ? argument.text.slice(1, -1) : argument.text})`;
  return result(p, scalarFunctions[name](argument.value), text, at, bracketed ? 'other' : 'open');
};

const fraction = (p: Parser): Operand => {
  const { at } = advance(p);
  if (!isSymbol(p, '{')) return fail(p, 'incomplete', p.token.at);
  const over = bracket(p);
  if (!isSymbol(p, '{')) return fail(p, 'incomplete', p.token.at);
  const under = bracket(p);
  return result(p, over.value / under.value, `${over.text}/${under.text}`, at);
};

const literal = (p: Parser): Operand => {
  const first = advance(p);
  const next = p.token;
  const inGroup = first.digits && first.text.length <= 3 && !first.text.startsWith('0');
  if (first.digits && next.kind === 'number' && next.gap) {
    const isGroup = inGroup && /^\d{3}(\.\d*)?$/.test(next.text);
    if (next.digits && isDivisionByDigits(p)) {
      return isGroup ? fail(p, 'mixed-number', next.at) : mixed(p, first);
    }
    if (isGroup) return groups(p, first);
  }
  if (next.text === '又' && first.digits) {
    advance(p);
    return mixed(p, first);
  }
  if (next.text === '分之') {
    advance(p);
    if (current(p).kind !== 'number') return fail(p, 'incomplete', p.token.at);
    const over = advance(p);
    return result(p, over.value / first.value, `${over.text}/${first.text}`, first.at, 'mixed');
  }
  return scaled(p, first);
};

const isDivisionByDigits = (p: Parser): boolean => {
  const slash = readToken(p.text, p.token.end);
  return slash.text === '/' && readToken(p.text, slash.end).digits;
};

/** 1 000 000.5: groups of three behind spaces. */
const groups = (p: Parser, first: Token): Operand => {
  let digits = first.text;
  let { place } = first;
  while (
    p.token.kind === 'number' &&
    p.token.gap &&
    /^\d{3}(\.\d*)?$/.test(p.token.text) &&
    !digits.includes('.')
  ) {
    const group = advance(p);
    digits += group.text;
    place = group.place;
  }
  return { value: Number(digits), text: digits, form: 'plain', place };
};

const mixed = (p: Parser, whole: Token): Operand => {
  if (!p.token.digits) return fail(p, 'mixed-number', p.token.at);
  const over = advance(p);
  let under: Token;
  let numerator = over;
  if (p.token.text === '分之') {
    // 1又2分之1
    advance(p);
    under = over;
    numerator = advance(p);
  } else {
    if (!isSymbol(p, '/')) return fail(p, 'mixed-number', p.token.at);
    advance(p);
    under = advance(p);
  }
  if (!under.digits || !numerator.digits || numerator.value >= under.value) {
    return fail(p, 'mixed-number', over.at);
  }
  const value = whole.value + numerator.value / under.value;
  return { value, text: `${whole.text} ${numerator.text}/${under.text}`, form: 'mixed', place: null };
};

/** A literal and its magnitude: 110M, 1.1亿, 1亿2000万. */
const scaled = (p: Parser, first: Token): Operand => {
  let value = first.value;
  let { text, place } = first;
  if (!Number.isFinite(value)) return fail(p, 'not-finite', first.at);
  let form: Operand['form'] = 'plain';
  let last = Infinity;
  let literal: Token = first;
  while (p.token.kind === 'word') {
    if (!p.token.gap && /^e$/i.test(p.token.text)) return fail(p, 'exponent', p.token.at);
    const exponent = magnitudeExponent(p.token.text);
    if (exponent === null) break;
    if (!(exponent < last)) return fail(p, 'magnitude', p.token.at);
    const magnitude = advance(p);
    const amount =
      literal.text.includes('e') || literal.text.includes('E')
        ? literal.value * 10 ** exponent
        : Number(`${literal.text}e${exponent}`);
    value = form === 'plain' ? amount : value + amount;
    text = form === 'plain' ? `${literal.text}${magnitude.text}` : `${text}${literal.text}${magnitude.text}`;
    place = literal.place + exponent;
    form = 'magnitude';
    last = exponent;
    const next = current(p);
    if (next.kind !== 'number' || next.gap || !isHanMagnitude(magnitude.text)) break;
    literal = advance(p);
    if (!isHanMagnitude(p.token.text)) return fail(p, 'magnitude', literal.at);
  }
  return Number.isFinite(value) ? { value, text, form, place } : fail(p, 'not-finite', first.at);
};

const rangeMarks = new Set(['~', '±', '∓', '到', '至', '\\pm', 'to', '+-']);
const relations = new Set(['<', '>', '≤', '≥', '≠', '\\le', '\\ge', '\\lt', '\\gt', '\\leq', '\\geq']);

/** Why the text does not end behind the number. */
const leftover = (p: Parser, listed: boolean): Reason => {
  const { kind, text } = p.token;
  if (text === '=' || text === '≈' || text === '\\approx') return 'equation';
  if (relations.has(text)) return 'comparison';
  if (rangeMarks.has(text)) return 'range';
  if (text === ')' || text === ']' || text === '}') return 'bracket';
  if (listed && kind !== 'end') return 'list';
  if (kind === 'word') return 'word';
  return kind === 'number' ? 'operator' : 'character';
};

/** Reads characters from..end of a source as one number; offsets in a failure are those of the original text. */
export const readNumberIn = (source: Source, from: number, end: number): ReadNumber | NotRead => {
  const text = source.text.slice(from, end);
  const start = afterLead(text, 0);
  const p: Parser = { text, token: readToken(text, start), depth: 0, failure: null };
  if (p.token.kind === 'end') return { ok: false, code: 'empty', at: offsetIn(source, from + start) };
  if (p.token.reason !== null) fail(p, p.token.reason, p.token.at);
  if (ignored.has(p.token.text)) advance(p);
  if (relations.has(p.token.text)) fail(p, 'comparison', p.token.at);
  const operand = sum(p);
  let listed = false;
  while (terminators.has(p.token.text) || tails.has(p.token.text)) {
    listed = true;
    advance(p);
  }
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
