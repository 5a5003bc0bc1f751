import { type Expression, UnreadableFormula } from './expression.ts';
import { bare, simpleName, subscript, variable } from './latex-names.ts';
import { accept, expect, openReader, peek, type Reader, refuse, splitToken, take } from './latex-tokens.ts';
import { foldOf, formulaFunction, type Variables } from './names.ts';

/*
 * sum     = product { ("+" | "-") product }
 * product = signed { (times | "/") signed | power }
 * signed  = ["+" | "-"] power
 * power   = atom [ "^" group ]
 * atom    = number | name | bracket sum bracket | "|" sum "|" | "\frac" group group | "\sqrt" ["[" sum "]"] group
 *         | function argument | ("\sum" | "\max" | "\min") [ "_" bounds ] [ "^" bound ] body
 * group   = "{" sum "}" | one digit, letter or command
 */

/** `open`: ends in an argument or a sum without brackets, which a factor behind it might belong to. */
interface Term {
  readonly expression: Expression;
  readonly open: boolean;
}

const maxDepth = 40;

const times = new Set(['*', '×', '·', '\\cdot', '\\times', '\\odot', '\\ast']);
const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** Reads LaTeX, and plain formulas with braces, bars, roots or sums in them. Bounded; reads nothing but formulas. */
export const readLatex = (text: string, variables: Variables): Expression => {
  const reader = openReader(text, variables);
  const expression = sum(reader);
  const rest = peek(reader);
  if (rest.kind !== 'end') throw refuse(reader, ')]}|'.includes(rest.text) ? 'bracket' : 'syntax');
  return expression;
};

const sum = (r: Reader): Expression => {
  r.depth += 1;
  if (r.depth > maxDepth) throw refuse(r, 'too-deep');
  let left = product(r).expression;
  while (peek(r).text === '+' || peek(r).text === '-') {
    const operator = take(r).text as '+' | '-';
    left = { kind: 'binary', operator, left, right: product(r).expression };
  }
  r.depth -= 1;
  return left;
};

const product = (r: Reader): Term => {
  let left = signed(r);
  let divided = false;
  for (;;) {
    const { at, text } = peek(r);
    const multiplied = times.has(text);
    if (multiplied || text === '/') {
      take(r);
      const right = signed(r);
      const operator = multiplied ? '*' : '/';
      // 1 / \sum_j x_j y: does the sum include y?
      if (!multiplied && right.open) throw new UnreadableFormula('implicit-product', at);
      left = binary(operator, left, right);
      divided = !multiplied;
    } else if (startsFactor(r)) {
      if (divided || left.open) throw new UnreadableFormula('implicit-product', at);
      left = binary('*', left, power(r));
    } else return left;
  }
};

const binary = (operator: '*' | '/', left: Term, right: Term): Term => ({
  expression: { kind: 'binary', operator, left: left.expression, right: right.expression },
  open: right.open,
});

const startsFactor = (r: Reader): boolean => {
  const { kind, text } = peek(r);
  return kind === 'letters' || kind === 'command' || kind === 'number' || text in brackets;
};

const signed = (r: Reader): Term => {
  const { text } = peek(r);
  if (text !== '-' && text !== '+') return power(r);
  take(r);
  if (peek(r).text === '-' || peek(r).text === '+') throw refuse(r, 'signs');
  const { expression, open } = power(r);
  return { expression: text === '-' ? { kind: 'negative', of: expression } : expression, open };
};

const power = (r: Reader): Term => {
  const base = atom(r);
  if (peek(r).text !== '^') return base;
  if (base.open) throw refuse(r, 'implicit-product');
  const { exponent, open } = superscript(r);
  return { expression: { kind: 'binary', operator: '^', left: base.expression, right: exponent }, open };
};

const superscript = (r: Reader): { exponent: Expression; open: boolean } => {
  expect(r, '^');
  const braced = peek(r).text === '{' || peek(r).text === '(';
  const term = braced ? { expression: group(r), open: false } : bareExponent(r);
  if (peek(r).text === '^') throw refuse(r, 'power-tower');
  if (peek(r).text === '_') throw refuse(r, 'syntax');
  return { exponent: term.expression, open: term.open };
};

/** x^10, x^-1, e^x; of e^xy only x would be raised in print. */
const bareExponent = (r: Reader): Term => {
  const negative = peek(r).text === '-';
  if (negative) take(r);
  const token = peek(r);
  const { expression } = atom(r);
  if (token.kind === 'letters' && expression.kind === 'binary')
    throw new UnreadableFormula('implicit-product', token.at);
  return { expression: negative ? { kind: 'negative', of: expression } : expression, open: false };
};

/** What a command takes: a braced sum, or one digit, letter or command. */
const group = (r: Reader): Expression => {
  const { text } = peek(r);
  if (text in brackets) return bracketed(r);
  return atom(r).expression;
};

const bracketed = (r: Reader): Expression => {
  const open = take(r);
  const inside = sum(r);
  expect(r, brackets[open.text]!);
  return inside;
};

const closed = (expression: Expression): Term => ({ expression, open: false });

const atom = (r: Reader): Term => {
  const token = peek(r);
  if (token.text in brackets) return closed(bracketed(r));
  if (token.kind === 'number') {
    take(r);
    return closed({ kind: 'number', value: Number(token.text) });
  }
  if (token.text === '|') {
    take(r);
    const inside = sum(r);
    expect(r, '|');
    return closed({ kind: 'call', name: 'abs', of: inside });
  }
  if (token.text === '\\frac') return closed(fraction(r));
  if (token.text === '\\sqrt') return root(r);
  if (token.kind === 'letters' || token.kind === 'command') return word(r);
  throw refuse(r, token.kind === 'end' || '+-*/^)]}'.includes(token.text) ? 'incomplete' : 'character');
};

const fraction = (r: Reader): Expression => {
  take(r);
  const left = fractionPart(r);
  return { kind: 'binary', operator: '/', left, right: fractionPart(r) };
};

/** \frac12 is one half. */
const fractionPart = (r: Reader): Expression => {
  const token = peek(r);
  if (token.kind !== 'number' || token.text.length === 1) return group(r);
  if (token.text.length > 2 || token.text.includes('.')) throw refuse(r, 'implicit-product');
  splitToken(r, 1);
  return group(r);
};

const root = (r: Reader): Term => {
  take(r);
  let degree: Expression | null = null;
  if (peek(r).text === '[') degree = bracketed(r);
  const isBraced = peek(r).text in brackets;
  const of = group(r);
  if (degree === null) return { expression: { kind: 'call', name: 'sqrt', of }, open: !isBraced };
  const right: Expression = {
    kind: 'binary',
    operator: '/',
    left: { kind: 'number', value: 1 },
    right: degree,
  };
  return { expression: { kind: 'binary', operator: '^', left: of, right }, open: !isBraced };
};

const word = (r: Reader): Term => {
  const token = peek(r);
  if (token.text === '\\sum' || (/^(sum|max|min|mean)$/.test(bare(token.text)) && peek(r, 1).text === '_')) {
    return series(r);
  }
  const { name, at } = simpleName(r);
  const callable = formulaFunction(name, r.variables);
  const isCall = peek(r).text in brackets || token.kind === 'command';
  if (callable !== undefined && isCall) return call(r, callable);
  const fold = foldOf(name);
  if (fold !== undefined) return closed({ kind: 'fold', name: fold, of: listed(r) });
  return closed(variable(r, name, at, token));
};

const call = (r: Reader, name: Parameters<typeof called>[0]): Term => {
  // \sin^2 x
  const raised = peek(r).text === '^' ? superscript(r).exponent : null;
  const isBraced = peek(r).text in brackets;
  const term = isBraced ? closed(group(r)) : power(r);
  const result = called(name, term.expression);
  const expression: Expression =
    raised === null ? result : { kind: 'binary', operator: '^', left: result, right: raised };
  return { expression, open: !isBraced };
};

const called = (name: Extract<Expression, { kind: 'call' }>['name'], of: Expression): Expression => ({
  kind: 'call',
  name,
  of,
});

/** The arguments of max, min, sum and mean. */
const listed = (r: Reader): Expression[] => {
  const open = peek(r).text;
  if (!(open in brackets)) return [power(r).expression];
  take(r);
  const of = [sum(r)];
  while (accept(r, ',')) of.push(sum(r));
  expect(r, brackets[open]!);
  return of;
};

const series = (r: Reader): Term => {
  const token = take(r);
  const name = foldOf(bare(token.text))!;
  const { index, from, to } = bounds(r);
  const body = name === 'sum' ? product(r) : power(r);
  // \sum_j x_j y z: open, because a division before it would be ambiguous.
  const open = body.open || (body.expression.kind === 'binary' && '*/'.includes(body.expression.operator));
  if (index === null) return { expression: { kind: 'fold', name, of: [body.expression] }, open };
  return { expression: { kind: 'series', name, index, from, to, of: body.expression }, open };
};

/** _i, _{i}, _{i=1}^n, _{i=1}^{4}: an upper bound that is no number stands for the length. */
const bounds = (r: Reader): { index: string | null; from: number; to: number | null } => {
  let index: string | null = null;
  let from = 1;
  let to: number | null = null;
  while (peek(r).text === '_' || peek(r).text === '^') {
    const isLower = take(r).text === '_';
    const { at } = peek(r);
    const text = subscript(r);
    const lower = /^([a-zA-Z])(?:=(\d{1,3}))?$/.exec(text);
    if (isLower && lower !== null) {
      index = lower[1]!;
      from = Number(lower[2] ?? 1);
    } else if (!isLower && /^\d{1,3}$/.test(text)) to = Number(text);
    else if (isLower || !/^[a-zA-Z]$/.test(text)) throw new UnreadableFormula('index', at);
  }
  return { index, from, to };
};
