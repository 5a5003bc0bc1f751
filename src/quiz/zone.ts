import type { LearnerRow, ServerRow } from '../storage/schema.ts';

/** Whose day it is for a learner: their own zone, else the server's, else a guess from their language. */
export function zoneFor(learner: LearnerRow | undefined, server: ServerRow | undefined): string {
  if (learner?.zone != null) return learner.zone;
  if (server) return server.zone;
  return learner?.discord_locale.startsWith('zh') ? 'Asia/Shanghai' : 'UTC';
}
