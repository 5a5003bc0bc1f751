import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { below, randomOf, shuffled } from '../../src/bank/random.ts';

const stream = (seed: number, purpose: string) => {
  const random = randomOf(seed, purpose);
  return Array.from({ length: 5 }, () => random());
};

const numeric = (a: number, b: number) => a - b;

test('a seed and a purpose name one stream', () => {
  expect(stream(1, 'a')).toEqual(stream(1, 'a'));
  const streams = [stream(1, 'a'), stream(2, 'a'), stream(1, 'b'), stream(2 ** 32 + 1, 'a')];
  expect(new Set(streams.map((each) => each.join())).size).toBe(4);
});

test('numbers are spread evenly over [0, 1)', () => {
  const random = randomOf(7, 'spread');
  const bins = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 10_000; i += 1) bins[below(random, 10)]! += 1;
  for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('a shuffle keeps every item', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), fc.array(fc.integer()), (seed, items) => {
      expect(shuffled(randomOf(seed, 'shuffle'), items).toSorted(numeric)).toEqual(items.toSorted(numeric));
    }),
  );
});
