import { bracket, isBracketed, outside } from './brackets.ts';
import { accents, inAlphabet, subscripts, superscripts } from './glyphs.ts';
import type { MathNode } from './tex-tree.ts';

/** TeX's classes of atoms, which decide the spaces between them. */
const ORD = 0;
const OP = 1;
const BIN = 2;
const REL = 3;
const OPEN = 4;
const CLOSE = 5;
const PUNCT = 6;
const INNER = 7;

/** One unbreakable part of a row. */
interface Piece {
  readonly text: string;
  readonly cls: number;
  /** A name of several letters (log, softmax): never glued to a letter. */
  readonly word?: boolean;
  readonly fraction?: boolean;
  /** Ends in a script of several letters that has no Unicode form (`μ_batch`). */
  readonly tail?: boolean;
  readonly space?: boolean;
}

const startsAlphanumeric = /^[\p{L}\p{N}√∂∇∞]/u;
const tightInScripts = /^[+−±·*=<>≤≥~/]$/u;
/** A leading minus, which TeX makes an ordinary atom. */
const isSign = (piece: Piece): boolean => piece.cls === ORD && /^[−+±]$/u.test(piece.text);

const gapBetween = (left: Piece, right: Piece, tight: boolean): string => {
  for (const piece of [left, right]) {
    if (piece.cls === BIN || piece.cls === REL) {
      const other = piece === left ? right : left;
      if (other.cls === OPEN && piece === right) return '';
      return tight && tightInScripts.test(piece.text) ? '' : ' ';
    }
  }
  if (right.cls === PUNCT || right.cls === CLOSE || left.cls === OPEN) return '';
  if (left.cls === PUNCT) return tight ? '' : ' ';
  if (left.cls === OP) return left.word && !startsAlphanumeric.test(right.text) ? '' : ' ';
  if (right.cls === OP) return isSign(left) ? '' : ' ';
  const glues = startsAlphanumeric.test(right.text);
  return (left.word || left.tail || (right.word && /[\p{L}\p{N}\p{M}]$/u.test(left.text))) && glues
    ? ' '
    : '';
};

/** A fraction beside a factor needs brackets: (1/m)x is not 1/mx. */
const needsBrackets = (pieces: readonly Piece[], index: number): boolean => {
  const stands = (piece: Piece | undefined, sides: readonly number[]) =>
    piece !== undefined && !piece.space && sides.includes(piece.cls);
  const before = pieces.slice(0, index).findLast((piece) => !piece.space);
  const after = pieces.slice(index + 1).find((piece) => !piece.space);
  const factorBefore = stands(before, [ORD, CLOSE, INNER]) && !isSign(before!);
  return (
    factorBefore || (stands(before, [OP]) && before!.word === true) || stands(after, [ORD, OP, OPEN, INNER])
  );
};

const join = (pieces: readonly Piece[], tight: boolean): string => {
  let text = '';
  let last: Piece | undefined;
  let spaced = false;
  for (const [index, piece] of pieces.entries()) {
    if (piece.space) {
      spaced = true;
      continue;
    }
    if (piece.text === '') continue;
    const shown =
      piece.fraction && needsBrackets(pieces, index) ? { ...piece, text: bracket(piece.text) } : piece;
    if (last) text += spaced ? ' ' : gapBetween(last, shown, tight);
    text += shown.text;
    last = shown;
    spaced = false;
  }
  return text;
};

/** Several pieces as one, of the class given (a group in braces, a pair of fences). */
const group = (pieces: readonly Piece[], cls: number, tight: boolean): Piece => {
  const solid = pieces.filter((piece) => piece.text !== '');
  const only = solid[0];
  if (only && solid.length === 1) return { ...only, cls };
  const text = join(pieces, tight);
  return { text, cls, word: cls === OP && /^\p{L}{2}/u.test(text), tail: solid.at(-1)?.tail ?? false };
};

const script = (
  base: string,
  node: MathNode | undefined,
  alphabet: Map<string, string>,
  mark: string,
): string => {
  const text = node ? join(walk(node, true), true) : '';
  if (text === '') return base;
  if (text === '∘') return `${base}°`;
  if (/^[′″‴*†]+$/u.test(text)) return base + text;
  const isWord = /\p{L}{3}/u.test(text);
  if (!isWord && Array.from(text).every((char) => alphabet.has(char))) {
    return (
      base +
      Array.from(text)
        .map((char) => alphabet.get(char))
        .join('')
    );
  }
  return base + mark + (/^(?:[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{M}.]+|[−+])$/u.test(text) ? text : bracket(text));
};

/** A base with what is below and above it, as scripts. */
const scripted = (base: Piece, below: MathNode | undefined, above: MathNode | undefined): Piece => {
  const held =
    base.fraction || (above && base.cls === ORD && /[ +−/]/u.test(base.text))
      ? bracket(base.text)
      : base.text;
  const text = script(script(held, below, subscripts, '_'), above, superscripts, '^');
  return {
    text,
    cls: base.cls,
    word: base.word ?? false,
    tail: /[_^][\p{L}\p{N}\p{M}]{2,}$/u.test(text),
  };
};

const accented = (base: Piece, mark: string): Piece => {
  const letters = Array.from(base.text);
  if (mark === '\u0304' && letters.length > 1) mark = '\u0305';
  const at = Math.floor((letters.length - 1) / 2);
  const text = letters
    .map((char, index) => (mark === '\u0305' || index === at ? char + mark : char))
    .join('');
  return { ...base, text: text.normalize('NFC') };
};

/** munder, mover, munderover: limits, accents, braces with a label, arrows with a label. */
const stacked = (node: MathNode, tight: boolean): Piece => {
  const [core, first, second] = node.childNodes as [MathNode, MathNode, MathNode | undefined];
  const base = group(walk(core, tight), core.texClass ?? ORD, tight);
  const mark = join(walk(first, true), true);
  if (/^[⏟⏞⎵⎴]$/u.test(mark)) return { ...base, cls: OP };
  if (!second && accents.has(mark)) return accented(base, accents.get(mark)!);
  if (/[⏟⏞]/u.test(deepText(core))) return { text: `${bracket(base.text)}[${mark}]`, cls: ORD };
  if (/^[→←⟶⟵⇒⇐↦]$/u.test(base.text))
    return { text: mark === '' ? base.text : `${base.text}[${mark}]`, cls: REL };
  return node.kind === 'mover' ? scripted(base, undefined, first) : scripted(base, first, second);
};

const deepText = (node: MathNode): string =>
  node.kind === 'text' ? (node.getText?.() ?? '') : node.childNodes.map((child) => deepText(child)).join('');

/** One factor that may stand below a fraction bar or a root without brackets. */
const isOneFactor = (pieces: readonly Piece[]): boolean => {
  const solid = pieces.filter((piece) => !piece.space && piece.text !== '');
  if (solid.length === 1) return !solid[0]!.fraction && !/[ +−·×]/u.test(outside(solid[0]!.text));
  if (solid.length === 2 && /^[∂d]$/u.test(solid[0]!.text)) return true;
  const call = solid[0]!.cls === OPEN ? solid : solid.slice(1);
  return isBracketed(join(call, true));
};

const fraction = (node: MathNode): Piece => {
  const [top, bottom] = node.childNodes as [MathNode, MathNode];
  const above = walk(top, true);
  const below = walk(bottom, true);
  const numerator = join(above, true);
  const denominator = join(below, true);
  if (String(node.attributes.get('linethickness')).startsWith('0')) {
    return { text: `${numerator} choose ${denominator}`, cls: ORD };
  }
  const held =
    above.some((piece) => piece.fraction) || /[ +−/=]/u.test(outside(numerator).slice(1))
      ? bracket(numerator)
      : numerator;
  return {
    text: `${held}/${isOneFactor(below) ? denominator : bracket(denominator)}`,
    cls: ORD,
    fraction: true,
  };
};

const root = (radicand: MathNode, index?: MathNode): Piece => {
  const pieces = walk(radicand, true);
  const degree = index ? script('', index, superscripts, '') : '';
  const sign = degree === '³' ? '∛' : degree === '⁴' ? '∜' : `${degree}√`;
  return { text: sign + (isOneFactor(pieces) ? join(pieces, true) : bracket(join(pieces, true))), cls: ORD };
};

/** Rows of a matrix by `; ` and its entries by `, `; aligned equations line by line. */
const table = (node: MathNode, tight: boolean): Piece => {
  const aligned = String(node.attributes.get('columnspacing')).startsWith('0');
  const rows = node.childNodes.map((row) => {
    const cells = row.kind === 'mlabeledtr' ? row.childNodes.slice(1) : row.childNodes;
    if (aligned)
      return join(
        cells.flatMap((cell) => walk(cell, tight)),
        tight,
      );
    const texts = cells.map((cell) => join(walk(cell, tight), tight).trim());
    return texts
      .map((text, index) => (index === texts.length - 1 ? text : text.replace(/,$/u, '')))
      .join(', ');
  });
  const oneLine = rows.length > 1 && !aligned && node.childNodes.some((row) => row.childNodes.length > 1);
  return { text: rows.join(oneLine ? '; ' : '\n'), cls: INNER };
};

const row = (node: MathNode, tight: boolean): Piece[] =>
  node.childNodes.flatMap((child) => (child ? walk(child, tight) : []));

const fenced = (node: MathNode, tight: boolean): Piece => {
  const text = join(row(node, tight), tight).replaceAll('\n', '; ');
  return {
    text: text.startsWith('{') && !text.endsWith('}') ? `{ ${text.slice(1).trim()} }` : text,
    cls: INNER,
  };
};

const token = (node: MathNode): Piece[] => {
  const text = inAlphabet(deepText(node), node.attributes.get('mathvariant'));
  const cls = node.texClass ?? ORD;
  if (text === '\u2061' || text === '\u2062' || text === '\u2063' || text === '\u2064') return [];
  return [
    { text, cls: cls < 0 ? ORD : cls, word: node.kind !== 'mtext' && /^\p{L}[\p{L}\p{N}]/u.test(text) },
  ];
};

const space = (node: MathNode): Piece[] => {
  if (node.attributes.get('linebreak') === 'newline') return [{ text: '\n', cls: OPEN }];
  return parseFloat(String(node.attributes.get('width'))) > 0.1 ? [{ text: '', cls: ORD, space: true }] : [];
};

/** The pieces of a node; `tight` inside scripts, fractions and roots, where + and = take no spaces. */
const walk = (node: MathNode, tight: boolean): Piece[] => {
  const [first, second, third] = node.childNodes as (MathNode | undefined)[];
  switch (node.kind) {
    case 'mi':
    case 'mn':
    case 'mo':
    case 'mtext':
    case 'ms':
      return token(node);
    case 'mspace':
      return space(node);
    case 'mphantom':
      return [];
    case 'mfrac':
      return [fraction(node)];
    case 'msqrt':
      return [root(first!)];
    case 'mroot':
      return [root(first!, second)];
    case 'msub':
      return [scripted(group(walk(first!, tight), first!.texClass ?? ORD, tight), second, undefined)];
    case 'msup':
      return [scripted(group(walk(first!, tight), first!.texClass ?? ORD, tight), undefined, second)];
    case 'msubsup':
      return [scripted(group(walk(first!, tight), first!.texClass ?? ORD, tight), second, third)];
    case 'munder':
    case 'mover':
    case 'munderover':
      return [stacked(node, tight)];
    case 'mtable':
      return [table(node, tight)];
    case 'menclose': {
      const inside = group(row(node, tight), ORD, tight);
      const struck = /strike/.test(String(node.attributes.get('notation')));
      return [
        struck
          ? {
              ...inside,
              text: Array.from(inside.text)
                .map((char) => `${char}\u0336`)
                .join(''),
            }
          : inside,
      ];
    }
    case 'mrow':
      return node.texClass === INNER ? [fenced(node, tight)] : row(node, tight);
    case 'TeXAtom': {
      const inside = row(node, tight);
      if (inside.length === 0) return [];
      // \Big( is an ordinary atom to TeX.
      const sized = /^[([{]$/.test(inside[0]!.text)
        ? OPEN
        : /^[)\]}]$/.test(inside[0]!.text)
          ? CLOSE
          : undefined;
      return [group(inside, (inside.length === 1 ? sized : undefined) ?? node.texClass ?? ORD, tight)];
    }
    default:
      return row(node, tight);
  }
};

/** The text twin of a formula's tree. */
export const treeToText = (node: MathNode): string =>
  join(walk(node, false), false)
    .split('\n')
    .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
    .join('\n');
