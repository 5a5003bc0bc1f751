import type { Canvas } from '@napi-rs/canvas';
import { box, createCard, write, type Context } from '../canvas.ts';
import type { LeaderboardData, LeaderboardRow } from '../data.ts';
import { drawable } from '../fonts.ts';
import { dark as palette, PADDING, RADIUS, SIZE, WIDTH } from '../theme.ts';
import { drawHeader, headerHeight } from './header.ts';

const ROW = 42;
const GAP = 4;
const EDGE = 14;
const BAR = { x: 300, width: 88, height: 8 };

const drawRank = (ctx: Context, rank: number, middle: number) => {
  const medal = palette.medals[rank - 1];
  const center = EDGE + 28;
  if (medal) box(ctx, center - 14, middle - 14, 28, 28, 14, medal);
  const size = rank > 9999 ? SIZE.small - 2 : rank > 99 ? SIZE.small : SIZE.label + (medal ? 1 : 0);
  write(ctx, String(rank), center, middle + size * 0.36, {
    size,
    weight: 'bold',
    color: medal ? '#24262a' : palette.soft,
    align: 'center',
  });
};

const drawRow = (ctx: Context, row: LeaderboardRow, y: number, odd: boolean) => {
  if (row.own || odd) {
    box(ctx, EDGE, y, WIDTH - 2 * EDGE, ROW, RADIUS.row, row.own ? palette.own : palette.raised);
  }
  const middle = y + ROW / 2;
  drawRank(ctx, row.rank, middle);
  const bar = row.share !== undefined;
  const right = WIDTH - EDGE - 14;
  const value = write(ctx, row.value, right, middle + 6, {
    size: SIZE.body,
    weight: 'bold',
    color: palette.ink,
    align: 'right',
  });
  if (bar) {
    box(
      ctx,
      BAR.x,
      middle - BAR.height / 2,
      BAR.width,
      BAR.height,
      RADIUS.bar,
      row.own ? '#2b3056' : palette.track,
    );
    const filled = BAR.width * Math.min(Math.max(row.share, 0), 1);
    if (filled > 0)
      box(
        ctx,
        BAR.x,
        middle - BAR.height / 2,
        Math.max(filled, BAR.height),
        BAR.height,
        RADIUS.bar,
        palette.good,
      );
  }
  const detailEnd = bar ? BAR.x + BAR.width + 8 : right - value - 16;
  if (row.detail !== undefined) {
    write(
      ctx,
      row.detail,
      detailEnd,
      middle + 5,
      { size: SIZE.small + 1, color: palette.soft, align: bar ? 'left' : 'right' },
      110,
    );
  }
  const nameEnd = bar ? BAR.x - 16 : row.detail === undefined ? right - value - 16 : detailEnd - 120;
  const nameStart = EDGE + 58;
  write(
    ctx,
    drawable(row.name).trim() || '•',
    nameStart,
    middle + 6,
    { size: SIZE.body, color: palette.ink, weight: row.own ? 'bold' : 'regular' },
    nameEnd - nameStart,
  );
};

/** Ranks with names, a bar and a figure; the reader's own row stands out, apart if it is on another page. */
export const drawLeaderboard = (data: LeaderboardData): Canvas => {
  const top = headerHeight(data.subtitle);
  const lines = Math.max(data.rows.length, data.empty === undefined ? 0 : 1);
  const below = data.below ? ROW + 22 : 0;
  const { canvas, ctx } = createCard(top + lines * (ROW + GAP) + below + EDGE, palette);
  const strip = ctx.createLinearGradient(0, 0, WIDTH, 0);
  strip.addColorStop(0, '#5865f2');
  strip.addColorStop(1, '#b06af0');
  ctx.fillStyle = strip;
  ctx.fillRect(0, 0, WIDTH, 6);
  drawHeader(ctx, palette, data.title, data.subtitle);
  let y = top;
  for (const [index, row] of data.rows.entries()) {
    drawRow(ctx, row, y, index % 2 === 0);
    y += ROW + GAP;
  }
  if (data.rows.length === 0 && data.empty !== undefined) {
    write(ctx, data.empty, PADDING, y + 26, { size: SIZE.body, color: palette.soft }, WIDTH - 2 * PADDING);
    y += ROW + GAP;
  }
  if (data.below) {
    for (let dot = -1; dot <= 1; dot++) box(ctx, EDGE + 28 + dot * 7 - 2, y + 5, 4, 4, 2, palette.faint);
    drawRow(ctx, { ...data.below, own: true }, y + 18, false);
  }
  return canvas;
};
