import { operations } from '../../compute/index.ts';
import { perSecond, type Experiment } from './experiment.ts';

const SIZE = 64;

const input = {
  x: Array.from({ length: SIZE }, (_, row) =>
    Array.from({ length: SIZE }, (_, column) => Math.sin(row * SIZE + column)),
  ),
  gamma: Array.from({ length: SIZE }, () => 1),
  beta: Array.from({ length: SIZE }, () => 0),
  eps: 1e-5,
  runningMean: Array.from({ length: SIZE }, () => 0),
  runningVar: Array.from({ length: SIZE }, () => 1),
  momentum: 0.1,
};

export const batchNorm: Experiment = {
  rows: [
    {
      name: 'batch-norm',
      what: 'batchNormTrain of 64 x 64, input checked',
      unit: 'ms',
      aim: { at: 'most', value: 1 },
    },
  ],
  measure: async (quick) => [
    { ours: 1000 / perSecond(() => operations.batchNormTrain.run(input), quick ? 300 : 1000) },
  ],
};
