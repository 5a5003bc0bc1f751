import type { Canvas } from '@napi-rs/canvas';
import { box, createCard, widthOf, write, type Context } from '../canvas.ts';
import type { DistributionData } from '../data.ts';
import { spansOfLabel } from '../blocks.ts';
import { layoutSpans } from '../rich-text.ts';
import { drawable } from '../fonts.ts';
import { dark as palette, PADDING, RADIUS, SIZE, WIDTH } from '../theme.ts';
import { drawHeader, headerHeight } from './header.ts';

const INNER = WIDTH - 2 * PADDING;
const BAR = 10;
const BADGE = 26;
const GAP = 8;

const drawTick = (ctx: Context, x: number, y: number, size: number, color: string) => {
  ctx.beginPath();
  ctx.moveTo(x - size * 0.42, y);
  ctx.lineTo(x - size * 0.1, y + size * 0.32);
  ctx.lineTo(x + size * 0.45, y - size * 0.34);
  ctx.strokeStyle = color;
  ctx.lineWidth = size * 0.18;
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  ctx.stroke();
};

/** What everyone answered: the right one ticked and green, the reader's own framed. Throws `LatexError`. */
export const drawDistribution = async (data: DistributionData): Promise<Canvas> => {
  const keyed = data.rows.some(({ key }) => key !== undefined);
  const inset = keyed ? BADGE + 12 : 0;
  const figure = Math.min(
    Math.max(0, ...data.rows.map(({ text }) => widthOf(drawable(text), SIZE.label, 'bold'))),
    150,
  );
  const most = INNER - 24 - inset - figure - 16 - 30;
  const style = { size: SIZE.body, color: palette.ink, palette };
  const labels = await Promise.all(
    data.rows.map(({ label }) => layoutSpans(spansOfLabel(label), style, most)),
  );
  const heights = labels.map((label) => Math.max(label.height, BADGE) + BAR + 26);
  const top = headerHeight(data.subtitle);
  const { canvas, ctx } = createCard(
    top + heights.reduce((sum, height) => sum + height + GAP, 0) + 22 + PADDING - 6,
    palette,
  );
  drawHeader(ctx, palette, data.title, data.subtitle);
  let y = top;
  for (const [index, row] of data.rows.entries()) {
    const height = heights[index]!;
    const label = labels[index]!;
    const x = PADDING + 12;
    box(ctx, PADDING, y, INNER, height, RADIUS.row, row.own ? palette.own : palette.raised);
    const middle = y + 10 + (height - BAR - 26) / 2;
    if (row.key !== undefined) {
      box(ctx, x, middle - BADGE / 2, BADGE, BADGE, 7, row.right ? palette.good : palette.track);
      write(ctx, row.key, x + BADGE / 2, middle + 5.5, {
        size: SIZE.label,
        weight: 'bold',
        color: row.right ? '#15301f' : palette.ink,
        align: 'center',
      });
    }
    label.draw(ctx, x + inset, middle - label.height / 2);
    if (row.right) drawTick(ctx, x + inset + label.width + 18, middle, 16, palette.good);
    write(
      ctx,
      row.text,
      WIDTH - PADDING - 12,
      middle + 5,
      { size: SIZE.label, weight: 'bold', color: palette.ink, align: 'right' },
      150,
    );
    const barY = y + height - BAR - 10;
    const length = INNER - 24;
    box(ctx, x, barY, length, BAR, 5, row.own ? palette.ownTrack : palette.track);
    const filled = length * Math.min(Math.max(row.share, 0), 1);
    if (filled > 0)
      box(ctx, x, barY, Math.max(filled, BAR), BAR, 5, row.right ? palette.good : palette.accent);
    y += height + GAP;
  }
  y += 14;
  drawTick(ctx, PADDING + 8, y, 13, palette.good);
  let x =
    PADDING +
    22 +
    write(ctx, data.legend.right, PADDING + 22, y + 5, { size: SIZE.small, color: palette.soft }, 200) +
    22;
  if (data.legend.own !== undefined) {
    box(ctx, x, y - 7, 14, 14, 4, palette.own);
    write(ctx, data.legend.own, x + 22, y + 5, { size: SIZE.small, color: palette.soft }, 200);
  }
  return canvas;
};
