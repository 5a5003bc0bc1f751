import { affineFields, batchStatistics } from './batch-statistics.ts';
import { define, line, say } from './define.ts';
import { matrix } from './fields.ts';
import { br, is, plus, products, signed, tex } from './latex.ts';
import { column, columnSums, dot, type Matrix, mapMatrix } from './linear-algebra.ts';

/**
 * Backward pass of training-mode batch normalisation, gradients of sum(y * dy). Refuses as batchNormTrain.
 * dx = gamma / sqrt(var+eps) * (dy - mean(dy) - xhat * mean(dy * xhat)).
 */
export const batchNormBackward = define({
  name: 'batchNormBackward',
  title: say('批归一化：反向传播', 'Batch normalisation: backward pass'),
  fields: { x: matrix('m', 'd'), ...affineFields, dy: matrix('m', 'd') },
  example: { x: [[1], [2], [6]], gamma: [2], beta: [1], eps: 1e-5, dy: [[1], [0], [-1]] },
  run: ({ x, gamma, beta, eps, dy }) => {
    const { means, deviations } = batchStatistics(x, eps);
    const normalised = normalise(x, means, deviations);
    const dbeta = columnSums(dy);
    const dgamma = gamma.map((_, j) => dot(column(dy, j), column(normalised, j)));
    return {
      y: mapMatrix(normalised, (value, _, j) => gamma[j]! * value + beta[j]!),
      dx: mapMatrix(
        dy,
        (value, i, j) =>
          (gamma[j]! / deviations[j]!) *
          (value - dbeta[j]! / x.length - (normalised[i]![j]! * dgamma[j]!) / x.length),
      ),
      dgamma,
      dbeta,
    };
  },
  explain: ({ x, gamma, eps, dy }, { y, dx, dgamma, dbeta }) => {
    const { means, variances, deviations } = batchStatistics(x, eps);
    const normalised = normalise(x, means, deviations);
    const upstream = column(dy, 0);
    const hat = column(normalised, 0);
    return [
      line(
        '前向：第一个特征的均值、方差与归一化值',
        'Forward: mean, variance and normalised values of the first feature',
        tex`\mu_1 ${is(means[0]!)},\quad \sigma_1^2 ${is(variances[0]!)},\quad \hat{x}_{\cdot 1} = ${hat}`,
      ),
      line(
        '缩放、平移得到输出',
        'Scale and shift to the output',
        tex`y = \gamma \hat{x} + \beta = ${y}`,
        'y',
      ),
      line(
        'β 的梯度：对样本求和',
        'Gradient of β: the sum over the samples',
        tex`\frac{\partial L}{\partial \beta_1} = ${plus(upstream.map(br))} ${is(dbeta[0]!)} \quad\Rightarrow\quad \frac{\partial L}{\partial \beta} = ${dbeta}`,
        'dbeta',
      ),
      line(
        'γ 的梯度：上游梯度乘归一化值再求和',
        'Gradient of γ: upstream times normalised value, summed',
        tex`\frac{\partial L}{\partial \gamma_1} = ${products(upstream, hat)} ${is(dgamma[0]!)} \quad\Rightarrow\quad \frac{\partial L}{\partial \gamma} = ${dgamma}`,
        'dgamma',
      ),
      line(
        '均值和方差也依赖每个样本，所以要减去两个平均',
        'Mean and variance depend on every sample too, so two averages are subtracted',
        tex`\frac{\partial L}{\partial x_{11}} = \frac{${gamma[0]!}}{${deviations[0]!}}\left(${upstream[0]!} ${signed(-dbeta[0]! / x.length)} - ${br(hat[0]!)} \cdot ${br(dgamma[0]! / x.length)}\right) ${is(dx[0]![0]!)}`,
      ),
      line('其余各项同理', 'The other entries likewise', tex`\frac{\partial L}{\partial x} = ${dx}`, 'dx'),
    ];
  },
});

const normalise = (x: Matrix, means: readonly number[], deviations: readonly number[]) =>
  mapMatrix(x, (value, _, j) => (value - means[j]!) / deviations[j]!);
