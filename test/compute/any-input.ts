import * as fc from 'fast-check';
import type { Field } from '../../src/compute/index.ts';

const ordinary = fc.double({ min: -5, max: 5, noNaN: true });
const awkward = fc.constantFrom(0, 1, -1, 0.5, 0.1, 1e-300, 1e300, -1e300, 1e4, 1e-8, 2, 3, -0);
const real = fc.oneof({ weight: 4, arbitrary: ordinary }, { weight: 1, arbitrary: awkward });
const count = fc.constantFrom(0, 1, 2, 3, 4, 8, 64);
const number = fc.oneof(real, fc.double({ min: 0, max: 1, noNaN: true }), count);
const distribution = (n: number) =>
  fc
    .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: n, maxLength: n })
    .map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b, 0)));
const positive = fc.double({ min: 0, max: 5, noNaN: true });
const masked = fc.constantFrom(0, 0, -Infinity);

const vectorOf = (n: number) => {
  const of = (entry: fc.Arbitrary<number>) => fc.array(entry, { minLength: n, maxLength: n });
  return fc.oneof(
    of(real),
    of(positive),
    of(positive.map((x) => -x)),
    of(count),
    of(masked),
    of(fc.constantFrom(0, 1)),
    distribution(n),
  );
};

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '中'), minLength: 1, maxLength: 5 });

const times = <T>(size: number, of: fc.Arbitrary<T>) => fc.array(of, { minLength: size, maxLength: size });

const valueOf = (
  { kind, dims, options }: Field,
  sizes: ReadonlyMap<string, number>,
): fc.Arbitrary<unknown> => {
  const [n = 1, k = 1] = dims.map((dim) => {
    const [letter = '', more = '0'] = dim.split('+');
    return sizes.get(letter)! + Number(more);
  });
  const values: Readonly<Record<Field['kind'], () => fc.Arbitrary<unknown>>> = {
    number: () => number,
    integer: () => count,
    flag: () => fc.boolean(),
    choice: () => fc.constantFrom(...options),
    text: () => fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    words: () => times(n, word),
    vector: () => vectorOf(n),
    matrix: () => times(n, vectorOf(k)),
    vectors: () => fc.array(fc.integer({ min: 1, max: 3 }).chain(vectorOf), { minLength: 1, maxLength: 3 }),
  };
  return values[kind]();
};

/** Inputs of an operation's form: shapes agree, numbers are often outside the domain. */
export const anyInput = (form: readonly Field[]): fc.Arbitrary<Record<string, unknown>> => {
  const letters = [...new Set(form.flatMap((field) => field.dims.map((dim) => dim.split('+')[0]!)))];
  return fc
    .array(fc.integer({ min: 1, max: 7 }), { minLength: letters.length, maxLength: letters.length })
    .chain((lengths) => {
      const sizes = new Map(letters.map((letter, i) => [letter, lengths[i]!]));
      return fc.record(
        Object.fromEntries(
          form.map((field) => {
            const value = valueOf(field, sizes);
            return [field.name, field.nullable ? fc.option(value) : value];
          }),
        ),
      );
    });
};
