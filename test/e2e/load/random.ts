export type Random = () => number;

/** The seed of this run: what failed with it fails with it again, as far as processes ever do the same twice. */
export const SEED = Number(process.env['SEED'] ?? 1);

/** Lehmer's generator: numbers between 0 and 1, the same ones for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A whole number from 1 to `most`. */
export const upTo = (random: Random, most: number): number => 1 + Math.floor(random() * most);

export const oneOf = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)]!;
