/**
 * What each picture shows. All words come with the data, already in the reader's language and with numbers
 * already formatted; numbers that are drawn as lengths come beside them.
 */

export interface FormulaData {
  readonly latex: string;
  readonly theme?: 'dark' | 'light';
}

export interface QuestionData {
  /** Topic, level, kind: small words above the text. */
  readonly meta?: readonly string[];
  readonly title?: string;
  /** Markdown with `$inline$` and `$$display$$` LaTeX, tables, lists, code. */
  readonly text: string;
  readonly options?: readonly { readonly key: string; readonly text: string }[];
  /** The form of answer that is wanted, or a source. */
  readonly footer?: string;
}

export interface LeaderboardRow {
  readonly rank: number;
  readonly name: string;
  /** What the board is ordered by: `2,480`. */
  readonly value: string;
  /** A second figure with its bar: `96.2%` and 0.962. */
  readonly detail?: string;
  readonly share?: number;
  /** The reader's own row. */
  readonly own?: boolean;
}

export interface LeaderboardData {
  readonly title: string;
  readonly subtitle?: string;
  readonly rows: readonly LeaderboardRow[];
  /** The reader's row when it is on another page. */
  readonly below?: LeaderboardRow;
  /** Said instead of rows when there are none. */
  readonly empty?: string;
}

interface Bar {
  /** May hold `$inline$` LaTeX. */
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly strong?: boolean;
}

export interface BarsData {
  readonly title: string;
  readonly subtitle?: string;
  readonly bars: readonly Bar[];
  /** The value of a full bar; the largest one if not given. */
  readonly full?: number;
}

export interface LineData {
  readonly title: string;
  readonly subtitle?: string;
  readonly x: string;
  readonly y?: string;
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
  /** Bounds of the y axis, where the data's own would mislead (0 to 100 %). */
  readonly yRange?: readonly [number, number];
  /** After each number of the y axis: `%`. */
  readonly yUnit?: string;
}

export interface HeatmapData {
  readonly title: string;
  readonly subtitle?: string;
  /** Consecutive local days, oldest first; 54 weeks at most. */
  readonly days: readonly {
    readonly date: string;
    readonly level: 0 | 1 | 2 | 3 | 4;
    readonly frozen?: boolean;
  }[];
  /** Monday first. */
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly legend: { readonly less: string; readonly more: string; readonly frozen?: string };
  /** The calendar in words: it has no other text twin. */
  readonly summary: string;
}

export interface ForecastData {
  readonly title: string;
  readonly subtitle?: string;
  readonly days: readonly {
    readonly label: string;
    readonly weekday?: string;
    readonly count: number;
    readonly today?: boolean;
  }[];
  /** What is overdue, apart from the days. */
  readonly backlog?: { readonly label: string; readonly count: number };
}

export interface ReadinessData {
  readonly title: string;
  readonly subtitle?: string;
  /** 0 to 1, or null where nothing has been tried; the text is shown beside the bar. */
  readonly rows: readonly { readonly label: string; readonly share: number | null; readonly text: string }[];
}

export interface DistributionData {
  readonly title: string;
  readonly subtitle?: string;
  readonly rows: readonly {
    /** A, B, C … */
    readonly key?: string;
    /** May hold `$inline$` LaTeX. */
    readonly label: string;
    /** 0 to 1. */
    readonly share: number;
    readonly text: string;
    readonly right?: boolean;
    readonly own?: boolean;
  }[];
  readonly legend: { readonly right: string; readonly own?: string };
}

export interface Requests {
  formula: FormulaData;
  question: QuestionData;
  leaderboard: LeaderboardData;
  bars: BarsData;
  line: LineData;
  heatmap: HeatmapData;
  forecast: ForecastData;
  readiness: ReadinessData;
  distribution: DistributionData;
}

export type Kind = keyof Requests;

/** Why there is no picture. `latex` and `bounds` lie in the data; the others may pass if tried again. */
export type FigureFault = 'latex' | 'bounds' | 'timeout' | 'crashed' | 'busy' | 'closed';

export class FigureError extends Error {
  readonly code: FigureFault;

  constructor(code: FigureFault, message: string) {
    super(message);
    this.name = 'FigureError';
    this.code = code;
  }
}
