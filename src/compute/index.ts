import { adagrad } from './adagrad.ts';
import { adam, adamw } from './adam.ts';
import { dpoLoss, klPenalizedReward, preferencePairs, rewardModelLoss, ppoClip } from './alignment.ts';
import { attention } from './attention.ts';
import { batchNormBackward } from './batch-norm-backward.ts';
import { batchNormFold } from './batch-norm-fold.ts';
import { batchNormEval, batchNormRunning, batchNormTrain } from './batch-norm.ts';
import { clipGradNorm, clipGradValue } from './clipping.ts';
import {
  attentionParameters,
  attentionShare,
  gptParameters,
  llamaParameters,
  swigluFfn,
} from './decoder-size.ts';
import { albertEmbedding, albertParameters, bertParameters } from './encoder-size.ts';
import { binaryClassification, factScore, regressionErrors } from './evaluation.ts';
import { floatLimits } from './float-format.ts';
import { quadraticDescent, regressionStability, softThreshold, weightPenalty } from './gradient-descent.ts';
import { entropy, klDivergence, perplexity, tokenWeightedLoss } from './information.ts';
import { depthGradient, dropout, initialization, vanishingDepth } from './initialisation.ts';
import { layerNorm, rmsNorm } from './layer-norm.ts';
import { loraMerge, loraParameters } from './lora.ts';
import { crossEntropy, mse } from './loss.ts';
import { attentionPairs, maskReuse, mlmExpectations, spanCorruption, squadSpan } from './masking.ts';
import { kvCache, quantizationMemory, symmetricQuantize, trainingMemory } from './memory.ts';
import { mlpBackprop } from './mlp-backprop.ts';
import { binaryCrossEntropy, neuronBackprop } from './neuron.ts';
import type { AnyOperation } from './operation.ts';
import { linearRegressionGd } from './regression.ts';
import { rmsprop } from './rmsprop.ts';
import { rope, ropeScore } from './rope.ts';
import { topK, topP } from './sampling.ts';
import {
  cosineSchedule,
  cosineWarmupSchedule,
  inverseSqrtSchedule,
  linearWarmupSchedule,
} from './schedule.ts';
import { sgdMomentum } from './sgd.ts';
import { logSoftmax, logSumExp, softmax, softmaxBackward, softmaxJacobian } from './softmax.ts';
import { bpeMerges, utf8Bytes, vocabularySize, wordPieceScores } from './tokenization.ts';
import {
  computeOptimal,
  earlyStopping,
  equalCompute,
  modelFlopsUtilization,
  trainingCompute,
  trainingSteps,
  pipelineBubble,
} from './training.ts';

export {
  type AnyOperation,
  ComputeError,
  type Field,
  type Locale,
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
  floatLimits,
  crossEntropy,
  mse,
  binaryCrossEntropy,
  regressionErrors,
  linearRegressionGd,
  quadraticDescent,
  regressionStability,
  weightPenalty,
  softThreshold,
  mlpBackprop,
  neuronBackprop,
  initialization,
  depthGradient,
  vanishingDepth,
  dropout,
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
  trainingSteps,
  equalCompute,
  earlyStopping,
  trainingCompute,
  computeOptimal,
  modelFlopsUtilization,
  pipelineBubble,
  attention,
  rope,
  ropeScore,
  bertParameters,
  albertParameters,
  albertEmbedding,
  attentionParameters,
  attentionShare,
  swigluFfn,
  gptParameters,
  llamaParameters,
  loraParameters,
  loraMerge,
  kvCache,
  quantizationMemory,
  symmetricQuantize,
  trainingMemory,
  mlmExpectations,
  maskReuse,
  spanCorruption,
  attentionPairs,
  squadSpan,
  bpeMerges,
  wordPieceScores,
  vocabularySize,
  utf8Bytes,
  topK,
  topP,
  perplexity,
  klDivergence,
  entropy,
  tokenWeightedLoss,
  rewardModelLoss,
  preferencePairs,
  klPenalizedReward,
  dpoLoss,
  ppoClip,
  factScore,
  binaryClassification,
} satisfies Record<string, AnyOperation>;

/** The operation of that name, its input to be checked when it runs; undefined if there is none. */
export const findOperation = (name: string): AnyOperation | undefined =>
  Object.hasOwn(operations, name) ? operations[name as keyof typeof operations] : undefined;
