import type { Locale, Text } from '../compute/index.ts';
import { compileExpression, type Expression, ExpressionError, type Scope } from './expression.ts';
import { type Format, printValue } from './number.ts';

interface Slot {
  readonly expression: Expression;
  readonly format: Format;
  /** Inside $…$ or $$…$$, where a negative number may need parentheses. */
  readonly math: boolean;
}

/** A text of one language whose `{{expression | format}}` are compiled. */
export interface Template {
  readonly pieces: readonly (string | Slot)[];
  readonly names: ReadonlySet<string>;
}

export type TextTemplate = Readonly<Record<Locale, Template>>;

export const locales: readonly Locale[] = ['zh-CN', 'en-US'];

// `{{{i}}}` is a LaTeX group around `{{i}}`.
const slotPattern = /\{\{(?!\{)([^{}]*)\}\}/g;

/**
 * Compiles a text. `{{x}}` prints a value, `{{x | 3}}` with 3 decimals, `{{n | grouped}}` as 1,234, `{{b | signed}}` as
 * a term that follows another (`+ 2`, `- 2`), `{{M | matrix}}` as a LaTeX bmatrix; formats combine. @throws {ExpressionError}
 */
export function compileTemplate(source: string, declared: ReadonlySet<string>): Template {
  if (!source.includes('{{')) return { pieces: [source], names: new Set() };
  const pieces: (string | Slot)[] = [];
  const names = new Set<string>();
  let end = 0;
  let math = false;
  for (const match of source.matchAll(slotPattern)) {
    const before = source.slice(end, match.index);
    if (dollars(before) % 2 === 1) math = !math;
    const [code = '', ...formats] = match[1]!.split('|');
    const expression = compileExpression(code.trim(), declared);
    for (const name of expression.names) names.add(name);
    pieces.push(before, { expression, format: formatOf(formats), math });
    end = match.index + match[0].length;
  }
  pieces.push(source.slice(end));
  return { pieces, names };
}

/** How many delimiters of math a text holds: `$` and `$$` count once, `\$` not at all. */
const dollars = (text: string): number => text.replaceAll('\\$', '').match(/\$\$|\$/g)?.length ?? 0;

function formatOf(formats: readonly string[]): Format {
  let format: Format = {};
  for (const word of formats.map((part) => part.trim())) {
    if (/^\d+$/.test(word) && Number(word) <= 12) format = { ...format, decimals: Number(word) };
    else if (word === 'grouped' || word === 'signed' || word === 'matrix')
      format = { ...format, [word]: true };
    else
      throw new ExpressionError(
        `unknown format ${word}; want a number of decimals, grouped, signed or matrix`,
      );
  }
  return format;
}

/** @throws {ExpressionError} when a value cannot be computed or printed */
export function renderTemplate({ pieces }: Template, scope: Scope): string {
  // Most texts have no numbers.
  if (pieces.length === 1 && typeof pieces[0] === 'string') return pieces[0];
  let text = '';
  for (const [i, piece] of pieces.entries()) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const printed = print(piece, scope);
    const next = pieces[i + 1];
    const after = typeof next === 'string' ? next : '';
    text += piece.math && needsParentheses(text, printed, after) ? `(${printed})` : printed;
  }
  return text;
}

const print = ({ expression, format, math }: Slot, scope: Scope): string => {
  const value = expression.evaluate(scope);
  try {
    return printValue(value, format, math);
  } catch (error) {
    throw new ExpressionError(`${expression.source}: ${(error as Error).message}`);
  }
};

/** `3 - -2`, `2 \cdot -2` and `-2^2` misread: a negative number after an operator or a factor, or before a power. */
const needsParentheses = (before: string, printed: string, after: string): boolean => {
  const power = /^\s*\^/.test(after);
  if (/^-[\d\\]/.test(printed)) {
    return power || /(?:[-+*/^_\d)\]]|\\(?:cdot|times|div|pm|mp)|(?<![\\A-Za-z])[A-Za-z])\s*$/.test(before);
  }
  return power && printed.includes('10^{');
};

export const compileText = (text: Text, declared: ReadonlySet<string>): TextTemplate => ({
  'zh-CN': compileTemplate(text['zh-CN'], declared),
  'en-US': compileTemplate(text['en-US'], declared),
});

export const renderText = (template: TextTemplate, scope: Scope): Text => ({
  'zh-CN': renderTemplate(template['zh-CN'], scope),
  'en-US': renderTemplate(template['en-US'], scope),
});
