import type { Reason } from '../reasons.ts';
import { constantOf, functionOf, scalarFunctions } from './functions.ts';
import { literal } from './literal.ts';
import { isHanMagnitude, magnitudeExponent } from './magnitude.ts';
import { advance, current, fail, isSymbol, nothing, type Operand, type Parser, result } from './parser.ts';
import { readToken } from './tokens.ts';

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

const maxDepth = 40;
const closing: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const times = new Set(['*', '×', '·', '\\times', '\\cdot']);
const fractions = new Set(['\\frac', '\\dfrac', '\\tfrac']);
/** Behind a number: 3万左右. */
export const tails: ReadonlySet<string> = new Set(['左右', '上下']);
export const rangeMarks: ReadonlySet<string> = new Set(['~', '±', '∓', '到', '至', '\\pm', 'to']);
export const relations: ReadonlySet<string> = new Set([
  '<',
  '>',
  '≤',
  '≥',
  '≠',
  '\\le',
  '\\ge',
  '\\lt',
  '\\gt',
  '\\leq',
  '\\geq',
]);

export const sum = (p: Parser): Operand => {
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
      if (losesExponent(p, operator.text, left)) return fail(p, 'lost-exponent', p.token.at);
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
      if (divided || left.form === 'open' || repeats(p, left)) return fail(p, 'implicit-product', at);
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

/** The `10-1` of 5.8×10-1 and the `108` of 1.1×108, where a superscript may have been lost in copying. */
const losesExponent = (p: Parser, operator: string, left: Operand): boolean => {
  if (operator === '*' || !p.token.digits) return false;
  if (/^10[1-9]$/.test(p.token.text)) return left.form === 'plain' && left.value >= 1 && left.value < 10;
  if (p.token.text !== '10') return false;
  const sign = readToken(p.text, p.token.end);
  if (sign.text !== '-' && sign.text !== '+') return false;
  const exponent = readToken(p.text, sign.end);
  return exponent.digits && !exponent.gap;
};

/** 0.(3), 0.1(6), 0.58(2): a period or an uncertainty in some hands. */
const repeats = (p: Parser, left: Operand): boolean => {
  const before = p.text[p.token.at - 1] ?? '';
  const isDecimal = left.form === 'plain' && `${left.text}${before}`.includes('.') && /[\d.]/.test(before);
  if (!isDecimal || p.token.text !== '(') return false;
  const inside = readToken(p.text, p.token.end);
  return inside.digits && readToken(p.text, inside.end).text === ')';
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
  const bracketed = closing.has(current(p).text);
  const exponent = primary(p);
  if (isSymbol(p, '^')) return fail(p, 'power-tower', p.token.at);
  if (isSymbol(p, '%')) return fail(p, 'percent', p.token.at);
  if (exponent.form === 'mixed') return fail(p, 'mixed-number', at);
  // 2^1/2 is hardly half of 2.
  if (exponent.text === '1' && sign === '' && isSymbol(p, '/')) return fail(p, 'implicit-product', at);
  const value = base.value ** (sign === '-' ? -exponent.value : exponent.value);
  return result(p, value, `${base.text}^${sign}${exponent.text}`, at, bracketed ? 'other' : 'open');
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
  if (closing.has(text)) return bracket(p);
  if (text === '∞') return fail(p, 'not-finite', at);
  return fail(p, '*/^)]}%,;、×·=+'.includes(text) ? 'incomplete' : 'character', at);
};

const bracket = (p: Parser): Operand => {
  const open = advance(p);
  p.depth += 1;
  if (p.depth > maxDepth) return fail(p, 'too-deep', open.at);
  const inner = sum(p);
  p.depth -= 1;
  if (!isSymbol(p, closing.get(open.text)!)) return fail(p, unclosed(p), p.token.at);
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
  const bracketed = closing.has(p.token.text);
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
