import type { AmbiguousReason, UnreadableReason } from '../reasons.ts';
import { UnreadableFormula } from './expression.ts';
import type { Variables } from './names.ts';

export type Token = {
  readonly kind: 'number' | 'letters' | 'command' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
};

export interface Reader {
  readonly tokens: Token[];
  readonly variables: Variables;
  next: number;
  /** Bounds the reader's work whatever it does. */
  taken: number;
  depth: number;
  /** How many bars |…| are open. */
  bars: number;
}

const maxTokens = 200;

const spaces = new Set([
  '\\,',
  '\\;',
  '\\:',
  '\\!',
  '\\ ',
  '\\quad',
  '\\qquad',
  '\\left',
  '\\right',
  '\\limits',
  '\\displaystyle',
]);
const renamed: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\\varepsilon': '\\epsilon',
    '\\vartheta': '\\theta',
    '\\varphi': '\\phi',
    '\\dfrac': '\\frac',
    '\\tfrac': '\\frac',
    '\\lvert': '|',
    '\\rvert': '|',
    '\\vert': '|',
    '\\{': '{',
    '\\}': '}',
    '\\lbrace': '{',
    '\\rbrace': '}',
    '\\div': '/',
    '∑': '\\sum',
    '√': '\\sqrt',
    '**': '^',
  }),
);

const pattern = /\\[a-zA-Z]+|\\.|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|\*\*|[a-zA-Z]+|\s+|./gsu;

const tokenise = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (const { 0: found, index: at } of text.matchAll(pattern)) {
    if (found.trim() === '' || spaces.has(found)) continue;
    const name = renamed.get(found) ?? found;
    if (/^[\d.]/.test(name) && name !== '.') tokens.push({ kind: 'number', text: name, at });
    else if (/^[a-zA-Z]/.test(name)) tokens.push({ kind: 'letters', text: name, at });
    else if (/^[α-ωΔ]/.test(name)) tokens.push({ kind: 'letters', text: name, at });
    else if (/^\\[a-zA-Z]/.test(name)) tokens.push({ kind: 'command', text: name, at });
    else tokens.push({ kind: 'symbol', text: name, at });
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
};

/** A fresh reader for each input. */
export const openReader = (text: string, variables: Variables): Reader => ({
  tokens: tokenise(text),
  variables,
  next: 0,
  taken: 0,
  depth: 0,
  bars: 0,
});

export const peek = (r: Reader, ahead = 0): Token => r.tokens[Math.min(r.next + ahead, r.tokens.length - 1)]!;

export const take = (r: Reader): Token => {
  const token = peek(r);
  r.next += 1;
  r.taken += 1;
  if (r.taken > maxTokens) throw new UnreadableFormula('too-complex');
  return token;
};

export const refuse = (r: Reader, reason: AmbiguousReason | UnreadableReason, allowed?: readonly string[]) =>
  new UnreadableFormula(
    peek(r).kind === 'end' && reason === 'syntax' ? 'incomplete' : reason,
    peek(r).at,
    allowed,
  );

export const accept = (r: Reader, text: string): boolean => {
  if (peek(r).text !== text) return false;
  take(r);
  return true;
};

export const expect = (r: Reader, text: string): void => {
  if (!accept(r, text)) throw refuse(r, ')]}'.includes(text) ? 'bracket' : 'syntax');
};

/** Cuts the current token in two: of \frac12 and w_ix_i, TeX takes one character. */
export const splitToken = (r: Reader, length: number): void => {
  const token = peek(r);
  r.tokens.splice(
    r.next,
    1,
    { ...token, text: token.text.slice(0, length) },
    { ...token, text: token.text.slice(length), at: token.at + length },
  );
};
