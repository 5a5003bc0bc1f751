import type { ScalarFunction } from '../number/functions.ts';
import { type Expression, UnreadableFormula } from './expression.ts';
import { bare, simpleName, subscript, variable } from './latex-names.ts';
import { accept, expect, openReader, peek, type Reader, refuse, splitToken, take } from './latex-tokens.ts';
import { declared, foldOf, formulaFunction, functionNames, type Variables } from './names.ts';

/*
 * sum     = product { ("+" | "-") product }
 * product = signed { (times | "/") signed | power }
 * signed  = ["+" | "-"] power
 * power   = atom [ "^" group ]
 * atom    = number | name | bracket sum bracket | "|" sum "|" | "\frac" group group | "\sqrt" ["[" sum "]"] group
 *         | function argument | ("\sum" | "\max" | "\min") [ "_" bounds ] [ "^" bound ] body
 * group   = "{" sum "}" | one digit, letter or command
 */

/** `open`: ends in an argument or an exponent without brackets, which a factor behind it might belong to. */
interface Term {
  readonly expression: Expression;
  readonly open: boolean;
}

const maxDepth = 40;

const times = new Set(['*', '×', '·', '\\cdot', '\\times', '\\odot', '\\ast']);
const brackets: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

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

/** A bracket, or a bar where none is open. */
const opens = (r: Reader, text: string): boolean => brackets.has(text) || (text === '|' && r.bars === 0);

const startsFactor = (r: Reader): boolean => {
  const { kind, text } = peek(r);
  return kind === 'letters' || kind === 'command' || kind === 'number' || opens(r, text);
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
  const bare = !brackets.has(peek(r, 1).text);
  const right = superscript(r);
  const { kind } = right;
  // x^1/2 is hardly half of x.
  if (bare && kind === 'number' && right.value === 1 && peek(r).text === '/')
    throw refuse(r, 'implicit-product');
  // Typed in haste, e^2x and e^-x y may mean e^{2x} and e^{-xy}.
  const open = bare && (kind === 'negative' || (kind === 'number' && base.expression.kind === 'number'));
  return { expression: { kind: 'binary', operator: '^', left: base.expression, right }, open };
};

const superscript = (r: Reader): Expression => {
  expect(r, '^');
  const exponent = brackets.has(peek(r).text) ? bracketed(r) : bareExponent(r);
  if (peek(r).text === '^') throw refuse(r, 'power-tower');
  if (peek(r).text === '_') throw refuse(r, 'syntax');
  return exponent;
};

/** x^10, x^-1, e^x */
const bareExponent = (r: Reader): Expression => {
  const negative = accept(r, '-');
  const expression = lone(r, atom);
  return negative ? { kind: 'negative', of: expression } : expression;
};

/** What a command takes: a braced sum, or one digit, letter or command. */
const group = (r: Reader): Expression => {
  if (brackets.has(peek(r).text)) return bracketed(r);
  return lone(r, atom);
};

/** One factor; refused where a run of letters turns out to be several, as in e^xy, \sqrt xy and \ln xy. */
const lone = (r: Reader, read: (r: Reader) => Term): Expression => {
  const { kind, at } = peek(r);
  const { expression } = read(r);
  const isProduct = expression.kind === 'binary' && expression.operator === '*';
  if (kind === 'letters' && isProduct) throw new UnreadableFormula('implicit-product', at);
  return expression;
};

const bracketed = (r: Reader): Expression => {
  const open = take(r);
  const inside = sum(r);
  expect(r, brackets.get(open.text)!);
  return inside;
};

const closed = (expression: Expression): Term => ({ expression, open: false });

const atom = (r: Reader): Term => {
  const token = peek(r);
  if (brackets.has(token.text)) return closed(bracketed(r));
  if (token.kind === 'number') {
    take(r);
    return closed({ kind: 'number', value: Number(token.text) });
  }
  if (token.text === '|') {
    take(r);
    r.bars += 1;
    const inside = sum(r);
    r.bars -= 1;
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

/** \frac12 is one half, \frac xy is x/y. */
const fractionPart = (r: Reader): Expression => {
  const { kind, text } = peek(r);
  const isWhole = text.length === 1 || declared(text, r.variables) !== null;
  if (isWhole || (kind !== 'number' && kind !== 'letters')) return group(r);
  if (text.length > 2 || text.includes('.')) throw refuse(r, 'implicit-product');
  splitToken(r, 1);
  return group(r);
};

const root = (r: Reader): Term => {
  take(r);
  let degree: Expression | null = null;
  if (peek(r).text === '[') degree = bracketed(r);
  const isBraced = brackets.has(peek(r).text);
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
  const isOwn = isVariable(r);
  const isBounded = peek(r, 1).text === '_' && foldOf(bare(token.text)) !== undefined;
  if (!isOwn && (token.text === '\\sum' || isBounded)) return series(r);
  const { name, at } = simpleName(r);
  const callable = formulaFunction(name, r.variables);
  const isCall = startsFactor(r) || token.kind === 'command';
  if (callable !== undefined && isCall) return call(r, callable);
  const fold = foldOf(name);
  if (fold !== undefined && !isOwn) return closed({ kind: 'fold', name: fold, of: listed(r) });
  return closed(variable(r, name, at, token));
};

/** Whether a name is declared that looks like a bounded sum or maximum: max_norm, mean_x. */
const isVariable = (r: Reader): boolean =>
  peek(r, 1).text === '_' && declared(`${bare(peek(r).text)}_${peek(r, 2).text}`, r.variables) !== null;

const call = (r: Reader, name: ScalarFunction): Term => {
  // \sin^2 x is (sin x)^2, but \tanh^{-1} x is the inverse function, which is not offered.
  const raised = peek(r).text === '^' ? superscript(r) : null;
  if (raised?.kind === 'negative') throw refuse(r, 'function', functionNames);
  const isBraced = opens(r, peek(r).text);
  const of = isBraced ? atom(r).expression : lone(r, power);
  const result: Expression = { kind: 'call', name, of };
  const expression: Expression =
    raised === null ? result : { kind: 'binary', operator: '^', left: result, right: raised };
  return { expression, open: !isBraced };
};

/** The arguments of max, min, sum and mean. */
const listed = (r: Reader): Expression[] => {
  const open = peek(r).text;
  if (!brackets.has(open)) return [power(r).expression];
  take(r);
  const of = [sum(r)];
  while (accept(r, ',')) of.push(sum(r));
  expect(r, brackets.get(open)!);
  return of;
};

const series = (r: Reader): Term => {
  const divides = r.next > 0 && peek(r, -1).text === '/';
  const { text, at } = take(r);
  const name = foldOf(bare(text))!;
  const { index, from, to } = bounds(r);
  const { expression: of, open } = name === 'sum' ? product(r) : power(r);
  // 1 / \sum_j x_j y: does the sum include y?
  if (divides && of.kind === 'binary' && '*/'.includes(of.operator)) {
    throw new UnreadableFormula('implicit-product', at);
  }
  if (index === null) return { expression: { kind: 'fold', name, of: [of] }, open };
  return { expression: { kind: 'series', name, index, from, to, of }, open };
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
