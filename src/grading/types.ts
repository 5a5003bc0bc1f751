import type { AmbiguousReason, Reason, UnreadableReason } from './reasons.ts';

/**
 * How far from the key an answer may be: max(relative * |key|, absolute), inclusive. `decimals` and
 * `significant` accept the key rounded or truncated at that digit. Any field given replaces the defaults
 * (relative 1e-3, absolute 1e-9); where the key is 0 only `absolute` applies.
 */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
  readonly decimals?: number;
  readonly significant?: number;
}

export interface Mistake<V> {
  readonly id: string;
  readonly value: V;
}

/** A closed interval from which a formula's variable is sampled; with `length`, a vector of that length. */
export interface Domain {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  readonly length?: number;
}

/** Accepted wordings, compared after NFKC, case and space folding. */
export interface Accept {
  readonly text: readonly string[];
}

export type AnswerSpec =
  | { readonly kind: 'choice'; readonly correct: number; readonly options?: number }
  | { readonly kind: 'multi'; readonly correct: readonly number[]; readonly options: number }
  | {
      readonly kind: 'numeric';
      readonly value: number;
      readonly tolerance?: Tolerance;
      readonly mistakes?: readonly Mistake<number>[];
      /** The unit the key is in (`GB`, `M`, …); a submission may carry it. */
      readonly unit?: string;
    }
  | {
      readonly kind: 'vector';
      readonly value: readonly number[];
      readonly tolerance?: Tolerance;
      readonly mistakes?: readonly Mistake<readonly number[]>[];
    }
  | {
      readonly kind: 'matrix';
      readonly value: readonly (readonly number[])[];
      readonly tolerance?: Tolerance;
      readonly mistakes?: readonly Mistake<readonly (readonly number[])[]>[];
    }
  | {
      readonly kind: 'formula';
      readonly expression: string;
      readonly variables: Readonly<Record<string, Domain>>;
      readonly mistakes?: readonly Mistake<string>[];
    }
  | { readonly kind: 'order'; readonly correct: readonly string[] }
  | { readonly kind: 'short'; readonly accept: Accept | readonly Accept[] }
  | {
      readonly kind: 'open';
      readonly rubric: readonly {
        readonly point: Readonly<Record<'zh-CN' | 'en-US', string>>;
        readonly phrases: readonly string[];
      }[];
    };

/** How a number was read, or why it was not: `code` names the reason, `at` is the offset of the first bad character. */
export type Reading =
  | { readonly ok: true; readonly value: number; readonly text: string }
  | { readonly ok: false; readonly code: Reason; readonly at: number };

/** A choice's 0-based index; the indices of a multi; the step ids of an order; what was typed for every other kind. */
export type Submission = number | readonly number[] | readonly string[] | string;

/** What a verdict teaches. Codes and figures only: the sentences live in i18n. */
export type Note =
  | { readonly code: 'rounding' }
  | { readonly code: 'sign' }
  | { readonly code: 'power-of-ten'; readonly exponent: number }
  | { readonly code: 'mistake'; readonly id: string }
  | { readonly code: 'length'; readonly got: number; readonly want: number }
  | {
      readonly code: 'shape';
      readonly got: readonly [number, number];
      readonly want: readonly [number, number];
    }
  | { readonly code: 'domain' }
  | { readonly code: 'misplaced'; readonly step: string; readonly position: number }
  | { readonly code: 'rubric'; readonly covered: readonly number[]; readonly missed: readonly number[] }
  | { readonly code: 'empty' }
  | { readonly code: 'out-of-range' }
  | { readonly code: 'ambiguous'; readonly reason: AmbiguousReason; readonly at: number }
  | {
      readonly code: 'unreadable';
      readonly reason: UnreadableReason;
      readonly at: number;
      readonly allowed?: readonly string[];
    };

/**
 * `invalid` means the submission could not be read, or only ambiguously: it is not an attempt. `score` is 0..1 and
 * 0 when invalid. `reading` is how a typed answer was understood.
 */
export interface Verdict {
  readonly outcome: 'correct' | 'partial' | 'wrong' | 'invalid';
  readonly score: number;
  readonly reading?: string;
  readonly notes: readonly Note[];
}
