/** Colours of a picture. Every card is opaque, so it is legible on either of Discord's backgrounds. */
export interface Palette {
  readonly card: string;
  /** A row, a well or a tile on the card. */
  readonly raised: string;
  /** The empty part of a bar, the rule of a grid. */
  readonly track: string;
  readonly ink: string;
  readonly soft: string;
  readonly faint: string;
  readonly accent: string;
  /** The learner's own row. */
  readonly own: string;
  readonly ownTrack: string;
  /** A bar that is not the one to look at. */
  readonly muted: string;
  readonly good: string;
  readonly fair: string;
  readonly bad: string;
  readonly medals: readonly [gold: string, silver: string, bronze: string];
  /** Series of a chart, in order; apart for colour-blind eyes in lightness too. */
  readonly series: readonly string[];
  /** From nothing to the busiest day. */
  readonly heat: readonly [string, string, string, string, string];
  readonly frozen: string;
}

export const dark: Palette = {
  card: '#2b2d31',
  raised: '#34363c',
  track: '#404249',
  ink: '#f2f3f5',
  soft: '#b9bdc6',
  faint: '#949ba4',
  accent: '#6d79f7',
  own: '#3d4475',
  ownTrack: '#2b3056',
  muted: '#5058a3',
  good: '#3ecf7f',
  fair: '#f0b232',
  bad: '#f2686c',
  medals: ['#f0b132', '#c4c9d4', '#d08a4e'],
  series: ['#7f8bff', '#f0b232', '#3ecf7f', '#f2686c', '#4fc3e8', '#d58cf0'],
  heat: ['#3a3c42', '#20593a', '#23844d', '#2cb566', '#66f09a'],
  frozen: '#5bb8e8',
};

export const light: Palette = {
  ...dark,
  card: '#ffffff',
  raised: '#f2f3f5',
  track: '#e3e5e8',
  ink: '#060607',
  soft: '#4e5058',
  faint: '#6d6f78',
};

/** Logical width of every card, drawn twice as dense; Discord shows a picture about this wide. */
export const WIDTH = 540;
export const SCALE = 2;
export const PADDING = 24;
/** Corners, from the card inwards. */
export const RADIUS = { card: 12, row: 8, bar: 4 } as const;
/** The type scale, in logical pixels. Nothing is smaller than `small`: a phone shows a card at two thirds. */
export const SIZE = { title: 22, body: 17, label: 15, small: 13 } as const;
