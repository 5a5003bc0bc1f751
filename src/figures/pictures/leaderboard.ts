import type { Canvas } from '@napi-rs/canvas';
import { box, createCard, widthOf, write, type Context } from '../canvas.ts';
import type { LeaderboardData, LeaderboardRow } from '../data.ts';
import { drawable } from '../fonts.ts';
import { dark as palette, PADDING, RADIUS, SIZE, WIDTH } from '../theme.ts';
import { drawHeader, headerHeight } from './header.ts';

const ROW = 42;
const GAP = 4;
const EDGE = 14;
const BAR = { width: 88, height: 8 };
const NAME = EDGE + 58;
const RIGHT = WIDTH - EDGE - 14;

/** Where the columns right of the name end and begin, by the widest entry of each. */
interface Columns {
  readonly detail: number;
  readonly bar: number;
  readonly nameEnd: number;
}

const columnsOf = (rows: readonly LeaderboardRow[]): Columns => {
  const widest = (of: (row: LeaderboardRow) => string, size: number, weight: 'regular' | 'bold') =>
    Math.min(Math.max(0, ...rows.map((row) => widthOf(drawable(of(row)), size, weight))), 130);
  const detailWidth = widest((row) => row.detail ?? '', SIZE.small + 1, 'regular');
  const detail =
    RIGHT -
    Math.max(
      widest((row) => row.value, SIZE.body, 'bold'),
      52,
    ) -
    18;
  const bar = detail - detailWidth - 10 - BAR.width;
  const hasBar = rows.some(({ share }) => share !== undefined);
  return { detail, bar, nameEnd: (hasBar ? bar : detail - detailWidth) - 16 };
};

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

const drawRow = (ctx: Context, row: LeaderboardRow, y: number, odd: boolean, columns: Columns) => {
  if (row.own || odd) {
    box(ctx, EDGE, y, WIDTH - 2 * EDGE, ROW, RADIUS.row, row.own ? palette.own : palette.raised);
  }
  const middle = y + ROW / 2;
  drawRank(ctx, row.rank, middle);
  const weight = row.own ? 'bold' : 'regular';
  const name = drawable(row.name).trim() || '•';
  write(ctx, name, NAME, middle + 6, { size: SIZE.body, color: palette.ink, weight }, columns.nameEnd - NAME);
  if (row.share !== undefined) {
    const track = row.own ? palette.ownTrack : palette.track;
    box(ctx, columns.bar, middle - BAR.height / 2, BAR.width, BAR.height, RADIUS.bar, track);
    const filled = BAR.width * Math.min(Math.max(row.share, 0), 1);
    if (filled > 0) {
      const width = Math.max(filled, BAR.height);
      box(ctx, columns.bar, middle - BAR.height / 2, width, BAR.height, RADIUS.bar, palette.good);
    }
  }
  if (row.detail !== undefined) {
    const style = { size: SIZE.small + 1, color: palette.soft, align: 'right' } as const;
    write(ctx, row.detail, columns.detail, middle + 5, style, 130);
  }
  const figure = { size: SIZE.body, weight: 'bold', color: palette.ink, align: 'right' } as const;
  write(ctx, row.value, RIGHT, middle + 6, figure, 130);
};

/** Ranks with names, a bar and a figure; the reader's own row stands out, apart if it is on another page. */
export const drawLeaderboard = (data: LeaderboardData): Canvas => {
  const columns = columnsOf(data.below ? [...data.rows, data.below] : data.rows);
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
    drawRow(ctx, row, y, index % 2 === 0, columns);
    y += ROW + GAP;
  }
  if (data.rows.length === 0 && data.empty !== undefined) {
    write(ctx, data.empty, PADDING, y + 26, { size: SIZE.body, color: palette.soft }, WIDTH - 2 * PADDING);
    y += ROW + GAP;
  }
  if (data.below) {
    for (let dot = -1; dot <= 1; dot++) box(ctx, EDGE + 28 + dot * 7 - 2, y + 5, 4, 4, 2, palette.faint);
    drawRow(ctx, { ...data.below, own: true }, y + 18, false, columns);
  }
  return canvas;
};
