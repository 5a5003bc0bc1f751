import { affineFields, runningDeviations, runningFields } from './batch-statistics.ts';
import { define, line, say } from './define.ts';
import { matrix, vector } from './fields.ts';
import { br, is, signed, tex } from './latex.ts';
import { mapMatrix } from './linear-algebra.ts';

/**
 * Folds an inference-time batch norm into the linear layer before it:
 * W' = gamma W / sqrt(v+eps) by row, b' = gamma (b - mean) / sqrt(v+eps) + beta. W is [out][in].
 */
export const batchNormFold = define({
  name: 'batchNormFold',
  title: say('把批归一化折叠进线性层', 'Folding batch normalisation into a linear layer'),
  fields: {
    W: matrix('d', 'n'),
    b: vector('d'),
    ...affineFields,
    ...runningFields,
  },
  example: { W: [[2]], b: [1], gamma: [3], beta: [-1], eps: 1, runningMean: [4], runningVar: [8] },
  run: ({ W, b, gamma, beta, eps, runningMean, runningVar }) => {
    const deviations = runningDeviations(runningVar, eps);
    return {
      weight: mapMatrix(W, (value, i) => (gamma[i]! * value) / deviations[i]!),
      bias: b.map((value, i) => (gamma[i]! * (value - runningMean[i]!)) / deviations[i]! + beta[i]!),
    };
  },
  explain: ({ W, b, gamma, beta, eps, runningMean, runningVar }, { weight, bias }) => [
    line(
      '每个输出特征的缩放因子（第一个）',
      'The scale of each output feature (the first)',
      tex`k_1 = \frac{\gamma_1}{\sqrt{\sigma_r^2+\epsilon}} = \frac{${gamma[0]!}}{\sqrt{${runningVar[0]!} + ${eps}}} ${is(gamma[0]! / Math.sqrt(runningVar[0]! + eps))}`,
    ),
    line(
      '权重按行缩放',
      'The weights are scaled by row',
      tex`W'_{11} = k_1 W_{11} = k_1 \cdot ${br(W[0]![0]!)} ${is(weight[0]![0]!)} \quad\Rightarrow\quad W' = ${weight}`,
      'weight',
    ),
    line(
      '偏置先减均值，再缩放、平移',
      'The bias is shifted by the mean first, then scaled and shifted',
      tex`b'_1 = k_1\,(b_1-\mu_r)+\beta = k_1 \cdot (${b[0]!} ${signed(-runningMean[0]!)}) ${signed(beta[0]!)} ${is(bias[0]!)} \quad\Rightarrow\quad b' = ${bias}`,
      'bias',
    ),
  ],
});
