import type { Canvas } from '@napi-rs/canvas';
import { box, createCard, write } from '../canvas.ts';
import type { ReadinessData } from '../data.ts';
import { dark as palette, PADDING, RADIUS, SIZE, WIDTH } from '../theme.ts';
import { drawHeader, headerHeight } from './header.ts';

const ROW = 30;
const BAR = 10;
/** More rows than this stand in two columns on a card twice as wide: still the same size of type. */
const ONE_COLUMN = 16;
const GUTTER = 36;

const colorOf = (share: number): string =>
  share >= 0.7 ? palette.good : share >= 0.4 ? palette.fair : palette.bad;

/** How ready the learner is for each heading: label, bar, figure. */
export const drawReadiness = (data: ReadinessData): Canvas => {
  const columns = data.rows.length > ONE_COLUMN ? 2 : 1;
  const width = columns === 1 ? WIDTH : WIDTH * 1.9;
  const perColumn = Math.ceil(data.rows.length / columns);
  const top = headerHeight(data.subtitle);
  const { canvas, ctx } = createCard(top + perColumn * ROW + PADDING - 6, palette, width);
  drawHeader(ctx, palette, data.title, data.subtitle, width);
  const columnWidth = (width - 2 * PADDING - (columns - 1) * GUTTER) / columns;
  for (const [index, row] of data.rows.entries()) {
    const x = PADDING + Math.floor(index / perColumn) * (columnWidth + GUTTER);
    const middle = top + (index % perColumn) * ROW + ROW / 2;
    const figure = 52;
    const bar = columnWidth * 0.22;
    const barX = x + columnWidth - figure - bar;
    const tried = row.share !== null;
    write(
      ctx,
      row.label,
      x,
      middle + 5,
      { size: SIZE.label, color: tried ? palette.ink : palette.faint },
      barX - x - 12,
    );
    box(ctx, barX, middle - BAR / 2, bar, BAR, RADIUS.bar + 1, palette.track);
    if (tried && row.share > 0) {
      box(
        ctx,
        barX,
        middle - BAR / 2,
        Math.max(bar * Math.min(row.share, 1), BAR),
        BAR,
        RADIUS.bar + 1,
        colorOf(row.share),
      );
    }
    write(
      ctx,
      row.text,
      x + columnWidth,
      middle + 5,
      {
        size: SIZE.label,
        weight: tried ? 'bold' : 'regular',
        color: tried ? palette.ink : palette.faint,
        align: 'right',
      },
      figure - 8,
    );
  }
  return canvas;
};
