import { define, line, refuse, say } from './define.ts';
import { flag, integer } from './fields.ts';
import { br, is, tex } from './latex.ts';

const size = () => integer(1);

const headDimension = (hidden: number, heads: number, kvHeads: number) => {
  if (hidden % heads !== 0) refuse('heads', heads, `a divisor of hidden, ${hidden}`);
  if (heads % kvHeads !== 0) refuse('kvHeads', kvHeads, `a divisor of heads, ${heads}`);
  return hidden / heads;
};

/** Weights of an attention block without biases, head dimension hidden/heads: 2 H^2 + 2 H n_kv d_h. */
export const attentionParameters = define({
  name: 'attentionParameters',
  title: say('注意力的参数量（MHA / GQA / MQA）', 'Parameters of attention (MHA / GQA / MQA)'),
  fields: { hidden: size(), heads: size(), kvHeads: size() },
  example: { hidden: 4096, heads: 32, kvHeads: 8 },
  run: ({ hidden: H, heads, kvHeads }) => {
    const headDim = headDimension(H, heads, kvHeads);
    const queryOutput = 2 * H * H;
    const keyValue = 2 * H * kvHeads * headDim;
    return {
      headDim,
      queryOutput,
      keyValue,
      total: queryOutput + keyValue,
      multiHead: 4 * H * H,
      savedShare: 1 - (queryOutput + keyValue) / (4 * H * H),
    };
  },
  explain: ({ hidden: H, heads, kvHeads }, o) => [
    line('每个头的维度', 'Dimension of a head', tex`d_h = \frac{${H}}{${heads}} = ${o.headDim}`, 'headDim'),
    line(
      'W_Q 与 W_O 不变',
      'W_Q and W_O are unchanged',
      tex`2H^2 = 2 \cdot ${br(H)}^2 = ${o.queryOutput}`,
      'queryOutput',
    ),
    line(
      '只有 W_K 与 W_V 变小',
      'Only W_K and W_V shrink',
      tex`2 H n_{kv} d_h = 2 \cdot ${H} \cdot ${kvHeads} \cdot ${o.headDim} = ${o.keyValue}`,
      'keyValue',
    ),
    line('合计', 'In all', tex`${o.queryOutput} + ${o.keyValue} = ${o.total}`, 'total'),
    line('多头注意力则是', 'Multi-head attention would take', tex`4H^2 = ${o.multiHead}`, 'multiHead'),
    line(
      '节省的比例',
      'Share saved',
      tex`1 - \frac{${o.total}}{${o.multiHead}} ${is(o.savedShare)}`,
      'savedShare',
    ),
  ],
});

/**
 * Parameters of a LLaMA-like decoder without biases: per layer 2 H^2 + 2 H n_kv d_h + 3 H F + 2 H; embeddings V H once
 * if tied, twice otherwise; one final norm. LLaMA-7B: 6,738,415,616.
 */
export const llamaParameters = define({
  name: 'llamaParameters',
  title: say('LLaMA 结构的参数量', 'Parameters of a LLaMA-like decoder'),
  fields: {
    vocabulary: size(),
    hidden: size(),
    layers: size(),
    heads: size(),
    kvHeads: size(),
    feedForward: size(),
    tied: flag(),
  },
  example: {
    vocabulary: 32_000,
    hidden: 4096,
    layers: 32,
    heads: 32,
    kvHeads: 32,
    feedForward: 11_008,
    tied: false,
  },
  run: ({ vocabulary, hidden: H, layers, heads, kvHeads, feedForward: F, tied }) => {
    const headDim = headDimension(H, heads, kvHeads);
    const attention = 2 * H * H + 2 * H * kvHeads * headDim;
    const perLayer = attention + 3 * H * F + 2 * H;
    const embeddings = vocabulary * H * (tied ? 1 : 2);
    return {
      attention,
      feedForward: 3 * H * F,
      perLayer,
      embeddings,
      total: embeddings + layers * perLayer + H,
    };
  },
  explain: ({ vocabulary, hidden: H, layers, heads, kvHeads, feedForward: F, tied }, o) => [
    line(
      '注意力',
      'Attention',
      tex`2H^2 + 2Hn_{kv}d_h = 2 \cdot ${br(H)}^2 + 2 \cdot ${H} \cdot ${kvHeads} \cdot ${H / heads} = ${o.attention}`,
      'attention',
    ),
    line(
      'SwiGLU 有三个矩阵',
      'SwiGLU has three matrices',
      tex`3 H d_{ff} = 3 \cdot ${H} \cdot ${F} = ${o.feedForward}`,
      'feedForward',
    ),
    line(
      '每层再加两个 RMSNorm 向量；RoPE 没有参数',
      'Two RMSNorm vectors complete a layer; RoPE has no parameters',
      tex`${o.attention} + ${o.feedForward} + 2 \cdot ${H} = ${o.perLayer}`,
      'perLayer',
    ),
    line(
      tied ? '输入输出共用一张词表' : '输入、输出各一张词表',
      tied ? 'One table for input and output' : 'One table for the input, one for the output',
      tex`${tied ? '' : '2 \\cdot '}VH = ${tied ? '' : '2 \\cdot '}${vocabulary} \cdot ${H} = ${o.embeddings}`,
      'embeddings',
    ),
    line(
      '加上所有层与最后的归一化',
      'All layers and the final norm',
      tex`${o.embeddings} + ${layers} \cdot ${o.perLayer} + ${H} = ${o.total}`,
      'total',
    ),
  ],
});

/** SwiGLU width in LLaMA's code: floor(2/3 * 4 H), rounded up to `multipleOf`; 3 H F parameters against 8 H^2. */
export const swigluFfn = define({
  name: 'swigluFfn',
  title: say('SwiGLU 的宽度与参数量', 'Width and parameters of SwiGLU'),
  fields: { hidden: size(), multipleOf: size() },
  example: { hidden: 4096, multipleOf: 256 },
  run: ({ hidden: H, multipleOf }) => {
    const unrounded = Math.floor((8 * H) / 3);
    const width = Math.ceil(unrounded / multipleOf) * multipleOf;
    return { unrounded, width, parameters: 3 * H * width, plainParameters: 8 * H * H };
  },
  explain: ({ hidden: H, multipleOf }, o) => [
    line(
      '三个矩阵要与两个矩阵参数相当：宽度乘 2/3',
      'Three matrices should cost as much as two: shrink the width by 2/3',
      tex`\left\lfloor \tfrac23 \cdot 4 \cdot ${H} \right\rfloor = ${o.unrounded}`,
      'unrounded',
    ),
    line(
      `向上取到 ${multipleOf} 的倍数`,
      `Round up to a multiple of ${multipleOf}`,
      tex`${multipleOf} \cdot \left\lceil \frac{${o.unrounded}}{${multipleOf}} \right\rceil = ${o.width}`,
      'width',
    ),
    line(
      '三个矩阵的参数量',
      'Parameters of the three matrices',
      tex`3 \cdot ${H} \cdot ${o.width} = ${o.parameters}`,
      'parameters',
    ),
    line(
      '普通两矩阵前馈（宽 4H）',
      'A plain two-matrix layer of width 4H',
      tex`8H^2 = ${o.plainParameters}`,
      'plainParameters',
    ),
  ],
});
