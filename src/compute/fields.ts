import { z } from 'zod';
import type { Field } from './operation.ts';

/** What a field's schema says about its place in a form. */
const forms = z.registry<Omit<Field, 'name'>>();

const form = (kind: Field['kind'], dims: readonly string[] = [], options: readonly string[] = []) => ({
  kind,
  dims,
  options,
  nullable: false,
});

/** The form of a record of fields, in order. */
export const formOf = (fields: Readonly<Record<string, z.ZodType>>): readonly Field[] =>
  Object.entries(fields).map(([name, schema]) => ({ name, ...(forms.get(schema) ?? form('number')) }));

const finite = () => z.number({ error: 'a finite number' });

/** Entries of a vector or matrix. */
export const entry = {
  real: finite(),
  nonNegative: finite().min(0, 'a number >= 0'),
  nonPositive: finite().max(0, 'a number <= 0'),
  probability: finite().min(0, 'a number from 0 to 1').max(1, 'a number from 0 to 1'),
  count: z.int('a whole number >= 0').min(0, 'a whole number >= 0'),
  bit: finite().refine((x) => x === 0 || x === 1, '0 or 1'),
  logit: z.custom<number>(
    (x) => typeof x === 'number' && (Number.isFinite(x) || x === -Infinity),
    'a finite number or -Infinity',
  ),
  mask: z.custom<number>((x) => x === 0 || x === -Infinity, '0 or -Infinity'),
};

type Entry = z.ZodType<number>;

export const real = () => finite().register(forms, form('number'));
export const positive = () => finite().positive('a number > 0').register(forms, form('number'));
export const nonNegative = () => finite().min(0, 'a number >= 0').register(forms, form('number'));

/** A number in [0, 1]. */
export const fraction = () =>
  finite().min(0, 'a number from 0 to 1').max(1, 'a number from 0 to 1').register(forms, form('number'));

/** A number in [0, 1). */
export const decay = () =>
  finite()
    .min(0, 'a number from 0 to below 1')
    .lt(1, 'a number from 0 to below 1')
    .register(forms, form('number'));

/** A whole number within [min, max]. */
export const integer = (min: number, max = Number.MAX_SAFE_INTEGER) => {
  const want = `a whole number${max === Number.MAX_SAFE_INTEGER ? ` >= ${min}` : ` from ${min} to ${max}`}`;
  return z.int(want).min(min, want).max(max, want).register(forms, form('integer'));
};

export const flag = () => z.boolean({ error: 'true or false' }).register(forms, form('flag'));

export const choice = <const T extends readonly [string, ...string[]]>(...options: T) =>
  z.enum(options, { error: `one of ${options.join(', ')}` }).register(forms, form('choice', [], options));

const list = <T extends z.ZodType>(of: T, want: string) => z.array(of, { error: want }).min(1, want);

/** A vector whose length is named `dim`. */
export const vector = (dim: string, of: Entry = entry.real) =>
  list(of, `a vector of length ${dim}`).register(forms, form('vector', [dim]));

/** A row-major matrix. */
export const matrix = (rows: string, columns: string, of: Entry = entry.real) =>
  list(list(of, `a row of length ${columns}`), `a ${rows} x ${columns} matrix`).register(
    forms,
    form('matrix', [rows, columns]),
  );

/** A list of vectors of any lengths. */
export const vectors = (of: Entry = entry.real) =>
  list(list(of, 'a vector'), 'a list of vectors').register(forms, form('vectors', ['']));

export const text = () =>
  z
    .string({ error: 'a text' })
    .min(1, 'a text that is not empty')
    .max(1000, 'at most 1000 characters')
    .register(forms, form('text'));

/** A list of words, which LaTeX can print: no white space, and nothing that TeX would read as a command. */
export const words = (dim: string) =>
  list(
    z
      .string({ error: 'a word' })
      .regex(
        /^[^\s\\{}$%#&^~]{1,40}$/u,
        'a word of 1 to 40 characters without spaces or any of \\ { } $ % # & ^ ~',
      ),
    `a list of ${dim} words`,
  ).register(forms, form('words', [dim]));

/** The same field, which may also be null. */
export const orNull = <T extends z.ZodType>(schema: T): z.ZodNullable<T> => {
  const nullable = schema.nullable();
  forms.add(nullable, { ...(forms.get(schema) ?? form('number')), nullable: true });
  return nullable;
};
