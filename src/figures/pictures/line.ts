import type { Canvas } from '@napi-rs/canvas';
import { box, createCard, fit, widthOf, write, type Context } from '../canvas.ts';
import type { LineData } from '../data.ts';
import { dark as palette, PADDING, SIZE, WIDTH } from '../theme.ts';
import { ticks, tickTexts } from './axis.ts';
import { drawHeader, headerHeight } from './header.ts';

const PLOT = 236;
const LEGEND = 28;

type Points = readonly (readonly [x: number, y: number])[];

const trace = (ctx: Context, points: Points) => {
  ctx.beginPath();
  for (const [index, [x, y]] of points.entries()) {
    if (index === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
};

/** One unbroken curve, with a wash between it and the floor if one is given, and its points if they are few. */
const drawSeries = (ctx: Context, points: Points, color: string, floor: number | undefined) => {
  const first = points[0];
  if (!first) return;
  if (floor !== undefined && points.length > 1) {
    const wash = ctx.createLinearGradient(0, Math.min(...points.map(([, y]) => y)), 0, floor);
    wash.addColorStop(0, `${color}4d`);
    wash.addColorStop(1, `${color}00`);
    trace(ctx, [...points, [points.at(-1)![0], floor], [first[0], floor]]);
    ctx.fillStyle = wash;
    ctx.fill();
  }
  trace(ctx, points);
  ctx.strokeStyle = color;
  ctx.lineWidth = 2.5;
  ctx.lineJoin = 'round';
  ctx.lineCap = 'round';
  ctx.stroke();
  if (points.length <= 16) for (const [x, y] of points) box(ctx, x - 3.5, y - 3.5, 7, 7, 3.5, color);
};

/** Curves over a shared axis: a loss, an accuracy over time. Points that are not finite leave a gap. */
export const drawLine = (data: LineData): Canvas => {
  const finite = data.series.flatMap(({ points }) =>
    points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)),
  );
  const xs = finite.map(([x]) => x);
  const ys = finite.map(([, y]) => y);
  const [xLow, xHigh] = xs.length > 0 ? [Math.min(...xs), Math.max(...xs)] : [0, 1];
  const [low, high] = data.yRange ?? (ys.length > 0 ? [Math.min(...ys), Math.max(...ys)] : [0, 1]);
  // A curve above zero that comes near it is shown from zero.
  const yTicks = ticks(low > 0 && low < high / 2 ? 0 : low, high, 6);
  const xTicks = ticks(xLow, xHigh, 6).filter((tick) => tick >= xLow - 1e-9 && tick <= xHigh + 1e-9);
  const yTexts = tickTexts(yTicks).map((text) => text + (data.yUnit ?? ''));
  const xTexts = tickTexts(xTicks);
  const legend = data.series.length > 1 ? LEGEND : 0;
  const top = headerHeight(data.subtitle) + legend + (data.y === undefined ? 0 : 20);
  const left = PADDING + Math.max(...yTexts.map((text) => widthOf(text, SIZE.small))) + 10;
  const right = WIDTH - PADDING - 6;
  const bottom = top + PLOT;
  const { canvas, ctx } = createCard(bottom + 60, palette);
  drawHeader(ctx, palette, data.title, data.subtitle);

  let x = PADDING;
  if (legend > 0) {
    for (const [index, { name }] of data.series.entries()) {
      const y = headerHeight(data.subtitle) + 4;
      const shown = fit(name, 180, SIZE.label);
      box(ctx, x, y - 2, 18, 5, 2.5, palette.series[index % palette.series.length]!);
      x += 24 + write(ctx, shown, x + 24, y + 5, { size: SIZE.label, color: palette.ink }) + 18;
    }
  }
  if (data.y !== undefined)
    write(ctx, data.y, PADDING, top - 14, { size: SIZE.small, color: palette.soft }, 300);

  const toX = (value: number) => left + ((value - xLow) / (xHigh - xLow || 1)) * (right - left);
  const [yLow, yHigh] = [yTicks[0]!, yTicks.at(-1)!];
  const toY = (value: number) => bottom - ((value - yLow) / (yHigh - yLow)) * PLOT;
  const zero = toY(Math.min(Math.max(0, yLow), yHigh));
  for (const [index, tick] of yTicks.entries()) {
    ctx.fillStyle = tick === yLow ? palette.faint : palette.track;
    ctx.fillRect(left, toY(tick) - 0.5, right - left, 1);
    write(ctx, yTexts[index]!, left - 10, toY(tick) + 4.5, {
      size: SIZE.small,
      color: palette.soft,
      align: 'right',
    });
  }
  for (const [index, tick] of xTicks.entries()) {
    write(ctx, xTexts[index]!, toX(tick), bottom + 20, {
      size: SIZE.small,
      color: palette.soft,
      align: 'center',
    });
  }
  write(
    ctx,
    data.x,
    (left + right) / 2,
    bottom + 44,
    { size: SIZE.label, color: palette.soft, align: 'center' },
    right - left,
  );

  ctx.save();
  ctx.beginPath();
  ctx.rect(left - 4, top - 4, right - left + 8, PLOT + 8);
  ctx.clip();
  for (const [index, { points }] of data.series.entries()) {
    let run: [number, number][] = [];
    const flush = () => {
      drawSeries(ctx, run, palette.series[index % palette.series.length]!, index === 0 ? zero : undefined);
      run = [];
    };
    for (const [px, py] of points) {
      if (Number.isFinite(px) && Number.isFinite(py)) run.push([toX(px), toY(py)]);
      else flush();
    }
    flush();
  }
  ctx.restore();
  return canvas;
};
