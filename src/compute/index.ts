import { adagrad, rmsprop } from './adagrad.ts';
import { adam, adamw } from './adam.ts';
import { attention } from './attention.ts';
import { binaryCrossEntropy, mlpBackprop, neuronBackprop } from './backprop.ts';
import { clipGradNorm, clipGradValue } from './clipping.ts';
import { entropy, klDivergence, perplexity, tokenWeightedLoss } from './information.ts';
import { layerNorm, rmsNorm } from './layer-norm.ts';
import { rope, ropeScore } from './rope.ts';
import {
  cosineSchedule,
  cosineWarmupSchedule,
  inverseSqrtSchedule,
  linearWarmupSchedule,
} from './schedule.ts';
import { sgdMomentum } from './sgd.ts';
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
  layerNorm,
  rmsNorm,
  softmax,
  logSoftmax,
  softmaxJacobian,
  softmaxBackward,
  logSumExp,
  crossEntropy,
  binaryCrossEntropy,
  mse,
  linearRegressionGd,
  mlpBackprop,
  neuronBackprop,
  sgdMomentum,
  adagrad,
  rmsprop,
  adam,
  adamw,
  clipGradNorm,
  clipGradValue,
  cosineSchedule,
  cosineWarmupSchedule,
  linearWarmupSchedule,
  inverseSqrtSchedule,
  attention,
  rope,
  ropeScore,
  perplexity,
  klDivergence,
  entropy,
  tokenWeightedLoss,
} satisfies Record<string, AnyOperation>;

/** The operation of that name, its input to be checked when it runs; undefined if there is none. */
export const findOperation = (name: string): AnyOperation | undefined =>
  Object.hasOwn(operations, name) ? operations[name as keyof typeof operations] : undefined;
