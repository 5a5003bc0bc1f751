import type { Client } from 'discord.js';
import type { Locale } from '../compute/index.ts';
import type { Figure, Kind, Requests } from '../figures/index.ts';
import type { Epoch } from '../quiz/epoch.ts';
import type { Metrics } from '../metrics.ts';
import type { LiveCount } from './live-count.ts';
import type { Permit } from './pace.ts';

/** The log as pino offers it, so that nothing here depends on where lines go. */
export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Draws a picture; undefined, with the reason in the log, where it cannot be drawn. */
export type Draw = <K extends Kind>(kind: K, data: Requests[K]) => Promise<Figure | undefined>;

/** What every command and component works with. */
export interface App {
  readonly epoch: Epoch;
  readonly client: Client;
  readonly log: Log;
  /** For servers that have not chosen a language and whose own is neither. */
  readonly defaultLocale: Locale;
  readonly liveCount: LiveCount;
  readonly draw: Draw;
  readonly metrics: Metrics;
  /** Whether a learner may do something more just now. */
  readonly pace: (userId: string) => Permit;
}
