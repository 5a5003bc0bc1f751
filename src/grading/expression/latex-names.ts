import { type Expression, UnreadableFormula } from './expression.ts';
import { accept, expect, peek, type Reader, refuse, splitToken, take, type Token } from './latex-tokens.ts';
import { declared, functionNames, isGreekName, resolveName } from './names.ts';

const accents: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\\hat': 'hat',
    '\\bar': 'bar',
    '\\tilde': 'tilde',
    '\\widehat': 'hat',
    '\\overline': 'bar',
  }),
);
const styles = new Set([
  '\\mathbf',
  '\\boldsymbol',
  '\\bm',
  '\\vec',
  '\\mathit',
  '\\mathrm',
  '\\text',
  '\\operatorname',
  '\\mathop',
  '\\mathsf',
  '\\textbf',
]);

/** Without the backslash. */
export const bare = (text: string): string => text.replace('\\', '');

/** A name as it stands, without its style; an accent becomes a suffix, x_hat. */
export const simpleName = (r: Reader): { name: string; at: number } => {
  const { text, at } = take(r);
  if (styles.has(text) || accents.has(text)) {
    const name = accept(r, '{') ? styledName(r) : simpleName(r).name;
    const accent = accents.get(text);
    return { name: accent === undefined ? name : `${name}_${accent}`, at };
  }
  const name = bare(text);
  // log_2(x), \log_{10} x
  if (name === 'log' && peek(r).text === '_') {
    take(r);
    const base = subscript(r);
    if (base !== '2' && base !== '10') throw new UnreadableFormula('function', at, functionNames);
    return { name: `log${base}`, at };
  }
  return { name, at };
};

/** Up to the brace that closes \mathrm{…}. */
const styledName = (r: Reader): string => {
  let { name } = simpleName(r);
  while (peek(r).kind === 'letters' || peek(r).text === '_') name += take(r).text;
  expect(r, '}');
  return name;
};

/** The text of an index: i, 12, {kv}, {t}. */
export const subscript = (r: Reader, base = ''): string => {
  if (!accept(r, '{')) {
    // n_kv if that is declared, else w_i x_i
    const { kind, text } = peek(r);
    const isWhole = kind !== 'letters' || declared(`${base}_${text}`, r.variables) !== null;
    if (!isWhole && text.length > 1) splitToken(r, 1);
    return bare(take(r).text);
  }
  let text = '';
  while (peek(r).text !== '}') {
    if (peek(r).kind === 'end') throw refuse(r, 'bracket');
    text += bare(take(r).text);
  }
  take(r);
  return text;
};

/** A variable with its index, which may stand in brackets or as a subscript. */
export const variable = (r: Reader, name: string, at: number, token: Token): Expression => {
  if (token.kind === 'command' && !isKnownCommand(token.text)) {
    throw new UnreadableFormula('function', at, functionNames);
  }
  let full = name;
  if (accept(r, '_')) full = `${name}_${subscript(r, name)}`;
  if (peek(r).text === '[' && peek(r, 2).text === ']') {
    take(r);
    full = `${full}_${take(r).text}`;
    take(r);
  }
  try {
    return resolveName(full, r.variables, at);
  } catch (error) {
    const split = token.kind === 'letters' ? splitLetters(r, full, at) : null;
    if (split === null) throw error;
    return split;
  }
};

const isKnownCommand = (text: string): boolean =>
  styles.has(text) || accents.has(text) || isGreekName(bare(text)) || text === '\\pi';

/** In LaTeX `xy` is x times y: a run of declared one-letter names; a subscript belongs to the last. */
const splitLetters = (r: Reader, name: string, at: number): Expression | null => {
  const parts = /^([a-z]{2,8})(_.+)?$/i.exec(name);
  if (parts === null) return null;
  const names = parts[1]!.split('');
  names[names.length - 1] += parts[2] ?? '';
  const factors = names.map((each) => resolveName(each, r.variables, at));
  return factors.reduce((left, right) => ({ kind: 'binary', operator: '*', left, right }));
};
