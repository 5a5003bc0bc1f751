import { FigureError, type Kind, type Requests } from './data.ts';
import { LONGEST_LATEX } from './mathjax.ts';

const LABEL = 400;
const TEXT = 6000;

const refuse = (what: string, got: number, want: string): never => {
  throw new FigureError('bounds', `${what}: got ${got}, want ${want}`);
};

const count = (what: string, list: readonly unknown[], least: number, most: number): void => {
  if (list.length < least || list.length > most) refuse(what, list.length, `${least} to ${most}`);
};

const finite = (what: string, values: readonly (number | null | undefined)[]): void => {
  for (const value of values)
    if (value != null && !Number.isFinite(value)) refuse(what, value, 'a finite number');
};

const length = (what: string, text: string | undefined, most: number): void => {
  if (text !== undefined && text.length > most) refuse(what, text.length, `at most ${most} characters`);
};

/** Every string below a value, since each is measured and drawn. */
const labels = (value: unknown): void => {
  if (typeof value === 'string') length('a label', value, LABEL);
  else if (Array.isArray(value)) for (const one of value) labels(one);
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) labels(one);
};

const checks: { readonly [K in Kind]: (data: Requests[K]) => void } = {
  formula: ({ latex }) => length('latex', latex, LONGEST_LATEX),
  question({ text, options = [], ...rest }) {
    length('text', text, TEXT);
    count('options', options, 0, 12);
    for (const option of options) length('an option', option.text, TEXT / 4);
    labels(rest);
  },
  leaderboard(data) {
    count('rows', data.rows, 0, 25);
    finite(
      'share',
      data.rows.map(({ share }) => share),
    );
    labels(data);
  },
  bars(data) {
    count('bars', data.bars, 1, 24);
    finite('value', [...data.bars.map(({ value }) => value), data.full]);
    labels(data);
  },
  line({ series, yRange = [], ...rest }) {
    count('series', series, 1, 6);
    for (const { name, points } of series) {
      count('points', points, 0, 2000);
      length('name', name, LABEL);
    }
    finite('yRange', yRange);
    labels(rest);
  },
  heatmap({ days, weekdays, months, ...rest }) {
    count('days', days, 1, 54 * 7);
    count('weekdays', weekdays, 7, 7);
    count('months', months, 12, 12);
    finite('date', [Date.parse(days[0]!.date)]);
    labels({ ...rest, weekdays, months, summary: '' });
  },
  forecast(data) {
    count('days', data.days, 1, 31);
    finite('count', [...data.days.map(({ count }) => count), data.backlog?.count]);
    labels(data);
  },
  readiness(data) {
    count('rows', data.rows, 1, 80);
    finite(
      'share',
      data.rows.map(({ share }) => share),
    );
    labels(data);
  },
  distribution(data) {
    count('rows', data.rows, 1, 12);
    finite(
      'share',
      data.rows.map(({ share }) => share),
    );
    labels(data);
  },
};

/** Throws a {@link FigureError} `bounds` for data that is no picture: too much of it, none, or not finite. */
export const checkBounds = <K extends Kind>(kind: K, data: Requests[K]): void => checks[kind](data);
