import { define, line, refuse, say } from './define.ts';
import { entry, orNull, positive, vector } from './fields.ts';
import { br, is, num, plus, products, signed, tex } from './latex.ts';
import { dot, maximum, sum } from './linear-algebra.ts';

/** Logits after mask and temperature, with their maximum shifted to 0. Refuses when every entry is -Infinity. */
const shiftedLogits = (
  logits: readonly number[],
  temperature = 1,
  mask: readonly number[] | null = null,
  path = 'logits',
): number[] => {
  const masked = logits.map((value, i) => value + (mask?.[i] ?? 0));
  const top = maximum(masked);
  if (top === -Infinity)
    refuse(
      mask === null ? path : 'mask',
      'every entry masked',
      'at least one logit that is neither -Infinity nor masked',
    );
  return masked.map((value) => (value - top) / temperature);
};

/** exp(z) / sum exp(z) for shifted logits. */
const normalised = (shifted: readonly number[]): number[] => {
  const weights = shifted.map(Math.exp);
  const total = sum(weights);
  return weights.map((weight) => weight / total);
};

/** Softmax of logits that may hold -Infinity; stable at any size. `path` names the field in an error. */
export const softmaxOf = (
  logits: readonly number[],
  temperature = 1,
  mask: readonly number[] | null = null,
  path = 'logits',
): number[] => normalised(shiftedLogits(logits, temperature, mask, path));

/** log softmax, without the cancellation of log(softmax). */
export const logSoftmaxOf = (
  logits: readonly number[],
  temperature = 1,
  mask: readonly number[] | null = null,
  path = 'logits',
): number[] => {
  const shifted = shiftedLogits(logits, temperature, mask, path);
  const logTotal = Math.log(sum(shifted.map(Math.exp)));
  return shifted.map((value) => value - logTotal);
};

const fields = {
  logits: vector('n', entry.logit),
  temperature: positive(),
  mask: orNull(vector('n', entry.mask)),
};

/** The steps from the logits to the exponentials, common to the family. */
const exponentials = (
  logits: readonly number[],
  temperature: number,
  mask: readonly number[] | null = null,
) => {
  const shifted = shiftedLogits(logits, temperature, mask);
  const weights = shifted.map(Math.exp);
  const top = maximum(logits.map((value, i) => value + (mask?.[i] ?? 0)));
  return {
    shifted,
    weights,
    lines: [
      ...(mask === null
        ? []
        : [
            line(
              '加上掩码：被遮住的位置变成 −∞',
              'Add the mask: hidden positions become −∞',
              tex`z + M = ${logits.map((value, i) => value + mask[i]!)}`,
            ),
          ]),
      line(
        '减去最大值再除以温度（结果不变，且不会溢出）',
        'Subtract the maximum and divide by the temperature (same result, no overflow)',
        tex`\frac{z - ${br(top)}}{${temperature}} = ${shifted}`,
      ),
      line('取指数', 'Take exponentials', tex`e^{(\cdot)} = ${weights}`),
      line('求和', 'Add them up', tex`S = ${plus(weights.map(num))} ${is(sum(weights))}`),
    ],
  };
};

/** softmax(logits / temperature + mask). The mask is null or additive 0 / -Infinity. Refuses a full mask. */
export const softmax = define({
  name: 'softmax',
  title: say('Softmax（带温度与掩码）', 'Softmax with temperature and mask'),
  fields,
  example: { logits: [2, 1, 0.5], temperature: 1, mask: null },
  run: ({ logits, temperature, mask }) => ({ probs: softmaxOf(logits, temperature, mask) }),
  explain: ({ logits, temperature, mask }, { probs }) => {
    const { weights, lines } = exponentials(logits, temperature, mask);
    return [
      ...lines,
      line(
        '各项除以总和',
        'Divide each by the sum',
        tex`p_1 = \frac{${weights[0]!}}{${sum(weights)}} ${is(probs[0]!)} \quad\Rightarrow\quad p = ${probs}`,
        'probs',
      ),
    ];
  },
});

/** log softmax(logits / temperature + mask); a masked entry gives -Infinity. */
export const logSoftmax = define({
  name: 'logSoftmax',
  title: say('Log-softmax', 'Log-softmax'),
  fields,
  example: { logits: [2, 1, 0.5], temperature: 1, mask: null },
  run: ({ logits, temperature, mask }) => ({ logProbs: logSoftmaxOf(logits, temperature, mask) }),
  explain: ({ logits, temperature, mask }, { logProbs }) => {
    const { shifted, weights, lines } = exponentials(logits, temperature, mask);
    return [
      ...lines,
      line(
        '每个平移后的 logit 减去 ln S，不先算概率再取对数',
        'Subtract ln S from each shifted logit, rather than take the log of a probability',
        tex`\ln p_1 = ${shifted[0]!} - \ln ${sum(weights)} ${is(logProbs[0]!)} \quad\Rightarrow\quad \ln p = ${logProbs}`,
        'logProbs',
      ),
    ];
  },
});

/** The side of the largest Jacobian: it has the square of this many entries. */
const MAX_JACOBIAN = 1024;

const jacobianOf = (probs: readonly number[], temperature: number): number[][] =>
  probs.map((p, i) => probs.map((q, j) => (p * ((i === j ? 1 : 0) - q)) / temperature));

/** jacobian[i][j] = dp_i / dlogit_j = p_i (delta_ij - p_j) / temperature, with respect to the raw logits. */
export const softmaxJacobian = define({
  name: 'softmaxJacobian',
  title: say('Softmax 的雅可比矩阵', 'Jacobian of softmax'),
  fields: { logits: fields.logits, temperature: positive() },
  example: { logits: [0, 1, 2], temperature: 1 },
  run: ({ logits, temperature }) => {
    if (logits.length > MAX_JACOBIAN) refuse('logits', `length ${logits.length}`, `at most ${MAX_JACOBIAN}`);
    const probs = softmaxOf(logits, temperature);
    return { probs, jacobian: jacobianOf(probs, temperature) };
  },
  explain: ({ logits, temperature }, { probs, jacobian }) => {
    const scale = temperature === 1 ? '' : tex`\frac{1}{${temperature}} \cdot `;
    const corner = tex`\frac{\partial p_1}{\partial z_1} = ${scale}${probs[0]!}\,(1 - ${probs[0]!}) ${is(jacobian[0]![0]!)}`;
    return [
      ...exponentials(logits, temperature).lines,
      line('概率', 'Probabilities', tex`p = ${probs}`, 'probs'),
      line(
        '公式',
        'The formula',
        '\\frac{\\partial p_i}{\\partial z_j} = \\frac{1}{T}\\,p_i\\,(\\delta_{ij} - p_j)',
      ),
      line('对角线上', 'On the diagonal', corner),
      ...(probs.length < 2
        ? []
        : [
            line(
              '对角线外为负：一个上升，其余下降',
              'Off the diagonal it is negative: one rises, the others fall',
              tex`\frac{\partial p_1}{\partial z_2} = -${scale}${probs[0]!} \cdot ${probs[1]!} ${is(jacobian[0]![1]!)}`,
            ),
          ]),
      line(
        '整个矩阵，每行之和为 0',
        'The whole matrix; each row sums to 0',
        tex`J = ${jacobian}`,
        'jacobian',
      ),
    ];
  },
});

/** Gradient with respect to softmax's raw logits, from the gradient `upstream` of its output. */
export const softmaxGradient = (
  probs: readonly number[],
  upstream: readonly number[],
  temperature = 1,
): number[] => {
  const average = dot(probs, upstream);
  return probs.map((p, i) => (p * (upstream[i]! - average)) / temperature);
};

/** grad = p * (g - p.g) / temperature, with respect to the raw logits; 0 where masked. */
export const softmaxBackward = define({
  name: 'softmaxBackward',
  title: say('Softmax 的反向传播', 'Backward pass of softmax'),
  fields: { ...fields, upstream: vector('n') },
  example: { logits: [2, 1, 0.5], temperature: 1, mask: null, upstream: [1, 0, -1] },
  run: ({ logits, temperature, mask, upstream }) => {
    const probs = softmaxOf(logits, temperature, mask);
    return { probs, grad: softmaxGradient(probs, upstream, temperature) };
  },
  explain: ({ logits, temperature, mask, upstream }, { probs, grad }) => {
    const average = dot(probs, upstream);
    const over = temperature === 1 ? '' : tex`\frac{1}{${temperature}} \cdot `;
    return [
      ...exponentials(logits, temperature, mask).lines,
      line('概率', 'Probabilities', tex`p = ${probs}`, 'probs'),
      line(
        '上游梯度按概率加权平均',
        'Average the upstream gradient with the probabilities as weights',
        tex`p^\top g = ${products(probs, upstream)} ${is(average)}`,
      ),
      line(
        '每项：概率乘以“上游减平均”，再除以温度',
        'Each entry: the probability times (upstream minus average), over the temperature',
        tex`\frac{\partial L}{\partial z_1} = ${over}${probs[0]!}\,(${upstream[0]!} ${signed(-average)}) ${is(grad[0]!)} \quad\Rightarrow\quad \frac{\partial L}{\partial z} = ${grad}`,
        'grad',
      ),
    ];
  },
});

/** log(sum(exp(logits))) by max + log(sum(exp(logits - max))). */
export const logSumExp = define({
  name: 'logSumExp',
  title: say('LogSumExp', 'LogSumExp'),
  fields: { logits: fields.logits },
  example: { logits: [1000, 1001, 1002] },
  run: ({ logits }) => {
    const shifted = shiftedLogits(logits);
    const max = maximum(logits);
    const shiftedSum = sum(shifted.map(Math.exp));
    return { max, shiftedSum, logSumExp: max + Math.log(shiftedSum) };
  },
  explain: ({ logits }, { max, shiftedSum, logSumExp }) => [
    line('找出最大值', 'Find the maximum', tex`m = \max ${logits} = ${max}`, 'max'),
    line(
      '减去最大值后求指数和：最大的一项恰为 1',
      'Sum the exponentials after subtracting it: the largest term is exactly 1',
      tex`S = \sum_i e^{z_i - m} = ${plus(shiftedLogits(logits).map((value) => `e^{${num(value)}}`))} ${is(shiftedSum)}`,
      'shiftedSum',
    ),
    line(
      '把最大值加回来',
      'Add the maximum back',
      tex`m + \ln S = ${max} + \ln ${shiftedSum} ${is(logSumExp)}`,
      'logSumExp',
    ),
  ],
});
