import type { Canvas } from '@napi-rs/canvas';
import { box, createCard, widthOf, write } from '../canvas.ts';
import type { BarsData } from '../data.ts';
import { spansOfLabel } from '../blocks.ts';
import { layoutSpans } from '../rich-text.ts';
import { drawable } from '../fonts.ts';
import { dark as palette, PADDING, SIZE, WIDTH } from '../theme.ts';
import { drawHeader, headerHeight } from './header.ts';

const INNER = WIDTH - 2 * PADDING;
const THICK = 24;
const GAP = 14;

/** Horizontal bars with a label and a figure each; values below zero go to the left. Throws `LatexError`. */
export const drawBars = async (data: BarsData): Promise<Canvas> => {
  const style = { size: SIZE.body, color: palette.ink, palette };
  const labels = await Promise.all(
    data.bars.map(({ label }) => layoutSpans(spansOfLabel(label), style, INNER * 0.36)),
  );
  const labelWidth = Math.max(0, ...labels.map((label) => label.width));
  const figureWidth = Math.min(
    Math.max(0, ...data.bars.map(({ text }) => widthOf(drawable(text), SIZE.body, 'bold'))),
    120,
  );
  const start = PADDING + labelWidth + 14;
  const length = WIDTH - PADDING - start - figureWidth - 12;
  const highest = Math.max(0, data.full ?? Math.max(...data.bars.map(({ value }) => value)));
  const lowest = Math.min(0, ...data.bars.map(({ value }) => value));
  const unit = length / (highest - lowest || 1);
  const zero = start - lowest * unit;
  const heights = labels.map((label) => Math.max(THICK, label.height) + GAP);
  const top = headerHeight(data.subtitle);
  const { canvas, ctx } = createCard(
    top + heights.reduce((sum, height) => sum + height, 0) + PADDING - GAP,
    palette,
  );
  drawHeader(ctx, palette, data.title, data.subtitle);
  let y = top;
  for (const [index, bar] of data.bars.entries()) {
    const middle = y + (heights[index]! - GAP) / 2;
    const label = labels[index]!;
    label.draw(ctx, PADDING + labelWidth - label.width, middle - label.height / 2);
    box(ctx, start, middle - THICK / 2, length, THICK, 6, palette.raised);
    const drawn = Math.max(Math.abs(bar.value) * unit, bar.value === 0 ? 0 : 3);
    if (drawn > 0) {
      const fill = bar.strong || !data.bars.some(({ strong }) => strong) ? palette.accent : palette.muted;
      box(ctx, bar.value < 0 ? zero - drawn : zero, middle - THICK / 2, drawn, THICK, 6, fill);
    }
    write(
      ctx,
      bar.text,
      WIDTH - PADDING,
      middle + 6,
      { size: SIZE.body, weight: 'bold', color: palette.ink, align: 'right' },
      120,
    );
    y += heights[index]!;
  }
  if (lowest < 0) {
    ctx.fillStyle = palette.soft;
    ctx.fillRect(zero - 0.5, top - 4, 1, y - GAP - top + 8);
  }
  return canvas;
};
