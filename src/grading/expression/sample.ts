import type { Domain } from '../types.ts';
import type { Scope } from './compile.ts';
import type { Variables } from './names.ts';

/** mulberry32: small, fast, and the same everywhere. */
const generator = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** FNV-1a. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
};

/**
 * One value in each of `count` equal strata of the domain, in random order. The outermost lie within a hundredth of
 * their stratum from the ends, so that what happens only there is seen; the ends themselves, where many functions
 * have their singularities, are never taken.
 */
const strata = ({ min, max, integer = false }: Domain, count: number, random: () => number): number[] => {
  const values = Array.from({ length: count }, (_, k) => {
    const edge = k === 0 ? 0.01 * random() : k === count - 1 ? 1 - 0.01 * random() : random();
    const share = (k + Math.min(Math.max(edge, 1e-6), 1 - 1e-6)) / count;
    return integer ? Math.min(max, min + Math.floor(share * (max - min + 1))) : min + share * (max - min);
  });
  for (let k = count - 1; k > 0; k -= 1) {
    const j = Math.floor(random() * (k + 1));
    [values[k], values[j]] = [values[j]!, values[k]!];
  }
  return values;
};

/** `count` points inside the declared domains (a Latin hypercube), the same for the same seed text. */
export const samplePoints = (variables: Variables, count: number, seed: string): Scope[] => {
  const random = generator(hash(seed));
  const scalars: Record<string, number>[] = Array.from({ length: count }, () => ({}));
  const vectors: Record<string, number[]>[] = Array.from({ length: count }, () => ({}));
  for (const [name, domain] of Object.entries(variables)) {
    if (domain.length === undefined) {
      for (const [k, value] of strata(domain, count, random).entries()) scalars[k]![name] = value;
      continue;
    }
    for (const vector of vectors) vector[name] = [];
    for (let i = 0; i < domain.length; i += 1) {
      for (const [k, value] of strata(domain, count, random).entries()) vectors[k]![name]!.push(value);
    }
  }
  return scalars.map((values, k) => ({
    scalars: values,
    vectors: vectors[k]!,
    indices: [],
    error: 0,
    undefined: false,
  }));
};
