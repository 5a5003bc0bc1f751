import { activate, hiddenActivation, slope, symbol } from './activation.ts';
import { define, line, refuse, say } from './define.ts';
import { choice, entry, matrix, orNull, vector } from './fields.ts';
import { br, is, products, signed, tex } from './latex.ts';
import { columnSums, type Matrix, mapMatrix, multiply, sum, transpose } from './linear-algebra.ts';
import { checkDistribution, crossEntropyOf, oneHot } from './loss.ts';
import { logSoftmaxOf, softmaxGradient, softmaxOf } from './softmax.ts';

interface Network {
  readonly X: Matrix;
  readonly W1: Matrix;
  readonly b1: readonly number[];
  readonly W2: Matrix;
  readonly b2: readonly number[];
  readonly activation: 'sigmoid' | 'tanh' | 'relu';
  readonly outputActivation: 'linear' | 'sigmoid' | 'softmax';
  readonly loss: 'mse' | 'half_mse' | 'softmax_ce';
  readonly target: Matrix | null;
  readonly targetIndex: readonly number[] | null;
}

const layer = (inputs: Matrix, W: Matrix, b: readonly number[]) =>
  mapMatrix(multiply(inputs, transpose(W)), (value, _, j) => value + b[j]!);

const forward = ({ X, W1, b1, W2, b2, activation, outputActivation }: Network) => {
  const z1 = layer(X, W1, b1);
  const a1 = mapMatrix(z1, activate[activation]);
  const z2 = layer(a1, W2, b2);
  const output =
    outputActivation === 'softmax'
      ? z2.map((row) => softmaxOf(row))
      : mapMatrix(z2, activate[outputActivation]);
  return { z1, a1, z2, output };
};

const targetsOf = ({ loss, outputActivation, W2, target, targetIndex }: Network): Matrix => {
  if (loss === 'softmax_ce') {
    if (outputActivation === 'sigmoid')
      refuse('outputActivation', 'sigmoid', 'softmax (or linear, for logits) with the loss softmax_ce');
    if (targetIndex !== null && target === null) return oneHot('targetIndex', targetIndex, W2.length);
    if (target === null || targetIndex !== null)
      return refuse(
        'targetIndex',
        target === null ? 'null, as target' : 'a value beside target',
        'exactly one of the two',
      );
    target.forEach((row, i) => checkDistribution(`target[${i}]`, row));
    return target;
  }
  if (targetIndex !== null) refuse('targetIndex', 'a value', `null with the loss ${loss}`);
  return target ?? refuse('target', 'null', `a target with the loss ${loss}`);
};

/** The loss, and its gradient with respect to z2. */
const lossAndGradient = (network: Network, z2: Matrix, output: Matrix, targets: Matrix) => {
  const { loss, outputActivation } = network;
  const batch = z2.length;
  if (loss === 'softmax_ce') {
    const losses = z2.map((row, i) => crossEntropyOf(targets[i]!, logSoftmaxOf(row)));
    const probs = z2.map((row) => softmaxOf(row));
    return {
      value: sum(losses) / batch,
      dz2: mapMatrix(probs, (p, i, j) => (p - targets[i]![j]!) / batch),
    };
  }
  const count = loss === 'mse' ? batch * targets[0]!.length : 2 * batch;
  const errors = mapMatrix(output, (value, i, j) => value - targets[i]![j]!);
  const upstream = mapMatrix(errors, (error) => (2 * error) / count);
  return {
    value: sum(errors.flat().map((error) => error ** 2)) / count,
    dz2:
      outputActivation === 'softmax'
        ? upstream.map((row, i) => softmaxGradient(output[i]!, row))
        : mapMatrix(upstream, (g, i, j) => g * slope[outputActivation](z2[i]![j]!, output[i]![j]!)),
  };
};

/**
 * Forward and backward pass of a network with one hidden layer: z1 = X W1^T + b1, a1 = act(z1), z2 = a1 W2^T + b2.
 * Losses: mse (mean over B*out), half_mse (sum/(2B)), softmax_ce (mean over B, from z2; `outputActivation` may be
 * softmax or linear; by targetIndex or by a target of probabilities). The unused target is null. relu'(0) = 0.
 */
export const mlpBackprop = define({
  name: 'mlpBackprop',
  title: say('两层网络的反向传播', 'Backpropagation through a two-layer network'),
  fields: {
    X: matrix('B', 'in'),
    W1: matrix('h', 'in'),
    b1: vector('h'),
    W2: matrix('out', 'h'),
    b2: vector('out'),
    activation: hiddenActivation(),
    outputActivation: choice('linear', 'sigmoid', 'softmax'),
    loss: choice('mse', 'half_mse', 'softmax_ce'),
    target: orNull(matrix('B', 'out')),
    targetIndex: orNull(vector('B', entry.count)),
  },
  example: {
    X: [[2]],
    W1: [[1]],
    b1: [-1],
    W2: [[3]],
    b2: [0],
    activation: 'relu',
    outputActivation: 'linear',
    loss: 'half_mse',
    target: [[1]],
    targetIndex: null,
  },
  run: (input) => {
    const targets = targetsOf(input);
    const { z1, a1, z2, output } = forward(input);
    const { value, dz2 } = lossAndGradient(input, z2, output, targets);
    const da1 = multiply(dz2, input.W2);
    const dz1 = mapMatrix(da1, (g, i, j) => g * slope[input.activation](z1[i]![j]!, a1[i]![j]!));
    return {
      z1,
      a1,
      z2,
      output,
      loss: value,
      dX: multiply(dz1, input.W1),
      dW1: multiply(transpose(dz1), input.X),
      db1: columnSums(dz1),
      dW2: multiply(transpose(dz2), a1),
      db2: columnSums(dz2),
      dz1,
      da1,
      dz2,
    };
  },
  explain: (input, o) => {
    const { X, W1, b1, W2, b2, activation, outputActivation } = input;
    return [
      line(
        '前向：第一层的加权和',
        'Forward: weighted sums of the first layer',
        tex`z^{(1)}_{11} = ${products(W1[0]!, X[0]!)} ${signed(b1[0]!)} ${is(o.z1[0]![0]!)} \quad\Rightarrow\quad z^{(1)} = ${o.z1}`,
        'z1',
      ),
      line('激活', 'Activation', tex`a^{(1)} = ${symbol[activation]}(z^{(1)}) = ${o.a1}`, 'a1'),
      line(
        '第二层的加权和',
        'Weighted sums of the second layer',
        tex`z^{(2)}_{11} = ${products(W2[0]!, o.a1[0]!)} ${signed(b2[0]!)} ${is(o.z2[0]![0]!)} \quad\Rightarrow\quad z^{(2)} = ${o.z2}`,
        'z2',
      ),
      line('输出', 'Output', tex`\hat y = ${symbol[outputActivation]}(z^{(2)}) = ${o.output}`, 'output'),
      line('损失', 'Loss', lossLine(input, o.loss), 'loss'),
      line(
        '反向：损失对 z⁽²⁾ 的梯度',
        'Backward: gradient of the loss with respect to z⁽²⁾',
        tex`\delta^{(2)} = \frac{\partial L}{\partial z^{(2)}} = ${deltaFormula(input)} = ${o.dz2}`,
        'dz2',
      ),
      line(
        '第二层权重：δ 的转置乘激活',
        'Second layer weights: δ transposed times activations',
        tex`\frac{\partial L}{\partial W_2} = \delta^{(2)\top} a^{(1)} = ${o.dW2}`,
        'dW2',
      ),
      line(
        '第二层偏置：δ 对样本求和',
        'Second layer bias: δ summed over the samples',
        tex`\frac{\partial L}{\partial b_2} = ${o.db2}`,
        'db2',
      ),
      line(
        '梯度传回隐藏层',
        'The gradient travels back to the hidden layer',
        tex`\frac{\partial L}{\partial a^{(1)}} = \delta^{(2)} W_2 = ${o.da1}`,
        'da1',
      ),
      line(
        '乘以激活函数的导数',
        "Times the activation's derivative",
        tex`\delta^{(1)}_{11} = ${br(o.da1[0]![0]!)} \cdot ${br(slope[activation](o.z1[0]![0]!, o.a1[0]![0]!))} ${is(o.dz1[0]![0]!)} \quad\Rightarrow\quad \delta^{(1)} = ${o.dz1}`,
        'dz1',
      ),
      line(
        '第一层权重',
        'First layer weights',
        tex`\frac{\partial L}{\partial W_1} = \delta^{(1)\top} X = ${o.dW1}`,
        'dW1',
      ),
      line('第一层偏置', 'First layer bias', tex`\frac{\partial L}{\partial b_1} = ${o.db1}`, 'db1'),
      line(
        '对输入的梯度',
        'Gradient with respect to the input',
        tex`\frac{\partial L}{\partial X} = \delta^{(1)} W_1 = ${o.dX}`,
        'dX',
      ),
    ];
  },
});

/** How many squared errors the loss averages over, as factors. */
const errorCount = ({ loss, X, W2 }: Network) =>
  loss === 'mse' ? tex`${X.length} \cdot ${W2.length}` : tex`2 \cdot ${X.length}`;

const lossLine = (network: Network, value: number) =>
  network.loss === 'softmax_ce'
    ? tex`L = -\frac{1}{${network.X.length}}\sum_i \sum_j q_{ij} \ln p_{ij} ${is(value)}`
    : tex`L = \frac{1}{${errorCount(network)}}\sum_{i,j} (\hat y_{ij} - y_{ij})^2 ${is(value)}`;

const deltaFormula = (network: Network) => {
  const { loss, outputActivation, X } = network;
  if (loss === 'softmax_ce') return tex`\frac{1}{${X.length}}(p - q)`;
  const error = tex`\frac{2}{${errorCount(network)}}(\hat y - y)`;
  if (outputActivation === 'linear') return error;
  return outputActivation === 'sigmoid'
    ? tex`${error} \odot \hat y \odot (1-\hat y)`
    : tex`${error}\,J_{\mathrm{softmax}}`;
};
