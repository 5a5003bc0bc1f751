import { define, line, refuse, say } from './define.ts';
import { entry, integer, matrix, vector } from './fields.ts';
import { br, is, num, plus, tex } from './latex.ts';
import { mapMatrix, mean, sum } from './linear-algebra.ts';

/** FActScore over answers: supported facts of all facts (micro), and the mean of each answer's own share (macro). */
export const factScore = define({
  name: 'factScore',
  title: say('FActScore', 'FActScore'),
  fields: { supported: vector('n', entry.count), facts: vector('n', entry.count) },
  example: { supported: [8, 3], facts: [10, 4] },
  run: ({ supported, facts }) => {
    const none = facts.indexOf(0);
    if (none >= 0) refuse(`facts[${none}]`, 0, 'at least one fact an answer');
    const beyond = supported.findIndex((count, i) => count > facts[i]!);
    if (beyond >= 0)
      refuse(`supported[${beyond}]`, supported[beyond]!, `at most ${facts[beyond]}, its facts`);
    const shares = supported.map((count, i) => count / facts[i]!);
    const micro = sum(supported) / sum(facts);
    return { shares, micro, macro: mean(shares), hallucinationRate: 1 - micro };
  },
  explain: ({ supported, facts }, o) => [
    line(
      '每个回答中被证据支持的事实占比',
      'Share of supported facts in each answer',
      tex`\frac{${supported[0]!}}{${facts[0]!}} ${is(o.shares[0]!)} \quad\Rightarrow\quad ${o.shares}`,
      'shares',
    ),
    line(
      '微平均：所有事实一起算',
      'Micro average: all facts together',
      tex`\frac{${plus(supported.map(num))}}{${plus(facts.map(num))}} ${is(o.micro)}`,
      'micro',
    ),
    line(
      '宏平均：各回答占比的平均',
      "Macro average: the mean of the answers' shares",
      tex`\frac{1}{${facts.length}}\left(${plus(o.shares.map(num))}\right) ${is(o.macro)}`,
      'macro',
    ),
    line(
      '幻觉率（按事实）',
      'Hallucination rate (by fact)',
      tex`1 - ${o.micro} ${is(o.hallucinationRate)}`,
      'hallucinationRate',
    ),
  ],
});

/** Accuracy, precision, recall and F1 from a confusion table; refuses where a denominator is 0. */
export const binaryClassification = define({
  name: 'binaryClassification',
  title: say('准确率、精确率、召回率、F1', 'Accuracy, precision, recall, F1'),
  fields: {
    truePositives: integer(0),
    falsePositives: integer(0),
    falseNegatives: integer(0),
    trueNegatives: integer(0),
  },
  example: { truePositives: 6, falsePositives: 2, falseNegatives: 4, trueNegatives: 8 },
  run: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn }) => {
    if (tp + fp === 0) refuse('truePositives', 0, 'at least one positive prediction, for the precision');
    if (tp + fn === 0) refuse('truePositives', 0, 'at least one positive label, for the recall');
    return {
      accuracy: (tp + tn) / (tp + fp + fn + tn),
      precision: tp / (tp + fp),
      recall: tp / (tp + fn),
      f1: (2 * tp) / (2 * tp + fp + fn),
    };
  },
  explain: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn }, o) => [
    line(
      '准确率：判对的占全部',
      'Accuracy: right ones of all',
      tex`\frac{${tp} + ${tn}}{${tp} + ${fp} + ${fn} + ${tn}} ${is(o.accuracy)}`,
      'accuracy',
    ),
    line(
      '精确率：判为正的里面真正的',
      'Precision: true ones of those called positive',
      tex`\frac{${tp}}{${tp} + ${fp}} ${is(o.precision)}`,
      'precision',
    ),
    line(
      '召回率：真正的里面被找到的',
      'Recall: found ones of those truly positive',
      tex`\frac{${tp}}{${tp} + ${fn}} ${is(o.recall)}`,
      'recall',
    ),
    line(
      'F1：两者的调和平均',
      'F1: their harmonic mean',
      tex`\frac{2 \cdot ${tp}}{2 \cdot ${tp} + ${fp} + ${fn}} ${is(o.f1)}`,
      'f1',
    ),
  ],
});

/**
 * Errors of predictions[B][D] in their common summaries: sse, mse over all B*D entries (PyTorch's mean), halfMse =
 * mse/2, rmse, mae, and the gradient 2e/(B*D) of mse.
 */
export const regressionErrors = define({
  name: 'regressionErrors',
  title: say('回归误差的各种度量', 'Measures of regression error'),
  fields: { predictions: matrix('B', 'D'), targets: matrix('B', 'D') },
  example: {
    predictions: [
      [1, 2],
      [3, 5],
    ],
    targets: [
      [0, 4],
      [3, 2],
    ],
  },
  run: ({ predictions, targets }) => {
    const errors = mapMatrix(predictions, (value, i, j) => value - targets[i]![j]!);
    const flat = errors.flat();
    const sse = sum(flat.map((e) => e ** 2));
    const mse = sse / flat.length;
    return {
      errors,
      sse,
      mse,
      halfMse: mse / 2,
      rmse: Math.sqrt(mse),
      mae: mean(flat.map(Math.abs)),
      gradMse: mapMatrix(errors, (e) => (2 * e) / flat.length),
    };
  },
  explain: (_, o) => {
    const flat = o.errors.flat();
    return [
      line('误差 = 预测 − 目标', 'Error = prediction − target', tex`e = ${o.errors}`, 'errors'),
      line('平方和', 'Sum of squares', tex`${plus(flat.map((e) => `${br(e)}^2`))} ${is(o.sse)}`, 'sse'),
      line(
        '除以元素总数，不只是样本数',
        'Over all entries, not just over the samples',
        tex`\frac{${o.sse}}{${flat.length}} ${is(o.mse)}`,
        'mse',
      ),
      line('带 ½ 的约定', 'The convention with ½', tex`\frac{${o.mse}}{2} ${is(o.halfMse)}`, 'halfMse'),
      line('开方', 'Its root', tex`\sqrt{${o.mse}} ${is(o.rmse)}`, 'rmse'),
      line(
        '绝对误差的平均',
        'Mean of the absolute errors',
        tex`\frac{1}{${flat.length}}\left(${plus(flat.map((e) => `|${num(e)}|`))}\right) ${is(o.mae)}`,
        'mae',
      ),
      line('MSE 的梯度', 'Gradient of the MSE', tex`\frac{2}{${flat.length}}\,e = ${o.gradMse}`, 'gradMse'),
    ];
  },
});
