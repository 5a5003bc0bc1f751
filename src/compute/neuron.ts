import { activate, logSigmoid, neuronActivation, slope, symbol } from './activation.ts';
import { define, line, refuse, say } from './define.ts';
import { choice, entry, real, vector } from './fields.ts';
import { br, is, num, plus, products, signed, tex } from './latex.ts';
import { dot, sum } from './linear-algebra.ts';

/**
 * One neuron: z = w.x + b, a = act(z), and the gradients of half_mse (a-y)^2/2 or of bce, the binary cross-entropy
 * of a sigmoid unit (y from 0 to 1), for which dz = a - y.
 */
export const neuronBackprop = define({
  name: 'neuronBackprop',
  title: say('单个神经元的反向传播', 'Backpropagation through one neuron'),
  fields: {
    x: vector('n'),
    w: vector('n'),
    b: real(),
    activation: neuronActivation(),
    loss: choice('half_mse', 'bce'),
    y: real(),
  },
  example: { x: [1, 2], w: [0.5, -0.25], b: 0, activation: 'sigmoid', loss: 'half_mse', y: 1 },
  run: ({ x, w, b, activation, loss, y }) => {
    if (loss === 'bce' && activation !== 'sigmoid')
      refuse('activation', activation, 'sigmoid with the loss bce');
    if (loss === 'bce' && (y < 0 || y > 1)) refuse('y', y, 'a number from 0 to 1 with the loss bce');
    const z = dot(w, x) + b;
    const a = activate[activation](z);
    const dz = loss === 'bce' ? a - y : (a - y) * slope[activation](z, a);
    return {
      z,
      a,
      loss: loss === 'bce' ? binaryCrossEntropyOf(z, y) : (a - y) ** 2 / 2,
      dz,
      dw: x.map((value) => dz * value),
      db: dz,
      dx: w.map((value) => dz * value),
    };
  },
  explain: ({ x, w, b, activation, loss, y }, o) => [
    line('加权和', 'Weighted sum', tex`z = ${products(w, x)} ${signed(b)} ${is(o.z)}`, 'z'),
    line('激活', 'Activation', tex`a = ${symbol[activation]}(${o.z}) ${is(o.a)}`, 'a'),
    line(
      '损失',
      'Loss',
      loss === 'bce'
        ? tex`L = -${y}\ln ${o.a} - (1 - ${br(y)})\ln(1 - ${o.a}) ${is(o.loss)}`
        : tex`L = \tfrac12 (${o.a} ${signed(-y)})^2 ${is(o.loss)}`,
      'loss',
    ),
    line(
      loss === 'bce' ? 'sigmoid 的导数与交叉熵的分母相消' : '链式法则：误差乘以激活的导数',
      loss === 'bce'
        ? "The sigmoid's derivative cancels in the cross-entropy"
        : "Chain rule: error times the activation's derivative",
      tex`\frac{\partial L}{\partial z} = (${o.a} ${signed(-y)})${loss === 'bce' ? '' : ` \\cdot ${num(slope[activation](o.z, o.a))}`} ${is(o.dz)}`,
      'dz',
    ),
    line(
      '对权重：再乘输入',
      'Weights: times the input',
      tex`\frac{\partial L}{\partial w} = ${br(o.dz)} \cdot ${x} = ${o.dw}`,
      'dw',
    ),
    line('对偏置', 'Bias', tex`\frac{\partial L}{\partial b} ${is(o.db)}`, 'db'),
    line(
      '对输入：再乘权重',
      'Input: times the weights',
      tex`\frac{\partial L}{\partial x} = ${br(o.dz)} \cdot ${w} = ${o.dx}`,
      'dx',
    ),
  ],
});

/** Binary cross-entropy of a sigmoid's logit; finite at any logit. */
const binaryCrossEntropyOf = (z: number, y: number) => {
  const [positive, negative] = [logSigmoid(z), logSigmoid(-z)];
  return (y === 0 ? 0 : -y * positive) - (y === 1 ? 0 : (1 - y) * negative);
};

/**
 * Binary cross-entropy from logits with mean reduction, and its gradient (p - y)/m; gradHalfMse is the gradient the
 * same logits would get from sum((p-y)^2)/(2m). torch.nn.functional.binary_cross_entropy_with_logits.
 */
export const binaryCrossEntropy = define({
  name: 'binaryCrossEntropy',
  title: say('二元交叉熵', 'Binary cross-entropy'),
  fields: { logits: vector('m'), targets: vector('m', entry.probability) },
  example: { logits: [2.1972245773362196], targets: [0] },
  run: ({ logits, targets }) => {
    const m = logits.length;
    const probs = logits.map(activate.sigmoid);
    const lossPerSample = logits.map((z, i) => binaryCrossEntropyOf(z, targets[i]!));
    return {
      probs,
      lossPerSample,
      loss: sum(lossPerSample) / m,
      grad: probs.map((p, i) => (p - targets[i]!) / m),
      gradHalfMse: probs.map((p, i) => ((p - targets[i]!) * p * (1 - p)) / m),
    };
  },
  explain: ({ logits, targets }, o) => {
    const [z, y, p, m] = [logits[0]!, targets[0]!, o.probs[0]!, logits.length];
    return [
      line(
        'sigmoid 得到概率',
        'The sigmoid gives the probability',
        tex`p_1 = \frac{1}{1+e^{-${br(z)}}} ${is(p)} \quad\Rightarrow\quad p = ${o.probs}`,
        'probs',
      ),
      line(
        '每个样本的损失',
        'Loss of every sample',
        tex`\ell_1 = -${y}\ln ${p} - (1 - ${y})\ln(1 - ${p}) ${is(o.lossPerSample[0]!)} \quad\Rightarrow\quad \ell = ${o.lossPerSample}`,
        'lossPerSample',
      ),
      line(
        '取平均',
        'The mean',
        tex`L = \frac{1}{${m}}\left(${plus(o.lossPerSample.map(num))}\right) ${is(o.loss)}`,
        'loss',
      ),
      line(
        '对 logit 的梯度是“预测减目标”',
        'The gradient with respect to the logit is prediction minus target',
        tex`\frac{\partial L}{\partial z_1} = \frac{${p} ${signed(-y)}}{${m}} ${is(o.grad[0]!)} \quad\Rightarrow\quad \frac{\partial L}{\partial z} = ${o.grad}`,
        'grad',
      ),
      line(
        '若用平方误差，还会乘上 p(1−p)，在饱和处几乎为 0',
        'With squared error it would carry p(1−p), almost 0 where the unit saturates',
        tex`\frac{(${p} ${signed(-y)}) \cdot ${p}\,(1-${p})}{${m}} ${is(o.gradHalfMse[0]!)} \quad\Rightarrow\quad ${o.gradHalfMse}`,
        'gradHalfMse',
      ),
    ];
  },
});
