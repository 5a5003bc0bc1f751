import { define, line, refuse, say } from './define.ts';
import { integer, matrix, nonNegative, vector } from './fields.ts';
import { br, is, plus, signed, tex } from './latex.ts';
import { dot, type Matrix, mean, sum } from './linear-algebra.ts';

/** The most rows x parameters x steps, so that a run stays short. */
const MAX_WORK = 10_000_000;

const residualsOf = (X: Matrix, y: readonly number[], theta: readonly number[]) =>
  X.map((row, i) => theta[0]! + dot(row, theta.slice(1)) - y[i]!);

const lossOf = (residuals: readonly number[], theta: readonly number[], lambda: number) =>
  sum(residuals.map((e) => e ** 2)) / (2 * residuals.length) +
  (lambda / 2) * sum(theta.slice(1).map((value) => value ** 2));

const gradientOf = (X: Matrix, residuals: readonly number[], theta: readonly number[], lambda: number) =>
  theta.map((value, j) =>
    j === 0 ? mean(residuals) : mean(residuals.map((e, i) => e * X[i]![j - 1]!)) + lambda * value,
  );

/**
 * Batch gradient descent on linear regression. X[m][d] has no column of ones; theta[0] is the bias and is not
 * regularised. L = (1/2m) sum((h-y)^2) + (lambda/2) sum_{j>=1} theta_j^2. theta and loss include step 0.
 */
export const linearRegressionGd = define({
  name: 'linearRegressionGd',
  title: say('线性回归的梯度下降', 'Gradient descent on linear regression'),
  fields: {
    X: matrix('m', 'd'),
    y: vector('m'),
    theta0: vector('d+1'),
    eta: nonNegative(),
    steps: integer(0, 10_000),
    lambda: nonNegative(),
  },
  example: { X: [[1], [2], [3], [4]], y: [3, 5, 7, 9], theta0: [0, 0], eta: 0.1, steps: 2, lambda: 0 },
  run: ({ X, y, theta0, eta, steps, lambda }) => {
    const most = Math.floor(MAX_WORK / (X.length * theta0.length));
    if (steps > most) refuse('steps', steps, `at most ${most} for inputs of this size`);
    const theta = [theta0];
    const loss = [lossOf(residualsOf(X, y, theta0), theta0, lambda)];
    for (let step = 0; step < steps; step++) {
      const current = theta[step]!;
      const gradient = gradientOf(X, residualsOf(X, y, current), current, lambda);
      const next = current.map((value, j) => value - eta * gradient[j]!);
      theta.push(next);
      loss.push(lossOf(residualsOf(X, y, next), next, lambda));
    }
    return { theta, loss, grad0: gradientOf(X, residualsOf(X, y, theta0), theta0, lambda) };
  },
  explain: ({ X, y, theta0, eta, lambda }, { theta, loss, grad0 }) => {
    const m = X.length;
    const residuals = residualsOf(X, y, theta0);
    const next = theta[1];
    return [
      line(
        '起点的残差 e = h − y',
        'Residuals at the start, e = h − y',
        tex`e = X\theta + \theta_0 - y = ${residuals}`,
      ),
      line(
        '偏置的梯度：残差的平均（不加正则）',
        'Gradient of the bias: the mean residual (never regularised)',
        tex`\frac{\partial L}{\partial \theta_0} = \frac{1}{${m}}\left(${plus(residuals.map(br))}\right) ${is(grad0[0]!)}`,
      ),
      line(
        '第一个权重的梯度：残差乘输入的平均，加上 λθ',
        'Gradient of the first weight: mean of residual times input, plus λθ',
        tex`\frac{\partial L}{\partial \theta_1} = \frac{1}{${m}}\left(${plus(residuals.map((e, i) => `${br(e)} \\cdot ${br(X[i]![0]!)}`))}\right)${lambda === 0 ? '' : tex` + ${lambda} \cdot ${br(theta0[1]!)}`} ${is(grad0[1]!)}`,
      ),
      line('起点的梯度', 'Gradient at the start', tex`\nabla L(\theta^{(0)}) = ${grad0}`, 'grad0'),
      ...(next === undefined
        ? []
        : [
            line(
              '所有参数用同一组残差同时更新',
              'All parameters move at once, from the same residuals',
              tex`\theta_1^{(1)} = ${theta0[1]!} - ${eta} \cdot ${br(grad0[1]!)} ${is(next[1]!)} \quad\Rightarrow\quad \theta^{(1)} = ${next}`,
            ),
          ]),
      line(
        '每一步的参数（含第 0 步）',
        'Parameters at every step, step 0 included',
        tex`\theta = ${theta}`,
        'theta',
      ),
      line(
        '每一步的损失',
        'Loss at every step',
        tex`L(\theta^{(0)}) = \frac{1}{2 \cdot ${m}}\left(${plus(residuals.map((e) => `${br(e)}^2`))}\right)${lambda === 0 ? '' : ` ${signed(lossOf([0], theta0, lambda))}`} ${is(loss[0]!)} \quad\Rightarrow\quad L = ${loss}`,
        'loss',
      ),
    ];
  },
});
