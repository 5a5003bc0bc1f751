import type { ZodType } from 'zod';

export type Locale = 'zh-CN' | 'en-US';

/** A text in every language Epoch speaks. */
export type Text = Readonly<Record<Locale, string>>;

/** A scalar, a vector, or a row-major matrix. */
export type Value = number | number[] | number[][];

/**
 * One line of a worked solution. `latex` holds the actual numbers. For every output of an operation,
 * the last step whose `output` names it carries exactly the value that `run` returns.
 */
export interface Step {
  readonly caption: Text;
  readonly latex: string;
  readonly output?: string;
  readonly value?: Value;
}

export interface Operation<I, O> {
  readonly name: string;
  readonly input: ZodType<I>;
  /** Pure, float64, never mutates its input. Throws {@link ComputeError} for a bad input. */
  run(input: I): O;
  /** The worked solution with these numbers, in order. Throws {@link ComputeError} for a bad input. */
  explain(input: I): readonly Step[];
}

/** A refused input: which field, what came, and what is wanted. */
export class ComputeError extends Error {
  readonly path: string;
  readonly got: string;
  readonly want: string;

  constructor(path: string, got: string, want: string) {
    super(`${path}: got ${got}, want ${want}`);
    this.name = 'ComputeError';
    this.path = path;
    this.got = got;
    this.want = want;
  }
}
