import { scalarFunctions } from '../number/functions.ts';
import { offsetIn, readSource } from '../source.ts';
import { type Expression, UnreadableFormula } from './expression.ts';
import { readLatex } from './latex.ts';
import { readMathjs } from './mathjs.ts';
import type { Variables } from './names.ts';

const maxInput = 4096;
const maxLength = 256;
const maxNesting = 40;

/** What may stand on the left of `=`: a name, f(x), dL/dz_i, \hat{y}. */
const label = /^[\p{L}\\∂][\p{L}\p{N}_ {}()[\]\\'∂/^,.|]*$/u;

/** A function before a blank and its argument, without brackets: ln x. */
const unbracketed = new RegExp(`\\b(?:${Object.keys(scalarFunctions).join('|')}|lg) +[\\p{L}\\d]`, 'u');

/**
 * A backslash, braces, bars, a root sign, a sum with bounds, a Greek letter beside another letter, or a function
 * without brackets: what mathjs would not read, or not as it is meant.
 */
const isLatex = (text: string): boolean =>
  /[\\{}|√∑]|\b(?:sum|max|min|mean)_[a-zA-Z]\b|[α-ωΔ][a-zA-Z]|[a-zA-Z][α-ωΔ]/.test(text) ||
  unbracketed.test(text);

/** Reads a formula in either notation, without its left side. Throws {@link UnreadableFormula}; offsets are original. */
export const readFormula = (original: string, variables: Variables): Expression => {
  if (original.length > maxInput) throw new UnreadableFormula('too-long', maxInput);
  const source = readSource(original);
  const { from, end } = formulaSpan(source.text);
  if (from === end) throw new UnreadableFormula('empty', offsetIn(source, from));
  if (end - from > maxLength) throw new UnreadableFormula('too-long', offsetIn(source, from + maxLength));
  const text = source.text.slice(from, end);
  try {
    checkNesting(text);
    return isLatex(text) ? readLatex(text, variables) : readMathjs(forMathjs(text), variables);
  } catch (error) {
    if (!(error instanceof UnreadableFormula)) throw error;
    throw new UnreadableFormula(error.reason, offsetIn(source, from + error.at), error.allowed);
  }
};

/** The same length, so that offsets stay. */
const forMathjs = (text: string): string => text.replaceAll(/[×·]/g, '*').replaceAll('**', '^ ');

const checkNesting = (text: string): void => {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    if ('([{'.includes(text[i]!)) depth += 1;
    else if (')]}'.includes(text[i]!)) depth -= 1;
    if (depth > maxNesting) throw new UnreadableFormula('too-deep', i);
  }
};

const isIdle = (character: string): boolean => ' \n$`'.includes(character);

/** Without white space, dollars, a full stop and a left side. */
const formulaSpan = (text: string): { from: number; end: number } => {
  let from = 0;
  let end = text.length;
  while (from < end && isIdle(text[from]!)) from += 1;
  while (end > from && (isIdle(text[end - 1]!) || '。.,;'.includes(text[end - 1]!))) end -= 1;
  const equals = equalSigns(text, from, end);
  if (equals.length === 0) return { from, end };
  const [at] = equals as [number];
  if (equals.length > 1 || at - from > 60 || !label.test(text.slice(from, at).trim())) {
    throw new UnreadableFormula('equation', at);
  }
  from = at + 1;
  while (from < end && isIdle(text[from]!)) from += 1;
  return { from, end };
};

/** Outside brackets: the bounds of a sum hold one as well. */
const equalSigns = (text: string, from: number, end: number): number[] => {
  const found: number[] = [];
  let depth = 0;
  for (let i = from; i < end; i += 1) {
    if ('([{'.includes(text[i]!)) depth += 1;
    else if (')]}'.includes(text[i]!)) depth -= 1;
    else if (text[i] === '=' && depth === 0) found.push(i);
  }
  return found;
};
