import type { ZodType } from 'zod';

export type Locale = 'zh-CN' | 'en-US';

/** A text in every language Epoch speaks. */
export type Text = Readonly<Record<Locale, string>>;

/** A scalar, a vector, or a row-major matrix. */
export type Value = number | number[] | number[][];

/** What an operation returns: its outputs by name; null where the input leaves one undefined. */
export type Outputs = Readonly<Record<string, Value | null>>;

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

/**
 * One field of an operation's input form. `dims` names its lengths (`['m', 'd']`): two fields that share a
 * letter must agree. `vectors` is a list of vectors whose lengths may differ.
 */
export interface Field {
  readonly name: string;
  readonly kind:
    | 'number'
    | 'integer'
    | 'flag'
    | 'choice'
    | 'text'
    | 'words'
    | 'vector'
    | 'matrix'
    | 'vectors';
  readonly dims: readonly string[];
  readonly options: readonly string[];
  readonly nullable: boolean;
}

export interface Operation<I, O> {
  readonly name: string;
  readonly title: Text;
  readonly input: ZodType<I>;
  /** The fields of `input`, in the order in which a form shows them. */
  readonly form: readonly Field[];
  readonly example: I;
  /** Pure, float64, never mutates its input. Throws {@link ComputeError} for a bad input. */
  run(input: I): O;
  /** The worked solution with these numbers, in order. Throws {@link ComputeError} for a bad input. */
  explain(input: I): readonly Step[];
}

/** An operation whose input is only known at run time: `run` and `explain` check it. */
export type AnyOperation = Operation<unknown, Outputs>;

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
