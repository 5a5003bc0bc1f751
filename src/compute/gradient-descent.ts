import { define, line, refuse, say } from './define.ts';
import { flag, integer, matrix, nonNegative, positive, real, vector } from './fields.ts';
import { br, is, num, plus, tex } from './latex.ts';
import { mapMatrix, multiply, sum, symmetricEigenvalues, transpose } from './linear-algebra.ts';

/**
 * Gradient descent on L = (a/2) theta^2: theta_t = (1 - eta a)^t theta0, t = 0..steps. It converges for
 * 0 < eta < 2/a, and without changing sign for eta <= 1/a.
 */
export const quadraticDescent = define({
  name: 'quadraticDescent',
  title: say('二次函数上的梯度下降', 'Gradient descent on a quadratic'),
  fields: { curvature: positive(), eta: nonNegative(), theta0: real(), steps: integer(0, 10_000) },
  example: { curvature: 4, eta: 0.1, theta0: 1, steps: 3 },
  run: ({ curvature, eta, theta0, steps }) => {
    const factor = 1 - eta * curvature;
    return {
      factor,
      theta: Array.from({ length: steps + 1 }, (_, t) => factor ** t * theta0),
      divergenceBound: 2 / curvature,
      monotoneBound: 1 / curvature,
    };
  },
  explain: ({ curvature, eta, theta0, steps }, { factor, theta, divergenceBound, monotoneBound }) => [
    line(
      '每一步都乘同一个因子',
      'Every step multiplies by the same factor',
      tex`\theta \leftarrow \theta - \eta a \theta = (1 - ${eta} \cdot ${curvature})\,\theta,\quad 1 - \eta a ${is(factor)}`,
      'factor',
    ),
    line(
      `${steps} 步之后`,
      `After ${steps} steps`,
      tex`\theta_{${steps}} = ${br(factor)}^{${steps}} \cdot ${br(theta0)} ${is(theta[steps]!)} \quad\Rightarrow\quad \theta = ${theta}`,
      'theta',
    ),
    line(
      '因子的绝对值小于 1 才收敛',
      'It converges only while the factor is below 1 in size',
      tex`|1-\eta a| < 1 \iff \eta < \frac{2}{a} = \frac{2}{${curvature}} ${is(divergenceBound)}`,
      'divergenceBound',
    ),
    line(
      '因子不为负时不振荡',
      'It does not oscillate while the factor is not negative',
      tex`\eta \le \frac{1}{a} ${is(monotoneBound)}`,
      'monotoneBound',
    ),
  ],
});

/** Eigenvalues cost the cube of this. */
const MAX_FEATURES = 32;

/**
 * The largest stable learning rate of gradient descent on linear regression with L = (1/2m) sum e^2: 2 / lambda_max
 * of H = X^T X / m, where a column of ones is added to X[m][d] if `intercept`. Eigenvalues descend.
 */
export const regressionStability = define({
  name: 'regressionStability',
  title: say('线性回归的学习率上界', 'Largest stable learning rate of linear regression'),
  fields: { X: matrix('m', 'd'), intercept: flag() },
  example: { X: [[1], [2], [3], [4]], intercept: true },
  run: ({ X, intercept }) => {
    if (X[0]!.length > MAX_FEATURES) refuse('X', `${X[0]!.length} columns`, `at most ${MAX_FEATURES}`);
    const design = intercept ? X.map((row) => [1, ...row]) : X;
    const hessian = mapMatrix(multiply(transpose(design), design), (value) => value / X.length);
    const eigenvalues = symmetricEigenvalues(hessian);
    if (eigenvalues[0]! <= 0) refuse('X', 'only zeros', 'inputs that are not all 0');
    return { hessian, eigenvalues, divergenceBound: 2 / eigenvalues[0]! };
  },
  explain: ({ X }, { hessian, eigenvalues, divergenceBound }) => [
    line(
      '损失的 Hessian',
      'Hessian of the loss',
      tex`H = \frac{1}{${X.length}} X^\top X = ${hessian}`,
      'hessian',
    ),
    line('特征值，从大到小', 'Eigenvalues, largest first', tex`\lambda = ${eigenvalues}`, 'eigenvalues'),
    line(
      '最陡的方向决定上界',
      'The steepest direction sets the bound',
      tex`\eta < \frac{2}{\lambda_{\max}} = \frac{2}{${eigenvalues[0]!}} ${is(divergenceBound)}`,
      'divergenceBound',
    ),
  ],
});

/** Penalties lambda sum|w| and (lambda/2) sum w^2 with their gradients; the subgradient of |w| at 0 is 0. No bias among w. */
export const weightPenalty = define({
  name: 'weightPenalty',
  title: say('L1 与 L2 惩罚', 'L1 and L2 penalties'),
  fields: { weights: vector('n'), lambda: nonNegative() },
  example: { weights: [-2, 1, 3], lambda: 0.1 },
  run: ({ weights, lambda }) => ({
    l1: lambda * sum(weights.map(Math.abs)),
    l2: (lambda / 2) * sum(weights.map((w) => w ** 2)),
    gradL1: weights.map((w) => lambda * Math.sign(w)),
    gradL2: weights.map((w) => lambda * w),
  }),
  explain: ({ weights, lambda }, { l1, l2, gradL1, gradL2 }) => [
    line(
      'L1：绝对值之和',
      'L1: sum of sizes',
      tex`${lambda}\left(${plus(weights.map((w) => `|${num(w)}|`))}\right) ${is(l1)}`,
      'l1',
    ),
    line(
      'L2：平方和的一半',
      'L2: half the sum of squares',
      tex`\frac{${lambda}}{2}\left(${plus(weights.map((w) => `${br(w)}^2`))}\right) ${is(l2)}`,
      'l2',
    ),
    line(
      'L1 的梯度只看符号',
      'The L1 gradient sees only the sign',
      tex`\lambda\,\mathrm{sign}(w) = ${gradL1}`,
      'gradL1',
    ),
    line(
      'L2 的梯度与权重成正比',
      'The L2 gradient is proportional to the weight',
      tex`\lambda w = ${gradL2}`,
      'gradL2',
    ),
  ],
});

/**
 * Minimisers over w of (w-a)^2/2 + lambda|w| (soft threshold: sign(a) max(|a|-lambda, 0)) and of
 * (w-a)^2/2 + (lambda/2) w^2 (shrinkage: a/(1+lambda)), entry by entry.
 */
export const softThreshold = define({
  name: 'softThreshold',
  title: say('软阈值与收缩', 'Soft threshold and shrinkage'),
  fields: { a: vector('n'), lambda: nonNegative() },
  example: { a: [2, -0.5], lambda: 1 },
  run: ({ a, lambda }) => ({
    lasso: a.map((value) => (Math.abs(value) <= lambda ? 0 : value - lambda * Math.sign(value))),
    ridge: a.map((value) => value / (1 + lambda)),
  }),
  explain: ({ a, lambda }, { lasso, ridge }) => [
    line(
      'L1：向 0 平移 λ，到 0 为止',
      'L1: move towards 0 by λ, and stop there',
      tex`\mathrm{sign}(a)\max(|a|-\lambda, 0):\quad \max(|${a[0]!}| - ${lambda}, 0) ${is(Math.abs(lasso[0]!))} \quad\Rightarrow\quad ${lasso}`,
      'lasso',
    ),
    line(
      'L2：按比例缩小，永不为 0',
      'L2: shrink in proportion, never to exactly 0',
      tex`\frac{a}{1+\lambda} = \frac{${a[0]!}}{1 + ${lambda}} ${is(ridge[0]!)} \quad\Rightarrow\quad ${ridge}`,
      'ridge',
    ),
  ],
});
