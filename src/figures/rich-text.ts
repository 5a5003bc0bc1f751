import { box, widthOf, type Context } from './canvas.ts';
import { drawable, font, graphemesOf, hasHan, type Weight } from './fonts.ts';
import { layoutFormula, type Formula } from './formula-layout.ts';
import type { Palette } from './theme.ts';

/** What a line of text is made of. */
export type Span =
  | { readonly kind: 'text'; readonly text: string; readonly weight: Weight }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'formula'; readonly latex: string };

/** Something laid out: its size, and how to draw it with its top left corner at (x, y). */
export interface Block {
  readonly width: number;
  /** The narrowest it can be made without breaking a word. */
  readonly least?: number;
  readonly height: number;
  draw(ctx: Context, x: number, y: number): void;
}

export interface RichStyle {
  readonly size: number;
  readonly color: string;
  readonly palette: Palette;
}

/** The smallest part that is drawn at once. */
interface Unit {
  readonly width: number;
  readonly text?: string;
  readonly weight?: Weight;
  readonly code?: boolean;
  readonly formula?: Formula;
  readonly space?: boolean;
}

const LEADING = 1.5;
const MATH = 1.12;
const CODE = 0.9;
const CODE_PADDING = 3;

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;
/** What no line may start with, and what no line may end with. */
const closing =
  /^[,.;:!?%)\]}…、。》」』】〕”’〉·ー々\uFF0C\uFF0E\uFF1B\uFF1A\uFF01\uFF1F\uFF05\uFF09\uFF3D\uFF5D]/u;
const opening = /[([{《「『【〔“‘〈\uFF08\uFF3B\uFF5B]$/u;

const unitsOf = async (span: Span, style: RichStyle, most: number, han: boolean): Promise<Unit[]> => {
  if (span.kind === 'formula') {
    const formula = await layoutFormula(span.latex, style.size * MATH, false, most);
    return [{ width: formula.width, formula }];
  }
  if (span.kind === 'code') {
    const text = drawable(span.text);
    return [{ text, code: true, width: widthOf(text, style.size * CODE, 'code') + 2 * CODE_PADDING }];
  }
  const { weight } = span;
  const words =
    drawable(span.text).match(
      / +|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]|[^ \p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]+/gu,
    ) ?? [];
  return words.flatMap((text): Unit[] => {
    const width = widthOf(text, style.size, weight, han);
    if (text.startsWith(' ')) return [{ width: widthOf(' ', style.size), space: true }];
    if (width <= most) return [{ text, weight, width }];
    return graphemesOf(text).map((part) => ({
      text: part,
      weight,
      width: widthOf(part, style.size, weight, han),
    }));
  });
};

const isHan = (unit: Unit, side: 'start' | 'end'): boolean =>
  !unit.code && unit.text !== undefined && han.test(side === 'start' ? unit.text[0]! : unit.text.at(-1)!);

const mayBreak = (left: Unit, right: Unit, most: number): boolean => {
  if (right.text !== undefined && closing.test(right.text)) return false;
  if (left.text !== undefined && opening.test(left.text)) return false;
  // Parts of a word that is wider than the line.
  const pieces = left.width + right.width < most / 4 && left.text?.length === 1 && right.text?.length === 1;
  return isHan(left, 'end') || isHan(right, 'start') || pieces;
};

/** The hair of space that belongs between Han and a formula, code or Latin. */
const hair = (left: Unit, right: Unit, size: number): number => {
  const between = isHan(left, 'end') !== isHan(right, 'start');
  const punctuation = /[\p{P}\s]$/u.test(left.text ?? '') || /^[\p{P}\s]/u.test(right.text ?? '');
  return between && !punctuation ? size * 0.16 : 0;
};

interface Placed {
  readonly unit: Unit;
  readonly x: number;
}

interface Line {
  readonly placed: Placed[];
  width: number;
}

/** Greedy lines over runs that may not be broken inside. */
const breakLines = (units: readonly Unit[], size: number, most: number): Line[] => {
  const lines: Line[] = [{ placed: [], width: 0 }];
  let run: Placed[] = [];
  let runWidth = 0;
  let gap = 0;
  const flush = () => {
    let line = lines.at(-1)!;
    if (line.placed.length > 0 && line.width + gap + runWidth > most) {
      line = { placed: [], width: 0 };
      lines.push(line);
    }
    const from = line.placed.length > 0 ? line.width + gap : 0;
    line.placed.push(...run.map(({ unit, x }) => ({ unit, x: x + from })));
    line.width = from + runWidth;
    run = [];
    runWidth = 0;
  };
  let before: Unit | undefined;
  let space = 0;
  for (const unit of units) {
    if (unit.space) {
      space = unit.width;
      continue;
    }
    const between = before && space === 0 ? hair(before, unit, size) : space;
    const sticks = unit.text !== undefined && closing.test(unit.text);
    if (before && (space > 0 ? !sticks : mayBreak(before, unit, most))) {
      flush();
      gap = between;
    } else {
      runWidth += before ? between : 0;
    }
    run.push({ unit, x: runWidth });
    runWidth += unit.width;
    before = unit;
    space = 0;
  }
  if (run.length > 0) flush();
  return lines;
};

const drawUnit = (
  ctx: Context,
  unit: Unit,
  x: number,
  baseline: number,
  style: RichStyle,
  han: boolean,
): void => {
  if (unit.formula) {
    unit.formula.draw(ctx, x, baseline, style.color);
    return;
  }
  if (unit.code) {
    box(ctx, x, baseline - style.size * 0.98, unit.width, style.size * 1.32, 4, style.palette.track);
  }
  ctx.font = unit.code ? font(style.size * CODE, 'code') : font(style.size, unit.weight, han);
  ctx.fillStyle = style.color;
  ctx.fillText(unit.text!, x + (unit.code ? CODE_PADDING : 0), baseline);
};

/** Lines of text with formulas in them, as wide as `most`. Throws `LatexError`. */
export const layoutSpans = async (spans: readonly Span[], style: RichStyle, most: number): Promise<Block> => {
  const han = spans.some((span) => span.kind === 'text' && hasHan(span.text));
  const units: Unit[] = [];
  for (const span of spans) units.push(...(await unitsOf(span, style, most, han)));
  const lines = breakLines(units, style.size, most).map((line) => {
    const tall = line.placed.flatMap(({ unit }) => (unit.formula ? [unit.formula] : []));
    const half = (style.size * (LEADING - 1)) / 2;
    return {
      ...line,
      ascent: half + Math.max(style.size * 0.88, ...tall.map((formula) => formula.ascent + 1 - half / 2)),
      descent: half + Math.max(style.size * 0.12, ...tall.map((formula) => formula.descent + 1 - half / 2)),
    };
  });
  return {
    width: Math.max(0, ...lines.map((line) => line.width)),
    least: Math.max(0, ...units.map((unit) => unit.width)),
    height: lines.reduce((sum, line) => sum + line.ascent + line.descent, 0),
    draw(ctx, x, y) {
      let top = y;
      for (const line of lines) {
        for (const { unit, x: at } of line.placed) drawUnit(ctx, unit, x + at, top + line.ascent, style, han);
        top += line.ascent + line.descent;
      }
    },
  };
};
