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

/**
 * Parameters of a GPT-2-like decoder, biases and LayerNorms included, output tied to the input table:
 * (V+P) H + L (12 H^2 + 13 H) + 2 H. GPT-2 small: 124,439,808.
 */
export const gptParameters = define({
  name: 'gptParameters',
  title: say('GPT-2 结构的参数量', 'Parameters of a GPT-2-like decoder'),
  fields: { vocabulary: size(), positions: size(), hidden: size(), layers: size() },
  example: { vocabulary: 50_257, positions: 1024, hidden: 768, layers: 12 },
  run: ({ vocabulary, positions, hidden: H, layers }) => {
    const embeddings = (vocabulary + positions) * H;
    const perLayer = 12 * H * H + 13 * H;
    return { embeddings, perLayer, total: embeddings + layers * perLayer + 2 * H };
  },
  explain: ({ vocabulary, positions, hidden: H, layers }, o) => [
    line(
      '词表（输入输出共用）与位置表',
      'Word table (shared with the output) and position table',
      tex`(V+P)H = (${vocabulary} + ${positions}) \cdot ${H} = ${o.embeddings}`,
      'embeddings',
    ),
    line(
      '每层：注意力 4H²，前馈 8H²，偏置与归一化共 13H',
      'Each layer: attention 4H², feed-forward 8H², biases and norms 13H',
      tex`12H^2 + 13H = 12 \cdot ${br(H)}^2 + 13 \cdot ${H} = ${o.perLayer}`,
      'perLayer',
    ),
    line(
      '加上所有层与最后的 LayerNorm',
      'All layers and the final LayerNorm',
      tex`${o.embeddings} + ${layers} \cdot ${o.perLayer} + 2 \cdot ${H} = ${o.total}`,
      'total',
    ),
  ],
});

/**
 * Forward FLOPs a token and layer: 24 H^2 for the matrices of attention and a 4H feed-forward layer, 4 n H for the
 * scores over n tokens and their average of V; the quadratic part is n / (6H + n) of the whole. Full attention.
 */
export const attentionShare = define({
  name: 'attentionShare',
  title: say('注意力平方项的计算占比', 'Share of the quadratic part of attention'),
  fields: { hidden: size(), tokens: size() },
  example: { hidden: 768, tokens: 512 },
  run: ({ hidden: H, tokens: n }) => {
    const matrixFlops = 24 * H * H;
    const scoreFlops = 4 * n * H;
    return { matrixFlops, scoreFlops, share: scoreFlops / (matrixFlops + scoreFlops), evenAt: 6 * H };
  },
  explain: ({ hidden: H, tokens: n }, o) => [
    line(
      '权重矩阵：每个参数 2 次运算，每层 12H² 个参数',
      'Weight matrices: 2 operations a parameter, 12H² parameters a layer',
      tex`2 \cdot 12 \cdot ${br(H)}^2 = ${o.matrixFlops}`,
      'matrixFlops',
    ),
    line(
      'QKᵀ 与加权求和，各 2nH',
      'QKᵀ and the weighted sum, 2nH each',
      tex`4 \cdot ${n} \cdot ${H} = ${o.scoreFlops}`,
      'scoreFlops',
    ),
    line(
      '平方项的占比',
      'Share of the quadratic part',
      tex`\frac{n}{6H+n} = \frac{${n}}{6 \cdot ${H} + ${n}} ${is(o.share)}`,
      'share',
    ),
    line('各占一半时的长度', 'Length at which it is half', tex`n = 6H = ${o.evenAt}`, 'evenAt'),
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
