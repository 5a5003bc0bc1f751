import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import { FigureError } from './data.ts';
import { drawable, font, graphemesOf, hasHan, type Weight } from './fonts.ts';
import { RADIUS, SCALE, WIDTH, type Palette } from './theme.ts';

export type Context = SKRSContext2D;

/** The tallest card, in logical pixels. */
const TALLEST = 4000;

// One canvas for all pictures, drawn one after another: each new one would leave some memory behind.
const canvas = createCanvas(1, 1);
const ctx = canvas.getContext('2d');

/**
 * An opaque card with round corners, and a context in logical pixels on it. It is the same canvas every time,
 * so a picture must be encoded before the next is begun. Throws `FigureError` if it is too tall.
 */
export const createCard = (
  height: number,
  palette: Palette,
  width: number = WIDTH,
): { canvas: Canvas; ctx: Context } => {
  if (height > TALLEST) {
    throw new FigureError('bounds', `a card of ${Math.round(height)} pixels, want at most ${TALLEST}`);
  }
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round(height * SCALE);
  ctx.scale(SCALE, SCALE);
  ctx.textBaseline = 'alphabetic';
  box(ctx, 0, 0, width, height, RADIUS.card, palette.card);
  ctx.clip();
  return { canvas, ctx };
};

/** A filled rectangle with round corners. */
export const box = (
  ctx: Context,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
): void => {
  ctx.beginPath();
  ctx.roundRect(x, y, Math.max(width, 0), height, Math.min(radius, width / 2, height / 2));
  ctx.fillStyle = fill;
  ctx.fill();
};

const scratch = createCanvas(1, 1).getContext('2d');

export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly color: string;
  readonly align?: 'left' | 'right' | 'center';
}

/** The width of a text that is already drawable. */
export const widthOf = (
  text: string,
  size: number,
  weight: Weight = 'regular',
  han = hasHan(text),
): number => {
  scratch.font = font(size, weight, han);
  return scratch.measureText(text).width;
};

/** The text made drawable and, if it is wider than allowed, cut at a grapheme with an ellipsis. */
export const fit = (text: string, most: number, size: number, weight: Weight = 'regular'): string => {
  const whole = drawable(text).trim();
  const han = hasHan(whole);
  if (widthOf(whole, size, weight, han) <= most) return whole;
  const parts = graphemesOf(whole);
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${parts.slice(0, middle).join('').trimEnd()}…`, size, weight, han) <= most) low = middle;
    else high = middle - 1;
  }
  return `${parts.slice(0, low).join('').trimEnd()}…`;
};

/** Draws one line, cut to `most` if given; returns its width. `y` is the baseline. */
export const write = (
  ctx: Context,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
  most = Infinity,
): number => {
  const shown = fit(text, most, style.size, style.weight);
  ctx.font = font(style.size, style.weight, hasHan(text));
  ctx.fillStyle = style.color;
  const width = ctx.measureText(shown).width;
  const shift = style.align === 'right' ? width : style.align === 'center' ? width / 2 : 0;
  ctx.fillText(shown, x - shift, y);
  return width;
};
