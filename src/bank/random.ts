/** Uniform in [0, 1). */
export type Random = () => number;

/** 32-bit FNV-1a of a text's UTF-16 units. */
const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/**
 * sfc32 (Chris Doty-Humphrey, PractRand): the same stream for the same seed and purpose, on every machine.
 * `purpose` keeps streams apart: two questions, or the numbers and the order of one question, share a seed only.
 */
export function randomOf(seed: number, purpose: string): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = fnv1a(purpose);
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next(); // sfc32 mixes a seed in 12 rounds
  return () => next() / 2 ** 32;
}

/** A whole number in [0, size). */
export const below = (random: Random, size: number): number => Math.floor(random() * size);

/** Fisher-Yates: a new list in random order. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = below(random, i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
