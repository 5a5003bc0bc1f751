import { Path2D } from '@napi-rs/canvas';
import type { Context } from './canvas.ts';
import { drawable, font } from './fonts.ts';
import {
  asLatexError,
  LatexError,
  loadMathJax,
  LONGEST_LATEX,
  texComponents,
  texOptions,
} from './mathjax.ts';

/** A node of the SVG that MathJax writes, in its own light DOM. */
interface SvgNode {
  readonly kind: string;
  readonly attributes?: Record<string, string>;
  readonly children?: readonly SvgNode[];
  readonly value?: string;
}

interface Loaded {
  tex2svgPromise(latex: string, options: object): Promise<SvgNode>;
}

const mathjax = await loadMathJax<Loaded>({
  loader: { load: [...texComponents, 'output/svg', 'adaptors/liteDOM'] },
  tex: texOptions,
  svg: { fontCache: 'none', displayOverflow: 'linebreak', linebreaks: { inline: false, lineleading: 0.5 } },
  startup: { typeset: false },
});

/** MathJax's units: an em is a thousand. Rules without a width of their own are this thick. */
const EM = 1000;
const RULE = 60;
const EX = 0.442;
const HAN = 0.92;

/** A formula set in type, in logical pixels around its baseline. */
export interface Formula {
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
  draw(ctx: Context, x: number, baseline: number, color: string): void;
}

const number = (text: string | undefined): number => parseFloat(text ?? '') || 0;

const transform = (ctx: Context, text: string): void => {
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a = 0, b, c = 0, d = 0, e = 0, f = 0] = list!
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (name === 'translate') ctx.translate(a, b ?? 0);
    else if (name === 'scale') ctx.scale(a, b ?? a);
    else if (name === 'rotate') ctx.rotate((a * Math.PI) / 180);
    else if (name === 'matrix') ctx.transform(a, b ?? 0, c, d, e, f);
  }
};

interface Pen {
  readonly color: string;
  readonly fill: string;
  readonly stroke: string;
  readonly thickness: number;
}

const paint = (color: string, value: string | undefined, inherited: string): string =>
  value === undefined ? inherited : value === 'currentColor' ? color : value;

const glyphs = new Map<string, Path2D>();
const glyph = (outline: string): Path2D => {
  let path = glyphs.get(outline);
  if (!path) {
    path = new Path2D(outline);
    if (glyphs.size < 2000) glyphs.set(outline, path);
  }
  return path;
};

const stroke = (ctx: Context, pen: Pen, style: string): void => {
  ctx.lineWidth = pen.thickness || RULE;
  ctx.strokeStyle = pen.stroke;
  if (/dash/.test(style)) ctx.setLineDash([3 * RULE, 2 * RULE]);
  ctx.stroke();
};

const traceShape = (ctx: Context, kind: 'rect' | 'line' | 'ellipse', at: Record<string, string>): void => {
  ctx.beginPath();
  if (kind === 'rect') ctx.rect(number(at['x']), number(at['y']), number(at['width']), number(at['height']));
  else if (kind === 'line') {
    ctx.moveTo(number(at['x1']), number(at['y1']));
    ctx.lineTo(number(at['x2']), number(at['y2']));
  } else {
    ctx.ellipse(number(at['cx']), number(at['cy']), number(at['rx']), number(at['ry']), 0, 0, 2 * Math.PI);
  }
};

const drawNode = (ctx: Context, node: SvgNode, outer: Pen): void => {
  const at = node.attributes ?? {};
  const pen: Pen = {
    color: outer.color,
    fill: paint(outer.color, at['fill'], outer.fill),
    stroke: paint(outer.color, at['stroke'], outer.stroke),
    thickness: at['stroke-width'] === undefined ? outer.thickness : number(at['stroke-width']),
  };
  ctx.save();
  if (at['transform']) transform(ctx, at['transform']);
  ctx.fillStyle = pen.fill;
  switch (node.kind) {
    case 'path':
      if (at['d']) ctx.fill(glyph(at['d']));
      break;
    case 'rect':
    case 'line':
    case 'ellipse': {
      const outlined = node.kind === 'line' || pen.fill === 'none' || at['data-frame'] !== undefined;
      traceShape(ctx, node.kind, at);
      if (outlined) stroke(ctx, pen, at['class'] ?? '');
      else ctx.fill();
      break;
    }
    case 'text':
      // Han at its full em looks too large beside Latin Modern, and touches the rules of a table.
      ctx.font = font(HAN * EM, at['data-variant']?.includes('bold') ? 'bold' : 'regular');
      ctx.letterSpacing = `${(1 - HAN) * EM}px`;
      ctx.fillText(
        drawable(node.children?.map((child) => child.value ?? '').join('') ?? ''),
        ((1 - HAN) * EM) / 2,
        0.05 * EM,
      );
      break;
    case 'svg': {
      // The stretched middle of a tall bracket: a window onto a scaled glyph.
      const [left = 0, top = 0, width = 0, height = 0] = (at['viewBox'] ?? '').split(/[\s,]+/).map(Number);
      ctx.translate(number(at['x']), number(at['y']));
      if (width > 0 && height > 0) {
        ctx.scale((number(at['width']) || width) / width, (number(at['height']) || height) / height);
        ctx.beginPath();
        ctx.rect(0, 0, width, height);
        ctx.clip();
        ctx.translate(-left, -top);
      }
      for (const child of node.children ?? []) drawNode(ctx, child, pen);
      break;
    }
    default:
      for (const child of node.children ?? []) drawNode(ctx, child, pen);
  }
  ctx.restore();
};

const find = (node: SvgNode, kind: string): SvgNode | undefined =>
  node.kind === kind ? node : node.children?.map((child) => find(child, kind)).find(Boolean);

/**
 * Sets a formula in type at a size in logical pixels; a display formula breaks into lines at `most`.
 * Throws {@link LatexError}.
 */
export const layoutFormula = async (
  latex: string,
  size: number,
  display: boolean,
  most = 1e6,
): Promise<Formula> => {
  if (latex.length > LONGEST_LATEX) throw new LatexError(`longer than ${LONGEST_LATEX} characters`, latex);
  let container: SvgNode;
  try {
    container = await mathjax.tex2svgPromise(latex, {
      display,
      em: 16,
      ex: 16 * EX,
      containerWidth: (most / size) * 16,
    });
  } catch (error) {
    throw asLatexError(error, latex);
  }
  const svg = find(container, 'svg')!;
  const [left = 0, top = 0, width = 0, height = 0] = (svg.attributes!['viewBox'] ?? '')
    .split(' ')
    .map(Number);
  // A formula too wide to break is made smaller rather than cut.
  const scale = Math.min(size / EM, most / Math.max(width, 1));
  return {
    width: width * scale,
    ascent: -top * scale,
    descent: (height + top) * scale,
    draw(ctx, x, baseline, color) {
      ctx.save();
      ctx.translate(x - left * scale, baseline);
      ctx.scale(scale, scale);
      const pen = { color, fill: color, stroke: color, thickness: 0 };
      for (const child of svg.children ?? []) drawNode(ctx, child, pen);
      ctx.restore();
    },
  };
};
