/** What the bot reports of itself while it works. */
export interface Metrics {
  /** An interaction was served: its command or component, how it ended, and in how many seconds. */
  interaction(name: string, outcome: 'served' | 'failed' | 'limited', seconds: number): void;
  daily(outcome: 'due' | 'posted' | 'failed' | 'closed'): void;
}

export const noMetrics: Metrics = { interaction: () => {}, daily: () => {} };
