import { define, line, refuse, say } from './define.ts';
import { matrix, nonNegative, vector } from './fields.ts';
import { br, is, plus, signed, tex } from './latex.ts';
import { type Matrix, mapMatrix, mean, sum, variance } from './linear-algebra.ts';

const refuseZero = (scales: readonly number[], what: string) => {
  const zero = scales.indexOf(0);
  if (zero >= 0) refuse('eps', 0, `a number > 0, since row ${zero + 1} is ${what}`);
};

const rowStatistics = (x: Matrix, eps: number) => {
  const means = x.map(mean);
  const variances = x.map((row, i) => variance(row, means[i]));
  const deviations = variances.map((value) => Math.sqrt(value + eps));
  refuseZero(deviations, 'constant');
  return { means, variances, deviations };
};

/**
 * Layer normalisation: every row of x[m][d] by its own mean and biased variance, then gamma and beta by column.
 * Ba et al. 2016; torch.nn.LayerNorm. Refuses a constant row with eps 0.
 */
export const layerNorm = define({
  name: 'layerNorm',
  title: say('层归一化', 'Layer normalisation'),
  fields: { x: matrix('m', 'd'), gamma: vector('d'), beta: vector('d'), eps: nonNegative() },
  example: { x: [[1, 7, 1, 7]], gamma: [1, 1, 1, 1], beta: [0, 0, 0, 0], eps: 0 },
  run: ({ x, gamma, beta, eps }) => {
    const { means, variances, deviations } = rowStatistics(x, eps);
    return {
      y: mapMatrix(x, (value, i, j) => (gamma[j]! * (value - means[i]!)) / deviations[i]! + beta[j]!),
      mean: means,
      var: variances,
    };
  },
  explain: ({ x, gamma, beta, eps }, output) => {
    const row = x[0]!;
    const [mu, sigma2] = [output.mean[0]!, output.var[0]!];
    return [
      line(
        '对每个样本自己的 d 个特征求均值（第一行）',
        'Mean over the d features of each sample (first row)',
        tex`\mu_1 = \frac{1}{${row.length}}\left(${plus(row.map(br))}\right) ${is(mu)} \quad\Rightarrow\quad \mu = ${output.mean}`,
        'mean',
      ),
      line(
        '有偏方差（除以 d）',
        'Biased variance (divide by d)',
        tex`\sigma_1^2 = \frac{1}{${row.length}}\left(${plus(row.map((value) => `${br(value - mu)}^2`))}\right) ${is(sigma2)} \quad\Rightarrow\quad \sigma^2 = ${output.var}`,
        'var',
      ),
      line(
        '归一化第一个元素，再缩放、平移',
        'Normalise the first entry, then scale and shift',
        tex`y_{11} = ${br(gamma[0]!)} \cdot \frac{${row[0]!} ${signed(-mu)}}{\sqrt{${sigma2} + ${eps}}} ${signed(beta[0]!)} ${is(output.y[0]![0]!)}`,
      ),
      line('其余各项同理', 'The other entries likewise', tex`y = ${output.y}`, 'y'),
    ];
  },
});

const rootMeanSquares = (x: Matrix, eps: number) => {
  const roots = x.map((row) => Math.sqrt(mean(row.map((value) => value ** 2)) + eps));
  refuseZero(roots, 'all zeros');
  return roots;
};

/**
 * RMSNorm: y = gamma x / rms with rms = sqrt(mean(x^2) + eps) a row; no mean is subtracted.
 * Zhang & Sennrich 2019; torch.nn.RMSNorm. Refuses a row of zeros with eps 0.
 */
export const rmsNorm = define({
  name: 'rmsNorm',
  title: say('RMSNorm', 'RMSNorm'),
  fields: { x: matrix('m', 'd'), gamma: vector('d'), eps: nonNegative() },
  example: { x: [[1, 7, 1, 7]], gamma: [1, 1, 1, 1], eps: 0 },
  run: ({ x, gamma, eps }) => {
    const rms = rootMeanSquares(x, eps);
    return { y: mapMatrix(x, (value, i, j) => (gamma[j]! * value) / rms[i]!), rms };
  },
  explain: ({ x, gamma, eps }, { y, rms }) => {
    const row = x[0]!;
    const squares = row.map((value) => value ** 2);
    return [
      line(
        '平方的平均（第一行）：不减均值',
        'Mean of the squares (first row): no mean is subtracted',
        tex`\frac{1}{${row.length}}\left(${plus(row.map((value) => `${br(value)}^2`))}\right) ${is(sum(squares) / row.length)}`,
      ),
      line(
        '加 ε 后开方',
        'Add ε and take the root',
        tex`r_1 = \sqrt{${mean(squares)} + ${eps}} ${is(rms[0]!)} \quad\Rightarrow\quad r = ${rms}`,
        'rms',
      ),
      line(
        '除以均方根，再乘 γ',
        'Divide by the root mean square, times γ',
        tex`y_{11} = ${br(gamma[0]!)} \cdot \frac{${row[0]!}}{${rms[0]!}} ${is(y[0]![0]!)} \quad\Rightarrow\quad y = ${y}`,
        'y',
      ),
    ];
  },
});
