import { define, line, refuse, say } from './define.ts';
import { decay, entry, integer, positive, real, vector } from './fields.ts';
import { br, is, tex } from './latex.ts';

/** Standard deviations and uniform bounds of He (2/fanIn), Xavier (2/(fanIn+fanOut)) and LeCun (1/fanIn) initialisation. */
export const initialization = define({
  name: 'initialization',
  title: say('权重初始化', 'Weight initialisation'),
  fields: { fanIn: integer(1), fanOut: integer(1) },
  example: { fanIn: 512, fanOut: 256 },
  run: ({ fanIn, fanOut }) => ({
    heStd: Math.sqrt(2 / fanIn),
    heBound: Math.sqrt(6 / fanIn),
    xavierStd: Math.sqrt(2 / (fanIn + fanOut)),
    xavierBound: Math.sqrt(6 / (fanIn + fanOut)),
    lecunStd: Math.sqrt(1 / fanIn),
  }),
  explain: ({ fanIn, fanOut }, o) => [
    line(
      'He：方差 2/n_in，配 ReLU',
      'He: variance 2/n_in, for ReLU',
      tex`\sqrt{\frac{2}{${fanIn}}} ${is(o.heStd)}`,
      'heStd',
    ),
    line(
      'He 的均匀分布边界：√3 倍标准差',
      'Bound of the uniform He: √3 standard deviations',
      tex`\sqrt{\frac{6}{${fanIn}}} ${is(o.heBound)}`,
      'heBound',
    ),
    line(
      'Xavier：兼顾前向与反向',
      'Xavier: a compromise between forward and backward',
      tex`\sqrt{\frac{2}{${fanIn} + ${fanOut}}} ${is(o.xavierStd)}`,
      'xavierStd',
    ),
    line(
      'Xavier 的均匀分布边界',
      'Bound of the uniform Xavier',
      tex`\sqrt{\frac{6}{${fanIn} + ${fanOut}}} ${is(o.xavierBound)}`,
      'xavierBound',
    ),
    line(
      'LeCun：方差 1/n_in',
      'LeCun: variance 1/n_in',
      tex`\sqrt{\frac{1}{${fanIn}}} ${is(o.lecunStd)}`,
      'lecunStd',
    ),
  ],
});

/** Gradient factor through `depth` layers that each multiply it by slope * weight. */
export const depthGradient = define({
  name: 'depthGradient',
  title: say('梯度穿过多层', 'A gradient through many layers'),
  fields: { slope: real(), weight: real(), depth: integer(0, 100_000) },
  example: { slope: 0.25, weight: 1, depth: 10 },
  run: ({ slope, weight, depth }) => ({ factor: slope * weight, gradient: (slope * weight) ** depth }),
  explain: ({ slope, weight, depth }, { factor, gradient }) => [
    line(
      '每层乘一个因子',
      'Every layer multiplies by one factor',
      tex`\phi' w = ${br(slope)} \cdot ${br(weight)} ${is(factor)}`,
      'factor',
    ),
    line('连乘 L 次', 'L times over', tex`${br(factor)}^{${depth}} ${is(gradient)}`, 'gradient'),
  ],
});

/** The fewest layers after which a gradient that each layer multiplies by `factor` is at most `threshold` of itself. */
export const vanishingDepth = define({
  name: 'vanishingDepth',
  title: say('梯度消失所需的层数', 'Layers until a gradient vanishes'),
  fields: { factor: positive(), threshold: positive() },
  example: { factor: 0.25, threshold: 1e-6 },
  run: ({ factor, threshold }) => {
    if (factor >= 1) refuse('factor', factor, 'a number between 0 and 1: otherwise nothing vanishes');
    if (threshold >= 1) refuse('threshold', threshold, 'a number between 0 and 1');
    const exact = Math.log(threshold) / Math.log(factor);
    // A whole number that rounding has nudged upwards must not cost a layer.
    const nearest = Math.round(exact);
    return { exact, layers: Math.abs(exact - nearest) < 1e-9 ? nearest : Math.ceil(exact) };
  },
  explain: ({ factor, threshold }, { exact, layers }) => [
    line(
      '解 f^L = 阈值',
      'Solve f^L = threshold',
      tex`L = \frac{\ln ${br(threshold)}}{\ln ${factor}} ${is(exact)}`,
      'exact',
    ),
    line('层数向上取整', 'Layers are whole: round up', tex`\lceil ${exact} \rceil = ${layers}`, 'layers'),
  ],
});

/**
 * Inverted dropout as in PyTorch: in training kept entries are scaled by 1/(1-p), dropped ones are 0; evaluation
 * changes nothing. keep[n] holds 1 for kept, 0 for dropped.
 */
export const dropout = define({
  name: 'dropout',
  title: say('Dropout（反向缩放）', 'Inverted dropout'),
  fields: { x: vector('n'), keep: vector('n', entry.bit), p: decay() },
  example: { x: [1, 2, 3, 4], keep: [1, 0, 1, 1], p: 0.25 },
  run: ({ x, keep, p }) => ({
    scale: 1 / (1 - p),
    training: x.map((value, i) => (keep[i] === 1 ? value / (1 - p) : 0)),
    evaluation: x,
    expectedKept: x.length * (1 - p),
  }),
  explain: ({ x, p }, o) => [
    line(
      '训练时放大，使期望不变',
      'Scale up in training, to keep the expectation',
      tex`\frac{1}{1-p} = \frac{1}{1-${p}} ${is(o.scale)}`,
      'scale',
    ),
    line(
      '留下的放大，丢弃的为 0',
      'Kept entries are scaled, dropped ones are 0',
      tex`${o.training}`,
      'training',
    ),
    line('推理时原样通过', 'At inference nothing changes', tex`${o.evaluation}`, 'evaluation'),
    line(
      '期望留下的单元数',
      'Units kept on average',
      tex`${x.length} \cdot (1-${p}) ${is(o.expectedKept)}`,
      'expectedKept',
    ),
  ],
});
