import { affineFields, batchStatistics, runningDeviations, runningFields } from './batch-statistics.ts';
import { define, line, say } from './define.ts';
import { entry, fraction, matrix, vector } from './fields.ts';
import { br, is, plus, signed, tex } from './latex.ts';
import { column, type Matrix, mapMatrix } from './linear-algebra.ts';

const squares = (values: readonly number[], center: number) =>
  plus(values.map((value) => `${br(value - center)}^2`));

const move = (rate: number, old: readonly number[], batch: readonly number[]) =>
  old.map((value, j) => (1 - rate) * value + rate * batch[j]!);

/** The line that normalises, scales and shifts one number. */
const affine = (
  x: number,
  mu: number,
  variance: number,
  eps: number,
  gamma: number,
  beta: number,
  y: number,
) =>
  tex`\gamma\,\frac{x-\mu}{\sqrt{\sigma^2+\epsilon}}+\beta = ${br(gamma)} \cdot \frac{${x} ${signed(-mu)}}{\sqrt{${variance} + ${eps}}} ${signed(beta)} ${is(y)}`;

/**
 * Batch normalisation in training mode: y[m][d] from x[m][d] with the batch's own biased variance, and the running
 * statistics after this batch, whose variance is unbiased. Ioffe & Szegedy 2015, Algorithm 1; torch.nn.BatchNorm1d.
 * Refuses a batch of one, and a constant feature with eps 0.
 */
export const batchNormTrain = define({
  name: 'batchNormTrain',
  title: say('批归一化：训练时的前向', 'Batch normalisation: forward pass in training'),
  fields: { x: matrix('m', 'd'), ...affineFields, ...runningFields, momentum: fraction() },
  example: {
    x: [
      [1, 2],
      [3, 6],
    ],
    gamma: [1, 2],
    beta: [0, 1],
    eps: 1e-5,
    runningMean: [0, 0],
    runningVar: [1, 1],
    momentum: 0.1,
  },
  run: ({ x, gamma, beta, eps, runningMean, runningVar, momentum }) => {
    const { means, variances, deviations } = batchStatistics(x, eps);
    const unbiased = variances.map((value) => (value * x.length) / (x.length - 1));
    return {
      y: mapMatrix(x, (value, _, j) => (gamma[j]! * (value - means[j]!)) / deviations[j]! + beta[j]!),
      batchMean: means,
      batchVarBiased: variances,
      batchVarUnbiased: unbiased,
      runningMean: move(momentum, runningMean, means),
      runningVar: move(momentum, runningVar, unbiased),
    };
  },
  explain: (input, output) => {
    const { x, gamma, beta, eps, momentum } = input;
    const first = column(x, 0);
    const [mu, biased, unbiased] = [
      output.batchMean[0]!,
      output.batchVarBiased[0]!,
      output.batchVarUnbiased[0]!,
    ];
    const moved = (symbol: string, old: number, batch: number, now: number) =>
      tex`${symbol} \leftarrow (1-${momentum}) \cdot ${br(old)} + ${momentum} \cdot ${br(batch)} ${is(now)}`;
    return [
      line(
        '第一个特征的批均值',
        'Batch mean of the first feature',
        tex`\mu_1 = \frac{1}{${x.length}}\left(${plus(first.map(br))}\right) ${is(mu)}`,
      ),
      line('每个特征的批均值', 'Batch mean of every feature', tex`\mu = ${output.batchMean}`, 'batchMean'),
      line(
        '第一个特征的有偏方差（除以 m）：归一化用它',
        'Biased variance of the first feature (divide by m): the normalisation uses this one',
        tex`\sigma_1^2 = \frac{1}{${x.length}}\left(${squares(first, mu)}\right) ${is(biased)}`,
      ),
      line(
        '每个特征的有偏方差',
        'Biased variance of every feature',
        tex`\sigma^2 = ${output.batchVarBiased}`,
        'batchVarBiased',
      ),
      line(
        '归一化第一个样本的第一个特征，再缩放、平移',
        'Normalise the first feature of the first sample, then scale and shift',
        `y_{11} = ${affine(first[0]!, mu, biased, eps, gamma[0]!, beta[0]!, output.y[0]![0]!)}`,
      ),
      line('其余各项同理', 'The other entries likewise', tex`y = ${output.y}`, 'y'),
      line(
        '无偏方差（除以 m−1）：只进入滑动方差',
        'Unbiased variance (divide by m−1): only the running variance takes it',
        tex`\frac{${x.length}}{${x.length - 1}} \cdot ${br(biased)} ${is(unbiased)} \quad\Rightarrow\quad s^2 = ${output.batchVarUnbiased}`,
        'batchVarUnbiased',
      ),
      line(
        '更新滑动均值',
        'Update the running mean',
        tex`${moved('\\mu_{r,1}', input.runningMean[0]!, mu, output.runningMean[0]!)} \quad\Rightarrow\quad \mu_r = ${output.runningMean}`,
        'runningMean',
      ),
      line(
        '用无偏方差更新滑动方差',
        'Update the running variance with the unbiased variance',
        tex`${moved('\\sigma_{r,1}^2', input.runningVar[0]!, unbiased, output.runningVar[0]!)} \quad\Rightarrow\quad \sigma_r^2 = ${output.runningVar}`,
        'runningVar',
      ),
    ];
  },
});

/** Batch normalisation at inference: y[m][d] from the running statistics alone; a single row is fine. */
export const batchNormEval = define({
  name: 'batchNormEval',
  title: say('批归一化：推理时的前向', 'Batch normalisation: forward pass at inference'),
  fields: { x: matrix('m', 'd'), ...runningFields, ...affineFields },
  example: { x: [[7, 2]], runningMean: [4, 0], runningVar: [8, 3], gamma: [3, 1], beta: [-1, 0.5], eps: 1 },
  run: ({ x, runningMean, runningVar, gamma, beta, eps }) => {
    const deviations = runningDeviations(runningVar, eps);
    return {
      y: mapMatrix(x, (value, _, j) => (gamma[j]! * (value - runningMean[j]!)) / deviations[j]! + beta[j]!),
    };
  },
  explain: ({ x, runningMean, runningVar, gamma, beta, eps }, { y }) => [
    line(
      '推理时用滑动统计量，与同批的其他样本无关',
      'Inference uses the running statistics; the other rows of the batch do not matter',
      tex`\mu_r = ${runningMean},\quad \sigma_r^2 = ${runningVar}`,
    ),
    line(
      '第一个样本的第一个特征',
      'First feature of the first sample',
      `y_{11} = ${affine(x[0]![0]!, runningMean[0]!, runningVar[0]!, eps, gamma[0]!, beta[0]!, y[0]![0]!)}`,
    ),
    line('其余各项同理', 'The other entries likewise', tex`y = ${y}`, 'y'),
  ],
});

/**
 * The textbook moving average over given statistics: new = (1-alpha) old + alpha batch, variances as given.
 * Trajectories [T][d] exclude the initial value.
 */
export const batchNormRunning = define({
  name: 'batchNormRunning',
  title: say('批归一化：滑动统计量', 'Batch normalisation: running statistics'),
  fields: {
    batchMean: matrix('T', 'd'),
    batchVar: matrix('T', 'd', entry.nonNegative),
    alpha: fraction(),
    initMean: vector('d'),
    initVar: vector('d', entry.nonNegative),
  },
  example: {
    batchMean: [[2], [4], [3]],
    batchVar: [[1], [2], [1.5]],
    alpha: 0.1,
    initMean: [0],
    initVar: [0],
  },
  run: ({ batchMean, batchVar, alpha, initMean, initVar }) => ({
    runningMean: trajectory(alpha, initMean, batchMean),
    runningVar: trajectory(alpha, initVar, batchVar),
  }),
  explain: ({ batchMean, batchVar, alpha, initMean, initVar }, output) => {
    const steps = (symbol: string, start: number, batches: Matrix, path: Matrix) =>
      batches
        .slice(0, 4)
        .map((batch, t) =>
          line(
            `第 ${t + 1} 批之后（第一个特征）`,
            `After batch ${t + 1} (first feature)`,
            tex`${symbol}_{${t + 1}} = (1-${alpha}) \cdot ${br(t === 0 ? start : path[t - 1]![0]!)} + ${alpha} \cdot ${br(batch[0]!)} ${is(path[t]![0]!)}`,
          ),
        );
    return [
      line(
        '每来一批：新值 = (1−α)·旧值 + α·本批',
        'For every batch: new = (1−α)·old + α·batch',
        tex`r_t = (1-\alpha)\,r_{t-1} + \alpha\,s_t,\quad \alpha = ${alpha}`,
      ),
      ...steps('\\mu', initMean[0]!, batchMean, output.runningMean),
      line(
        '滑动均值，一行一批',
        'Running mean, one row a batch',
        tex`\mu = ${output.runningMean}`,
        'runningMean',
      ),
      ...steps('v', initVar[0]!, batchVar, output.runningVar),
      line(
        '滑动方差，一行一批',
        'Running variance, one row a batch',
        tex`v = ${output.runningVar}`,
        'runningVar',
      ),
    ];
  },
});

const trajectory = (alpha: number, start: readonly number[], batches: Matrix): number[][] => {
  let current = start;
  return batches.map((batch) => {
    const next = move(alpha, current, batch);
    current = next;
    return next;
  });
};
