/** One figure of the bench: what is measured, and what we aim at. */
export interface Row {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  readonly aim: { readonly at: 'least' | 'most'; readonly value: number };
  /** Measures once. `quick` asks for a shorter run. */
  measure(quick: boolean): Promise<number>;
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
