import { refuse } from './define.ts';
import { entry, nonNegative, vector } from './fields.ts';
import { columnSums, type Matrix } from './linear-algebra.ts';

/** The fields every form of batch norm takes. */
export const affineFields = { gamma: vector('d'), beta: vector('d'), eps: nonNegative() };
export const runningFields = { runningMean: vector('d'), runningVar: vector('d', entry.nonNegative) };

/** Mean and biased variance of every column; refuses what training-mode normalisation cannot divide by. */
export const batchStatistics = (x: Matrix, eps: number) => {
  if (x.length < 2) refuse('x', '1 row', 'at least 2 rows: a batch of one has no variance');
  const means = columnSums(x).map((total) => total / x.length);
  const squares = columnSums(x, (value, j) => (value - means[j]!) ** 2);
  const variances = squares.map((total) => total / x.length);
  const constant = variances.findIndex((value) => value + eps === 0);
  if (constant >= 0)
    refuse('eps', 0, `a number > 0, since feature ${constant + 1} is constant over the batch`);
  return { means, variances, deviations: variances.map((value) => Math.sqrt(value + eps)) };
};

/** The running variances' roots; refuses a variance of 0 with eps 0. */
export const runningDeviations = (runningVar: readonly number[], eps: number) => {
  const zero = runningVar.findIndex((value) => value + eps === 0);
  if (zero >= 0) refuse(`runningVar[${zero}]`, 0, 'a number > 0, since eps is 0');
  return runningVar.map((value) => Math.sqrt(value + eps));
};
