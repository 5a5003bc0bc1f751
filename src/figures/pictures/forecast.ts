import type { Canvas } from '@napi-rs/canvas';
import { box, createCard, write } from '../canvas.ts';
import type { ForecastData } from '../data.ts';
import { dark as palette, PADDING, SIZE, WIDTH } from '../theme.ts';
import { drawHeader, headerHeight } from './header.ts';

const PLOT = 150;
const LABELS = 48;

/** A bar for each day to come, today's in colour; what is overdue stands apart at the left,
 * never taller than the busiest day. */
export const drawForecast = (data: ForecastData): Canvas => {
  const top = headerHeight(data.subtitle) + 20;
  const bottom = top + PLOT;
  const { canvas, ctx } = createCard(bottom + LABELS + 14, palette);
  drawHeader(ctx, palette, data.title, data.subtitle);
  const apart = data.backlog ? 2.2 : 0;
  const pitch = (WIDTH - 2 * PADDING) / (data.days.length + apart);
  const most = Math.max(1, ...data.days.map(({ count }) => count));
  const wide = Math.min(pitch - 6, 34);
  const drawColumn = (
    center: number,
    count: number,
    fill: string,
    label: string,
    weekday: string | undefined,
    strong: boolean,
  ) => {
    const height = count === 0 ? 3 : Math.min(Math.max((count / most) * PLOT, 6), PLOT);
    box(ctx, center - wide / 2, bottom - height, wide, height, 5, count === 0 ? palette.track : fill);
    write(ctx, String(count), center, bottom - height - 7, {
      size: SIZE.label,
      weight: 'bold',
      color: count === 0 ? palette.faint : palette.ink,
      align: 'center',
    });
    const color = strong ? palette.ink : palette.soft;
    const weight = strong ? 'bold' : 'regular';
    write(
      ctx,
      label,
      center,
      bottom + 20,
      { size: SIZE.small, color, weight, align: 'center' },
      pitch * (strong ? 1.8 : 1),
    );
    if (weekday !== undefined) {
      write(
        ctx,
        weekday,
        center,
        bottom + 39,
        { size: SIZE.small, color: strong ? palette.ink : palette.faint, weight, align: 'center' },
        pitch,
      );
    }
  };
  if (data.backlog) {
    const center = PADDING + pitch * 0.9;
    drawColumn(center, data.backlog.count, palette.fair, data.backlog.label, undefined, true);
    ctx.fillStyle = palette.track;
    ctx.fillRect(PADDING + pitch * 1.95 - 0.5, top, 1, PLOT + LABELS - 6);
  }
  for (const [index, day] of data.days.entries()) {
    const center = PADDING + pitch * (apart + index + 0.5);
    drawColumn(
      center,
      day.count,
      day.today ? palette.accent : palette.muted,
      day.label,
      day.weekday,
      day.today ?? false,
    );
  }
  return canvas;
};
