import type { Reason } from '../reasons.ts';

/** A literal's `place` is the power of ten of its last significant digit: -2 for 0.58, 7 for 1.1e8, 2 for 500. */
export interface Token {
  readonly kind: 'number' | 'word' | 'symbol' | 'end' | 'bad';
  readonly text: string;
  readonly at: number;
  readonly end: number;
  /** White space before it. */
  readonly gap: boolean;
  readonly value: number;
  readonly place: number;
  /** Digits only: no point, group or exponent. */
  readonly digits: boolean;
  readonly reason: Reason | null;
}

const digitAt = (text: string, i: number): boolean => {
  const code = text.charCodeAt(i);
  return code >= 48 && code <= 57;
};

const letterAt = (text: string, i: number): boolean => {
  const code = text.charCodeAt(i) | 32;
  return code >= 97 && code <= 122;
};

const hanAt = (text: string, i: number): boolean => {
  const code = text.charCodeAt(i);
  return code >= 0x4e00 && code <= 0x9fff;
};

/** 3万左右 is 3, 万 and 左右. */
const isMagnitudeAt = (text: string, i: number): boolean =>
  i < text.length && '十百千万萬亿億兆'.includes(text[i]!);
const isOtherHanAt = (text: string, i: number): boolean => hanAt(text, i) && !isMagnitudeAt(text, i);

const skip = (text: string, i: number, test: (text: string, i: number) => boolean): number => {
  let end = i;
  while (test(text, end)) end += 1;
  return end;
};

const token = (
  kind: Token['kind'],
  text: string,
  at: number,
  end: number,
  gap: boolean,
  reason: Reason | null = null,
): Token => ({ kind, text, at, end, gap, value: Number.NaN, place: 0, digits: false, reason });

/** The token that starts at or after `from`. */
export const readToken = (text: string, from: number): Token => {
  const end = text.length;
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\n')) at += 1;
  const gap = at > from;
  if (at >= end) return token('end', '', end, end, gap);
  if (digitAt(text, at) || (text[at] === '.' && digitAt(text, at + 1))) return readLiteral(text, at, gap);
  if (letterAt(text, at)) return readWord(text, at, gap);
  if (hanAt(text, at)) {
    const stop = skip(text, at, isMagnitudeAt(text, at) ? isMagnitudeAt : isOtherHanAt);
    return token('word', text.slice(at, stop), at, stop, gap);
  }
  if (text[at] === '\\' && letterAt(text, at + 1)) {
    const word = readWord(text, at + 1, gap);
    return token('word', `\\${word.text}`, at, word.end, gap);
  }
  const length = text.startsWith('**', at) || text[at] === '\\' ? 2 : 1;
  const symbol = text.slice(at, at + length);
  return token('symbol', symbol === '**' ? '^' : symbol, at, at + symbol.length, gap);
};

/** Letters; the base of a logarithm belongs to its name (`log2`, `log_10`, `\log_{2}`). */
const readWord = (text: string, at: number, gap: boolean): Token => {
  const stop = skip(text, at, letterAt);
  const name = text.slice(at, stop);
  if (name === 'log') {
    for (const base of ['2', '10']) {
      for (const form of [`_{${base}}`, `_${base}`, base]) {
        const end = stop + form.length;
        if (text.startsWith(form, stop) && !digitAt(text, end)) {
          return token('word', `log${base}`, at, end, gap);
        }
      }
    }
  }
  return token('word', name, at, stop, gap);
};

/** Groups of three behind commas, as in 12,345,678: the first group has one to three digits and no leading zero. */
const readGroups = (text: string, at: number, first: number): { end: number; reason: Reason | null } => {
  let end = first;
  let commas = 0;
  let strict = first - at <= 3 && text[at] !== '0';
  while (text[end] === ',' && digitAt(text, end + 1)) {
    const stop = skip(text, end + 1, digitAt);
    strict &&= stop - end === 4;
    commas += 1;
    end = stop;
  }
  if (strict || commas === 0) return { end, reason: null };
  return { end, reason: commas === 1 ? 'decimal-comma' : 'list' };
};

const readLiteral = (text: string, at: number, gap: boolean): Token => {
  const whole = skip(text, at, digitAt);
  let end = whole;
  let grouped = '';
  if (whole > at && text[whole] === ',') {
    const groups = readGroups(text, at, whole);
    if (groups.reason !== null) return token('bad', '', at, groups.end, gap, groups.reason);
    end = groups.end;
    if (end > whole) grouped = text.slice(at, end).replaceAll(',', '');
  } else if (whole > at && (text[whole] === '_' || text[whole] === "'")) {
    // 1_000 and 1'000: nothing but groups of three.
    while (/^[_']\d{3}(?!\d)/.test(text.slice(end, end + 5))) end += 4;
    if (end > whole) grouped = text.slice(at, end).replaceAll(/[_']/g, '');
  }
  const integer = end;
  let decimals = 0;
  if (text[end] === '.' && (digitAt(text, end + 1) || !(text[end + 1] === '.'))) {
    end = skip(text, end + 1, digitAt);
    decimals = end - integer - 1;
    if (text[end] === ',' && digitAt(text, end + 1)) {
      return token('bad', '', at, end, gap, 'decimal-comma');
    }
    if (text[end] === '.' && digitAt(text, end + 1)) return token('bad', '', at, end, gap, 'grouping');
  }
  const mantissaEnd = end;
  let exponent = 0;
  if (text[end] === 'e' || text[end] === 'E') {
    const sign = text[end + 1] === '-' || text[end + 1] === '+' ? 1 : 0;
    if (digitAt(text, end + 1 + sign)) {
      const stop = skip(text, end + 1 + sign, digitAt);
      exponent = Number(text.slice(end + 1, stop));
      end = stop;
    }
  }
  const mantissa = grouped === '' ? text.slice(at, mantissaEnd) : grouped + text.slice(integer, mantissaEnd);
  const source = end > mantissaEnd ? mantissa + text.slice(mantissaEnd, end) : mantissa;
  return {
    kind: 'number',
    text: tidy(source),
    at,
    end,
    gap,
    value: Number(source),
    place: exponent - decimals + (decimals > 0 ? 0 : trailingZeros(mantissa)),
    digits: end === whole,
    reason: null,
  };
};

/** .58 -> 0.58, 5. -> 5 */
const tidy = (literal: string): string => {
  const text = literal.startsWith('.') ? `0${literal}` : literal;
  return text.endsWith('.') ? text.slice(0, -1) : text;
};

/** Of 500: 2. The zeros of an integer are taken for unknown digits. */
const trailingZeros = (mantissa: string): number => {
  let zeros = 0;
  let i = mantissa.length - 1;
  if (mantissa[i] === '.') i -= 1;
  while (i > 0 && mantissa[i] === '0') {
    zeros += 1;
    i -= 1;
  }
  return zeros;
};
