import { z } from 'zod';
import { formOf } from './fields.ts';
import { ComputeError, type Field, type Operation, type Outputs, type Step, type Text } from './operation.ts';

/** One line on the board; the value of the output it names is filled in from the result. */
export interface Line<O> {
  readonly caption: Text;
  readonly latex: string;
  readonly output?: keyof O & string;
}

/** A bilingual text. */
export const say = (zh: string, en: string): Text => ({ 'zh-CN': zh, 'en-US': en });

/** A line on the board: captions in Chinese and English, LaTeX, and the output it reaches. */
export const line = <K extends string = never>(zh: string, en: string, latex: string, output?: K) => ({
  caption: say(zh, en),
  latex,
  ...(output === undefined ? {} : { output }),
});

/** Refuses an input. */
export const refuse = (path: string, got: string | number, want: string): never => {
  throw new ComputeError(path, String(got), want);
};

/**
 * Makes an operation of its parts. `run` and `explain` receive an input whose form and shapes hold and that is
 * theirs alone; `explain` also receives what `run` returned.
 */
export const define = <S extends z.core.$ZodLooseShape, O extends Outputs>(spec: {
  readonly name: string;
  readonly title: Text;
  readonly fields: S;
  readonly example: NoInfer<z.infer<z.ZodObject<S>>>;
  run(input: z.infer<z.ZodObject<S>>): O;
  explain(input: z.infer<z.ZodObject<S>>, output: O): readonly Line<O>[];
}): Operation<z.infer<z.ZodObject<S>>, O> => {
  const input = z.strictObject(spec.fields) as unknown as z.ZodType<z.infer<z.ZodObject<S>>>;
  const form = formOf(spec.fields);

  const solve = (raw: unknown) => {
    const parsed = read(input, form, raw);
    const output = spec.run(parsed);
    for (const [name, value] of Object.entries(output)) {
      if (hasNaN(value)) refuse(name, 'NaN', 'inputs for which the result is a number');
    }
    return { parsed, output };
  };

  return {
    name: spec.name,
    title: spec.title,
    input,
    form,
    example: spec.example,
    run: (raw) => solve(raw).output,
    explain: (raw) => {
      const { parsed, output } = solve(raw);
      return spec.explain(parsed, output).map((step) => withValue(step, output));
    },
  };
};

const withValue = <O extends Outputs>({ caption, latex, output }: Line<O>, outputs: O): Step => {
  const value = output === undefined ? null : outputs[output];
  return output === undefined || value == null ? { caption, latex } : { caption, latex, output, value };
};

const hasNaN = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(hasNaN) : typeof value === 'number' && Number.isNaN(value);

const read = <I>(schema: z.ZodType<I>, form: readonly Field[], raw: unknown): I => {
  const result = schema.safeParse(raw);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    if (issue.code === 'unrecognized_keys')
      refuse(issue.keys[0]!, 'an unknown field', `only ${form.map((field) => field.name).join(', ')}`);
    if (issue.path.length === 0) refuse('input', describe(raw), 'an object of fields');
    refuse(pathText(issue.path), describe(at(raw, issue.path)), issue.message);
  }
  const input = result.data as I & Record<string, unknown>;
  checkShapes(form, input);
  return input;
};

const pathText = (path: readonly PropertyKey[]) =>
  path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');

const at = (raw: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    raw,
  );

const describe = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `a value of type ${typeof value}`;
};

/** Binds each dimension letter to the first length met, and refuses a field that disagrees. */
const checkShapes = (form: readonly Field[], input: Readonly<Record<string, unknown>>): void => {
  const bound = new Map<string, { size: number; by: string }>();
  const check = (path: string, what: string, size: number, dim: string) => {
    if (dim === '') return;
    const [, letter = dim, more = '0'] = /^([A-Za-z]+)\+(\d+)$/.exec(dim) ?? [];
    const first = bound.get(letter);
    if (first === undefined) bound.set(letter, { size: size - Number(more), by: path });
    else if (first.size + Number(more) !== size)
      refuse(
        path,
        `${what} ${size}`,
        `${what} ${first.size + Number(more)} (${dim}, ${letter} as in ${first.by})`,
      );
  };
  for (const { name, kind, dims } of form) {
    const value = input[name];
    if (!Array.isArray(value)) continue;
    check(name, kind === 'matrix' ? 'rows' : 'length', value.length, dims[0]!);
    if (kind === 'matrix')
      value.forEach((row: unknown[], i) => check(`${name}[${i}]`, 'length', row.length, dims[1]!));
  }
};
