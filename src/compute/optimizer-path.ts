import { line, refuse } from './define.ts';
import { matrix, nonNegative, vector } from './fields.ts';
import { column } from './linear-algebra.ts';

/** What every optimiser takes: the start theta0[n], the gradients of T steps grads[T][n], and the learning rate. */
export const optimizerFields = {
  theta0: vector('n'),
  grads: matrix('T', 'n'),
  lr: nonNegative(),
};

/** One coordinate after a step; every optimiser here treats its coordinates apart. */
export interface Coordinate {
  readonly theta: number;
}

/** Takes one coordinate through the gradients; `t` counts from 1. */
const follow = <S extends Coordinate>(
  start: S,
  grads: readonly number[],
  step: (state: S, grad: number, t: number) => S,
): S[] => {
  let state = start;
  return grads.map((grad, i) => {
    state = step(state, grad, i + 1);
    return state;
  });
};

/** All coordinates: `paths[i][t]` is coordinate i after step t + 1. */
export const followAll = <S extends Coordinate>(
  { theta0, grads }: { readonly theta0: readonly number[]; readonly grads: readonly (readonly number[])[] },
  start: (theta: number) => S,
  step: (state: S, grad: number, t: number) => S,
): S[][] => theta0.map((theta, i) => follow(start(theta), column(grads, i), step));

/** One quantity of all coordinates after every step, [T][n]. */
export const history = <S>(paths: readonly (readonly S[])[], of: (state: S) => number): number[][] =>
  paths[0]!.map((_, t) => paths.map((path) => of(path[t]!)));

/** At most this many steps are written out; the rest are in the result. */
const SHOWN = 3;

/** Lines for the first coordinate's first steps. */
export const writeSteps = <S extends Coordinate>(
  start: S,
  path: readonly S[],
  write: (before: S, after: S, t: number) => string,
) =>
  path
    .slice(0, SHOWN)
    .map((after, i) =>
      line(
        `第 ${i + 1} 步（第一个参数）`,
        `Step ${i + 1} (first parameter)`,
        write(i === 0 ? start : path[i - 1]!, after, i + 1),
      ),
    );

/** Refuses a step that would divide by 0, where eps and the root beside it are both 0. */
export const refuseZeroRoot = (paths: readonly (readonly { readonly denominator: number }[])[]): void => {
  if (paths.some((path) => path.some((state) => state.denominator === 0)))
    refuse('eps', 0, 'a number > 0, since a parameter has only seen gradients of 0');
};

/** A moving average's next value, in the order of torch.lerp: where terms cancel, the order tells. */
export const lerp = (from: number, to: number, weight: number): number =>
  weight < 0.5 ? from + weight * (to - from) : to - (to - from) * (1 - weight);
