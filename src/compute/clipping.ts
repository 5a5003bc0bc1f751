import { define, line, say } from './define.ts';
import { nonNegative, vectors } from './fields.ts';
import { br, is, plus, tex, vec } from './latex.ts';
import { norm } from './linear-algebra.ts';

/** torch.nn.utils.clip_grad_norm_ adds this to the norm. */
const NORM_EPS = 1e-6;

const list = (tensors: readonly (readonly number[])[]) => tensors.map(vec).join(',\\ ');

/**
 * Clips a list of gradient vectors by their joint 2-norm: one factor min(1, maxNorm / (totalNorm + 1e-6)) for all.
 * torch.nn.utils.clip_grad_norm_.
 */
export const clipGradNorm = define({
  name: 'clipGradNorm',
  title: say('按全局范数裁剪梯度', 'Gradient clipping by global norm'),
  fields: { grads: vectors(), maxNorm: nonNegative() },
  example: { grads: [[3, 4], [12]], maxNorm: 2 },
  run: ({ grads, maxNorm }) => {
    const totalNorm = norm(grads.map(norm));
    const clipCoef = Math.min(1, maxNorm / (totalNorm + NORM_EPS));
    return { totalNorm, clipCoef, clipped: grads.map((grad) => grad.map((value) => value * clipCoef)) };
  },
  explain: ({ grads, maxNorm }, { totalNorm, clipCoef, clipped }) => [
    line(
      '所有张量拼在一起求 L2 范数',
      'The 2-norm over all tensors together',
      tex`\lVert g \rVert = \sqrt{${plus(grads.flat().map((value) => `${br(value)}^2`))}} ${is(totalNorm)}`,
      'totalNorm',
    ),
    line(
      clipCoef < 1 ? '超过上限：所有张量乘同一个系数' : '没有超过上限：系数为 1，梯度不变',
      clipCoef < 1
        ? 'Above the limit: one factor for every tensor'
        : 'Within the limit: the factor is 1 and nothing changes',
      tex`c = \min\left(1, \frac{${maxNorm}}{${totalNorm} + 10^{-6}}\right) ${is(clipCoef)}`,
      'clipCoef',
    ),
    line('乘上系数', 'Apply the factor', `c\\,g = ${list(clipped)}`, 'clipped'),
  ],
});

/** Clamps every entry to [-clipValue, clipValue]. torch.nn.utils.clip_grad_value_. */
export const clipGradValue = define({
  name: 'clipGradValue',
  title: say('按值裁剪梯度', 'Gradient clipping by value'),
  fields: { grads: vectors(), clipValue: nonNegative() },
  example: { grads: [[3, -4], [0.5]], clipValue: 1 },
  run: ({ grads, clipValue }) => ({
    clipped: grads.map((grad) => grad.map((value) => Math.min(clipValue, Math.max(-clipValue, value)))),
  }),
  explain: ({ grads, clipValue }, { clipped }) => [
    line(
      '每个分量单独截断：方向可能改变',
      'Every entry is clamped on its own: the direction may change',
      tex`g_1 = ${grads[0]![0]!} \ \mapsto\ \min(${clipValue}, \max(-${clipValue}, ${grads[0]![0]!})) ${is(clipped[0]![0]!)}`,
    ),
    line('全部分量', 'All entries', `${list(grads)} \\ \\mapsto\\ ${list(clipped)}`, 'clipped'),
  ],
});
