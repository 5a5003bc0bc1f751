import type { Kind, LeaderboardRow, LineData, Requests } from './data.ts';
import { latexToText, markdownToPlain } from './text.ts';

/** Discord's limit for the description of an attachment. */
const LONGEST_ALT = 1024;

const MOST_POINTS = 16;

const lines = (...parts: readonly (string | undefined | readonly string[])[]): string =>
  parts
    .flat()
    .filter((part) => part !== undefined && part !== '')
    .join('\n');

const rankLine = ({ rank, name, value, detail, own }: LeaderboardRow): string =>
  `${own ? '→ ' : ''}${rank}. ${name} — ${value}${detail === undefined ? '' : ` (${detail})`}`;

const number = (value: number): string => String(Number(value.toPrecision(4)));
const point = ([x, y]: readonly [number, number]): string => `(${number(x)}, ${number(y)})`;

/** A few points are all named; of many the first, the last and the range. */
const curve = ({ name, points }: LineData['series'][number]): string => {
  const drawn = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  if (drawn.length <= MOST_POINTS) return `${name}: ${drawn.map((one) => point(one)).join(' ') || '—'}`;
  const ys = drawn.map(([, y]) => y);
  return `${name}: ${point(drawn[0]!)} → ${point(drawn.at(-1)!)}; ${number(Math.min(...ys))} … ${number(Math.max(...ys))}`;
};

const twins: { readonly [K in Kind]: (data: Requests[K]) => string } = {
  formula: ({ latex }) => lines(latexToText(latex), latex),
  question: ({ meta, title, text, options, footer }) =>
    lines(
      meta?.join(' · '),
      title,
      markdownToPlain(text),
      options?.map((option) => `${option.key}. ${markdownToPlain(option.text)}`),
      footer,
    ),
  leaderboard: ({ title, subtitle, rows, below, empty }) =>
    lines(
      title,
      subtitle,
      rows.map((row) => rankLine(row)),
      rows.length === 0 ? empty : undefined,
      below && ['…', rankLine({ ...below, own: true })],
    ),
  bars: ({ title, subtitle, bars }) =>
    lines(
      title,
      subtitle,
      bars.map(({ label, text }) => `${markdownToPlain(label)}: ${text}`),
    ),
  line: ({ title, subtitle, x, y, series }) =>
    lines(
      title,
      subtitle,
      `x: ${x}`,
      y && `y: ${y}`,
      series.map((one) => curve(one)),
    ),
  heatmap: ({ title, subtitle, summary }) => lines(title, subtitle, summary),
  forecast: ({ title, subtitle, days, backlog }) =>
    lines(
      title,
      subtitle,
      backlog && `${backlog.label}: ${backlog.count}`,
      days.map(
        ({ label, weekday, count }) => `${label}${weekday === undefined ? '' : ` ${weekday}`}: ${count}`,
      ),
    ),
  readiness: ({ title, subtitle, rows }) =>
    lines(
      title,
      subtitle,
      rows.map(({ label, text }) => `${label}: ${text}`),
    ),
  distribution: ({ title, subtitle, rows, legend }) =>
    lines(
      title,
      subtitle,
      rows.map(({ key, label, text, right, own }) => {
        const marks = [right ? legend.right : undefined, own ? legend.own : undefined]
          .filter(Boolean)
          .join(', ');
        return `${key === undefined ? '' : `${key}. `}${markdownToPlain(label)}: ${text}${marks === '' ? '' : ` (${marks})`}`;
      }),
    ),
};

/** Everything a picture says, as text. Throws `LatexError` for a formula that cannot be read. */
export const textTwin = <K extends Kind>(kind: K, data: Requests[K]): string => twins[kind](data);

/** A twin within Discord's limit for alt texts, cut after a whole line where there is one. */
export const asAlt = (twin: string): string => {
  if (twin.length <= LONGEST_ALT) return twin;
  const cut = twin.slice(0, LONGEST_ALT - 2);
  const end = cut.lastIndexOf('\n');
  return end > LONGEST_ALT / 2 ? `${cut.slice(0, end)}\n…` : `${cut.replace(/[\uD800-\uDBFF]$/, '')}…`;
};
