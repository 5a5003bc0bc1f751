import { define, line, say } from './define.ts';
import { integer, matrix, orNull, positive, real } from './fields.ts';
import { br, is, tex } from './latex.ts';
import { mapMatrix, multiply } from './linear-algebra.ts';

const size = () => integer(1);

/**
 * LoRA parameters: r (d + k) for each adapted d x k matrix, times matrices and layers; `baseParameters` null, or the
 * frozen model's size for the ratio. The scale alpha adds none.
 */
export const loraParameters = define({
  name: 'loraParameters',
  title: say('LoRA 的可训练参数量', 'Trainable parameters of LoRA'),
  fields: {
    rows: size(),
    columns: size(),
    rank: size(),
    matricesPerLayer: size(),
    layers: size(),
    baseParameters: orNull(positive()),
  },
  example: {
    rows: 4096,
    columns: 4096,
    rank: 8,
    matricesPerLayer: 2,
    layers: 32,
    baseParameters: 6_738_415_616,
  },
  run: ({ rows, columns, rank, matricesPerLayer, layers, baseParameters }) => {
    const perMatrix = rank * (rows + columns);
    const total = perMatrix * matricesPerLayer * layers;
    return {
      perMatrix,
      matrixShare: perMatrix / (rows * columns),
      total,
      modelShare: baseParameters === null ? null : total / baseParameters,
    };
  },
  explain: ({ rows, columns, rank, matricesPerLayer, layers, baseParameters }, o) => [
    line(
      '两个细长矩阵 B 与 A',
      'Two thin matrices, B and A',
      tex`r(d+k) = ${rank} \cdot (${rows} + ${columns}) = ${o.perMatrix}`,
      'perMatrix',
    ),
    line(
      '占原矩阵的比例',
      'Share of the full matrix',
      tex`\frac{${o.perMatrix}}{${rows} \cdot ${columns}} ${is(o.matrixShare)}`,
      'matrixShare',
    ),
    line(
      '每个被适配的矩阵都要一份',
      'One pair for every adapted matrix',
      tex`${o.perMatrix} \cdot ${matricesPerLayer} \cdot ${layers} = ${o.total}`,
      'total',
    ),
    ...(baseParameters === null || o.modelShare === null
      ? []
      : [
          line(
            '占整个模型的比例',
            'Share of the whole model',
            tex`\frac{${o.total}}{${baseParameters}} ${is(o.modelShare)}`,
            'modelShare',
          ),
        ]),
  ],
});

/** LoRA's merged weight W + (alpha / r) B A, with W[d][k], B[d][r], A[r][k]. Hu et al. 2021, §4.1. */
export const loraMerge = define({
  name: 'loraMerge',
  title: say('合并 LoRA 权重', 'Merging LoRA weights'),
  fields: { W: matrix('d', 'k'), B: matrix('d', 'r'), A: matrix('r', 'k'), alpha: real() },
  example: {
    W: [
      [1, 0],
      [0, 1],
    ],
    B: [[1], [2]],
    A: [[0.5, 1]],
    alpha: 2,
  },
  run: ({ W, B, A, alpha }) => {
    const scaling = alpha / A.length;
    const delta = mapMatrix(multiply(B, A), (value) => scaling * value);
    return { scaling, delta, merged: mapMatrix(W, (value, i, j) => value + delta[i]![j]!) };
  },
  explain: ({ A, alpha }, { scaling, delta, merged }) => [
    line(
      '缩放系数',
      'The scale',
      tex`\frac{\alpha}{r} = \frac{${alpha}}{${A.length}} ${is(scaling)}`,
      'scaling',
    ),
    line(
      '低秩更新',
      'The low-rank update',
      tex`\Delta W = \frac{\alpha}{r} BA = ${br(scaling)} \cdot BA = ${delta}`,
      'delta',
    ),
    line('加到冻结的权重上', 'Added to the frozen weight', tex`W + \Delta W = ${merged}`, 'merged'),
  ],
});
