import { troubleOf } from '../storage/trouble.ts';
import type { Log } from './app.ts';

/**
 * Logs what went wrong. While the database takes no writes nearly everything does, and that is said once, by whoever
 * watches it: what comes of it is for debugging only.
 */
export function logFailure(
  log: Log,
  details: { readonly err: unknown; readonly [name: string]: unknown },
  message: string,
): void {
  const level = troubleOf(details.err) === undefined ? 'error' : 'debug';
  log[level](details, message);
}
