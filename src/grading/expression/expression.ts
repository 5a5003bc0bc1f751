import type { ScalarFunction } from '../number/functions.ts';
import type { UnreadableReason, AmbiguousReason } from '../reasons.ts';

export type Fold = 'sum' | 'mean' | 'max' | 'min';

/**
 * A formula, whichever notation it was typed in. Operators and functions act entry by entry on vectors.
 * `entry` is x_3 (1-based) or, with a letter for its index, x_i: the vector itself unless a `series` binds the letter.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'entry'; readonly name: string; readonly index: number | string }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/' | '^';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: ScalarFunction; readonly of: Expression }
  | { readonly kind: 'list'; readonly entries: readonly Expression[] }
  /** Of one vector, or of several scalars; max and min of several act entry by entry if any is a vector. */
  | { readonly kind: 'fold'; readonly name: Fold; readonly of: readonly Expression[] }
  /** sum, max or min over i = from..to; `to` null is the length of what i counts through. */
  | {
      readonly kind: 'series';
      readonly name: Fold;
      readonly index: string;
      readonly from: number;
      readonly to: number | null;
      readonly of: Expression;
    };

/** Thrown by the readers and the compiler, caught by `grade`. */
export class UnreadableFormula extends Error {
  readonly reason: UnreadableReason | AmbiguousReason | 'empty';
  readonly at: number;
  readonly allowed: readonly string[] | undefined;

  constructor(reason: UnreadableReason | AmbiguousReason | 'empty', at = 0, allowed?: readonly string[]) {
    super(reason);
    this.reason = reason;
    this.at = at;
    this.allowed = allowed;
  }
}
