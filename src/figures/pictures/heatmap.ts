import type { Canvas } from '@napi-rs/canvas';
import { box, createCard, widthOf, write, type Context } from '../canvas.ts';
import type { HeatmapData } from '../data.ts';
import { drawable } from '../fonts.ts';
import { dark as palette, PADDING, SIZE, WIDTH } from '../theme.ts';
import { drawHeader, headerHeight } from './header.ts';

const GAP = 3;
const LARGEST = 26;
const DAY = 86_400_000;

const drawDay = (ctx: Context, x: number, y: number, size: number, level: number, frozen: boolean) => {
  const radius = Math.min(5, size / 4);
  box(ctx, x, y, size, size, radius, palette.heat[level]!);
  if (!frozen) return;
  // A day a freeze has saved: a ring and a dot, so that it is told apart by form too.
  ctx.beginPath();
  ctx.roundRect(x + 1, y + 1, size - 2, size - 2, radius);
  ctx.strokeStyle = palette.frozen;
  ctx.lineWidth = 2;
  ctx.stroke();
  box(ctx, x + size / 2 - 2, y + size / 2 - 2, 4, 4, 2, palette.frozen);
};

/** Days as squares, a column a week from Monday to Sunday, the busier the brighter. */
export const drawHeatmap = (data: HeatmapData): Canvas => {
  const first = Date.parse(data.days[0]!.date);
  const offset = (new Date(first).getUTCDay() + 6) % 7;
  const weeks = Math.ceil((data.days.length + offset) / 7);
  const labels = Math.max(...data.weekdays.map((word) => widthOf(drawable(word), SIZE.small))) + 10;
  const left = PADDING + labels;
  const size = Math.min(LARGEST, (WIDTH - PADDING - left + GAP) / weeks - GAP);
  const pitch = size + GAP;
  const top = headerHeight(data.subtitle) + 24;
  const bottom = top + 7 * pitch;
  const { canvas, ctx } = createCard(bottom + 52, palette);
  drawHeader(ctx, palette, data.title, data.subtitle);
  for (const [row, word] of data.weekdays.entries()) {
    if (row % 2 !== 0) continue;
    write(ctx, word, PADDING, top + row * pitch + size / 2 + 4.5, { size: SIZE.small, color: palette.soft });
  }
  let written = -Infinity;
  for (const [index, day] of data.days.entries()) {
    const column = Math.floor((index + offset) / 7);
    const x = left + column * pitch;
    drawDay(ctx, x, top + ((index + offset) % 7) * pitch, size, day.level, day.frozen ?? false);
    const date = new Date(first + index * DAY);
    // A month stands above the first whole week it has, where there is room for it.
    if (date.getUTCDate() <= 7 && (index + offset) % 7 === 0 && x > written) {
      const word = data.months[date.getUTCMonth()]!;
      written = x + write(ctx, word, x, top - 10, { size: SIZE.small, color: palette.soft }) + 8;
    }
  }
  const y = bottom + 16;
  const cell = 14;
  let x = WIDTH - PADDING - widthOf(drawable(data.legend.more), SIZE.small);
  write(ctx, data.legend.more, x, y + 12, { size: SIZE.small, color: palette.soft });
  x -= 8;
  for (let level = 4; level >= 0; level--) {
    x -= cell;
    drawDay(ctx, x, y, cell, level, false);
    x -= GAP;
  }
  write(ctx, data.legend.less, x - 6, y + 12, { size: SIZE.small, color: palette.soft, align: 'right' });
  if (data.legend.frozen !== undefined) {
    drawDay(ctx, left, y, cell, 0, true);
    write(ctx, data.legend.frozen, left + cell + 8, y + 12, { size: SIZE.small, color: palette.soft }, 160);
  }
  return canvas;
};
