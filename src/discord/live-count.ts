/** How long answers are gathered before a post's count is edited: one edit a channel in this time. */
const GATHER_MS = 5000;

export interface LiveCount {
  /** Somebody answered this daily. */
  bump(guildId: string, localDate: string): void;
  /** Forgets what is still to be edited: counts are brought up to date when the daily closes. */
  stop(): void;
}

/** Edits each daily's public count at most once in five seconds, however many answer. */
export function createLiveCount(edit: (guildId: string, localDate: string) => Promise<void>): LiveCount {
  const waiting = new Map<string, NodeJS.Timeout>();
  return {
    bump(guildId, localDate) {
      const key = `${guildId} ${localDate}`;
      if (waiting.has(key)) return;
      const timer = setTimeout(() => {
        waiting.delete(key);
        void edit(guildId, localDate);
      }, GATHER_MS);
      waiting.set(key, timer.unref());
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
