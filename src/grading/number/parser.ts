import type { Reason } from '../reasons.ts';
import { readToken, type Token } from './tokens.ts';

/**
 * What an operand looks like decides what may follow it. `open` is a root, a function or a power whose argument has
 * no brackets, so that a factor behind it might belong inside.
 */
export interface Operand {
  readonly value: number;
  readonly text: string;
  readonly form: 'plain' | 'magnitude' | 'percent' | 'mixed' | 'open' | 'other';
  readonly place: number | null;
}

export interface Parser {
  readonly text: string;
  token: Token;
  depth: number;
  failure: { readonly code: Reason; readonly at: number } | null;
}

export const nothing: Operand = { value: Number.NaN, text: '', form: 'other', place: null };

/** LaTeX that does not show. */
const ignored = new Set(['\\left', '\\right', '\\,', '\\;', '\\!', '\\ ', '\\quad', '\\displaystyle']);

/** A parser before the first token of a text. */
export const openParser = (text: string, from: number): Parser => {
  const p: Parser = { text, token: readToken(text, from), depth: 0, failure: null };
  if (p.token.reason !== null) fail(p, p.token.reason, p.token.at);
  if (ignored.has(p.token.text)) advance(p);
  return p;
};

export const advance = (p: Parser): Token => {
  const consumed = p.token;
  do p.token = readToken(p.text, p.token.end);
  while (ignored.has(p.token.text));
  if (p.token.reason !== null) fail(p, p.token.reason, p.token.at);
  return consumed;
};

/** Keeps the first failure and ends the text, so that every rule returns. */
export const fail = (p: Parser, code: Reason, at: number): Operand => {
  p.failure ??= { code, at };
  p.token = { ...p.token, kind: 'end', text: '', at: p.text.length, end: p.text.length, reason: null };
  return nothing;
};

export const current = (p: Parser): Token => p.token;

export const isSymbol = (p: Parser, text: string): boolean =>
  p.token.kind === 'symbol' && p.token.text === text;

export const result = (p: Parser, value: number, text: string, at: number, form: Operand['form'] = 'other') =>
  Number.isFinite(value) ? { value, text, form, place: null } : fail(p, 'not-finite', at);
