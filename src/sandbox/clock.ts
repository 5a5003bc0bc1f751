import type { ClockState } from './operator-api.ts';

/** The virtual clock: the system's (or the given) clock plus an offset that only grows. */
export interface Clock {
  now: () => number;
  state(): ClockState;
  /** Moves the clock forward; false if `ms` is not a number of milliseconds from 0 on. */
  advance(ms: number): boolean;
  onChange(listener: (state: ClockState) => void): () => void;
}

export const createClock = (base: () => number, startOffset = 0): Clock => {
  let offset = startOffset;
  const listeners = new Set<(state: ClockState) => void>();
  const clock: Clock = {
    now: () => base() + offset,
    state: () => ({
      now: new Date(clock.now()).toISOString(),
      offsetMs: base === Date.now ? offset : clock.now() - Date.now(),
    }),
    advance: (ms) => {
      if (!Number.isFinite(ms) || ms < 0) return false;
      offset += Math.round(ms);
      const state = clock.state();
      for (const listener of listeners) listener(state);
      return true;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return clock;
};
