import {
  batchNormBackward,
  batchNormEval,
  batchNormFold,
  batchNormRunning,
  batchNormTrain,
} from './batch-norm.ts';
import { crossEntropy, mse } from './loss.ts';
import type { AnyOperation } from './operation.ts';
import { linearRegressionGd } from './regression.ts';
import { logSoftmax, logSumExp, softmax, softmaxBackward, softmaxJacobian } from './softmax.ts';

export {
  type AnyOperation,
  ComputeError,
  type Field,
  type Locale,
  type Operation,
  type Outputs,
  type Step,
  type Text,
  type Value,
} from './operation.ts';

/** Every operation by its name. */
export const operations = {
  batchNormTrain,
  batchNormEval,
  batchNormRunning,
  batchNormBackward,
  batchNormFold,
  softmax,
  logSoftmax,
  softmaxJacobian,
  softmaxBackward,
  logSumExp,
  crossEntropy,
  mse,
  linearRegressionGd,
} satisfies Record<string, AnyOperation>;

/** The operation of that name, its input to be checked when it runs; undefined if there is none. */
export const findOperation = (name: string): AnyOperation | undefined =>
  Object.hasOwn(operations, name) ? operations[name as keyof typeof operations] : undefined;
