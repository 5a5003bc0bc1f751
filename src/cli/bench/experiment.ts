/** One figure of the bench. */
export interface Row {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  /** Of the figure itself, or of how many times the figure beside it. */
  readonly aim: { readonly at: 'least' | 'most'; readonly value: number; readonly times?: true };
}

/** What a row came to in one run; `beside` is what it is held against. */
export interface Measured {
  readonly ours: number;
  readonly beside?: number;
}

/** Rows that are measured together. */
export interface Experiment {
  readonly rows: readonly Row[];
  /** Measures once, a figure for each row in order. `quick` asks for a shorter run. */
  measure(quick: boolean): Promise<readonly Measured[]>;
}

/** How often `work` ran a second, over at least `ms` of running. */
export function perSecond(work: () => void, ms: number): number {
  const started = performance.now();
  let runs = 0;
  let elapsed = 0;
  while (elapsed < ms) {
    for (let index = 0; index < 100; index += 1) work();
    runs += 100;
    elapsed = performance.now() - started;
  }
  return (runs * 1000) / elapsed;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
