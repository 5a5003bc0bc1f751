import { define, line, refuse, say } from './define.ts';
import { entry, fraction, matrix, orNull, vector } from './fields.ts';
import { br, is, num, plus, signed, tex } from './latex.ts';
import { mapMatrix, mean, sum } from './linear-algebra.ts';
import { logSoftmaxOf, softmaxOf } from './softmax.ts';

/** How far from 1 probabilities may sum: room for numbers printed with six digits. */
const SUM_TOLERANCE = 1e-6;

/** Refuses probabilities that do not sum to 1. */
export const checkDistribution = (path: string, probs: readonly number[]): void => {
  const total = sum(probs);
  if (Math.abs(total - 1) > SUM_TOLERANCE) refuse(path, `a sum of ${total}`, 'probabilities that sum to 1');
};

/** One row of class probabilities per index; refuses an index beyond the classes. */
export const oneHot = (path: string, indices: readonly number[], classes: number): number[][] =>
  indices.map((index, i) => {
    if (index >= classes) refuse(`${path}[${i}]`, index, `a class from 0 to ${classes - 1}`);
    return Array.from({ length: classes }, (_, j) => (j === index ? 1 : 0));
  });

/** -sum q ln p; a term with q = 0 counts 0 even where p is 0. */
export const crossEntropyOf = (q: readonly number[], logP: readonly number[]): number =>
  sum(q.map((weight, j) => (weight === 0 ? 0 : -weight * logP[j]!)));

/**
 * Softmax cross-entropy with mean reduction over B rows; exactly one of targetIndex and targetProbs is null.
 * Smoothing mixes the target with the uniform distribution over all C classes. grad is with respect to the logits.
 * torch.nn.functional.cross_entropy.
 */
export const crossEntropy = define({
  name: 'crossEntropy',
  title: say('交叉熵损失', 'Cross-entropy loss'),
  fields: {
    logits: matrix('B', 'C', entry.logit),
    targetIndex: orNull(vector('B', entry.count)),
    targetProbs: orNull(matrix('B', 'C', entry.probability)),
    labelSmoothing: fraction(),
  },
  example: { logits: [[2, 1, 0.5]], targetIndex: [0], targetProbs: null, labelSmoothing: 0 },
  run: ({ logits, targetIndex, targetProbs, labelSmoothing }) => {
    const targets = smoothedTargets(logits[0]!.length, targetIndex, targetProbs, labelSmoothing);
    const lossPerSample = logits.map((row, i) =>
      crossEntropyOf(targets[i]!, logSoftmaxOf(row, 1, null, `logits[${i}]`)),
    );
    const probs = logits.map((row) => softmaxOf(row));
    return {
      loss: mean(lossPerSample),
      lossPerSample,
      grad: mapMatrix(probs, (p, i, j) => (p - targets[i]![j]!) / logits.length),
    };
  },
  explain: ({ logits, targetIndex, targetProbs, labelSmoothing }, { loss, lossPerSample, grad }) => {
    const targets = smoothedTargets(logits[0]!.length, targetIndex, targetProbs, labelSmoothing);
    const logProbs = logSoftmaxOf(logits[0]!);
    const probs = softmaxOf(logits[0]!);
    const terms = targets[0]!.flatMap((q, j) => (q === 0 ? [] : [`${num(q)} \\cdot ${br(logProbs[j]!)}`]));
    return [
      line(
        '第一个样本：softmax 得到概率',
        'First sample: softmax gives probabilities',
        tex`p = ${probs},\quad \ln p = ${logProbs}`,
      ),
      line(
        labelSmoothing === 0 ? '目标分布' : '平滑后的目标：(1−s)·目标 + s/C',
        labelSmoothing === 0 ? 'The target distribution' : 'The smoothed target: (1−s)·target + s/C',
        tex`q = ${targets[0]!}`,
      ),
      line(
        '损失 −Σ q ln p',
        'The loss −Σ q ln p',
        tex`\ell_1 = -\left(${plus(terms)}\right) ${is(lossPerSample[0]!)}`,
      ),
      line('每个样本的损失', 'Loss of every sample', tex`\ell = ${lossPerSample}`, 'lossPerSample'),
      line(
        '对批取平均',
        'Average over the batch',
        tex`L = \frac{1}{${logits.length}}\left(${plus(lossPerSample.map(br))}\right) ${is(loss)}`,
        'loss',
      ),
      line(
        '对 logits 的梯度：“预测减目标”除以 B',
        'Gradient with respect to the logits: prediction minus target, over B',
        tex`\frac{\partial L}{\partial z_{11}} = \frac{${probs[0]!} ${signed(-targets[0]![0]!)}}{${logits.length}} ${is(grad[0]![0]!)} \quad\Rightarrow\quad \frac{\partial L}{\partial z} = ${grad}`,
        'grad',
      ),
    ];
  },
});

const smoothedTargets = (
  classes: number,
  targetIndex: readonly number[] | null,
  targetProbs: readonly (readonly number[])[] | null,
  smoothing: number,
): number[][] => {
  const targets = chosenTargets(classes, targetIndex, targetProbs);
  return mapMatrix(targets, (q) => (1 - smoothing) * q + smoothing / classes);
};

const chosenTargets = (
  classes: number,
  targetIndex: readonly number[] | null,
  targetProbs: readonly (readonly number[])[] | null,
) => {
  if (targetIndex !== null && targetProbs === null) return oneHot('targetIndex', targetIndex, classes);
  if (targetProbs === null || targetIndex !== null)
    return refuse(
      'targetProbs',
      targetProbs === null ? 'null, as targetIndex' : 'a value beside targetIndex',
      'exactly one of targetIndex and targetProbs',
    );
  targetProbs.forEach((row, i) => checkDistribution(`targetProbs[${i}]`, row));
  return targetProbs;
};

/** Mean squared error in both conventions: mean((p-t)^2), and sum((p-t)^2)/(2m), each with its gradient. */
export const mse = define({
  name: 'mse',
  title: say('均方误差', 'Mean squared error'),
  fields: { predictions: vector('m'), targets: vector('m') },
  example: { predictions: [2, 4, 1], targets: [1, 2, 3] },
  run: ({ predictions, targets }) => {
    const m = predictions.length;
    const errors = predictions.map((value, i) => value - targets[i]!);
    const total = sum(errors.map((error) => error ** 2));
    return {
      lossMean: total / m,
      lossHalf: total / (2 * m),
      gradMean: errors.map((error) => (2 * error) / m),
      gradHalf: errors.map((error) => error / m),
    };
  },
  explain: ({ predictions, targets }, { lossMean, lossHalf, gradMean, gradHalf }) => {
    const m = predictions.length;
    const errors = predictions.map((value, i) => value - targets[i]!);
    return [
      line('误差 = 预测 − 目标', 'Error = prediction − target', tex`e = ${errors}`),
      line(
        '平方误差的平均',
        'The mean of the squared errors',
        tex`\frac{1}{${m}}\left(${plus(errors.map((e) => `${br(e)}^2`))}\right) ${is(lossMean)}`,
        'lossMean',
      ),
      line(
        '带 ½ 的约定：再除以 2',
        'The convention with ½: half of it',
        tex`\frac{1}{2 \cdot ${m}}\sum_i e_i^2 ${is(lossHalf)}`,
        'lossHalf',
      ),
      line(
        '平均约定的梯度',
        'Gradient of the mean convention',
        tex`\frac{2}{${m}}\,e = ${gradMean}`,
        'gradMean',
      ),
      line(
        '½ 约定的梯度：2 消掉了',
        'Gradient of the ½ convention: the 2 cancels',
        tex`\frac{1}{${m}}\,e = ${gradHalf}`,
        'gradHalf',
      ),
    ];
  },
});
