import { define, line, say } from './define.ts';
import { flag, integer } from './fields.ts';
import { br, is, tex } from './latex.ts';

const size = () => integer(1);

/** One encoder layer with biases: 4 (H^2+H) attention, 2 H I + I + H feed-forward, 4 H in two LayerNorms. */
const encoderLayer = (H: number, I: number) => {
  const attention = 4 * (H * H + H);
  const feedForward = 2 * H * I + I + H;
  const norms = 4 * H;
  return { attention, feedForward, norms, perLayer: attention + feedForward + norms };
};

const layerLines = (H: number, I: number) => {
  const { attention, feedForward, norms } = encoderLayer(H, I);
  return [
    line(
      '注意力：Q、K、V、O 各一个 H×H 加偏置；头只是切分 H',
      'Attention: Q, K, V, O each H×H with bias; heads only split H',
      tex`4(H^2+H) = 4(${br(H)}^2 + ${H}) = ${attention}`,
      'attentionPerLayer',
    ),
    line(
      '前馈：两个矩阵加偏置',
      'Feed-forward: two matrices with biases',
      tex`2HI + I + H = 2 \cdot ${H} \cdot ${I} + ${I} + ${H} = ${feedForward}`,
      'feedForwardPerLayer',
    ),
    line(
      '加上两个 LayerNorm，得到一层',
      'Two LayerNorms complete the layer',
      tex`${attention} + ${feedForward} + 4 \cdot ${H} = ${attention + feedForward + norms}`,
      'perLayer',
    ),
  ];
};

const encoderFields = {
  vocabulary: size(),
  positions: size(),
  segments: integer(0),
  hidden: size(),
  layers: size(),
  intermediate: size(),
  pooler: flag(),
};

/**
 * Parameters of a BERT encoder: embeddings (V+P+S) H + 2H, L layers, pooler H^2+H if asked for; no task heads.
 * bert-base-uncased: 109,482,240. Devlin et al. 2019; transformers BertModel.
 */
export const bertParameters = define({
  name: 'bertParameters',
  title: say('BERT 的参数量', 'Parameters of BERT'),
  fields: encoderFields,
  example: {
    vocabulary: 30_522,
    positions: 512,
    segments: 2,
    hidden: 768,
    layers: 12,
    intermediate: 3072,
    pooler: true,
  },
  run: ({ vocabulary, positions, segments, hidden: H, layers, intermediate, pooler: withPooler }) => {
    const embeddings = (vocabulary + positions + segments) * H + 2 * H;
    const { attention, feedForward, perLayer } = encoderLayer(H, intermediate);
    const pooler = withPooler ? H * H + H : 0;
    const encoder = layers * perLayer;
    const total = embeddings + encoder + pooler;
    return {
      embeddings,
      attentionPerLayer: attention,
      feedForwardPerLayer: feedForward,
      perLayer,
      encoder,
      pooler,
      total,
      embeddingShare: embeddings / total,
    };
  },
  explain: ({ vocabulary, positions, segments, hidden: H, layers, intermediate }, o) => [
    line(
      '词、位置、段三张表，加一个 LayerNorm',
      'Word, position and segment tables, and one LayerNorm',
      tex`(V+P+S)H + 2H = (${vocabulary} + ${positions} + ${segments}) \cdot ${H} + 2 \cdot ${H} = ${o.embeddings}`,
      'embeddings',
    ),
    ...layerLines(H, intermediate),
    line('所有层', 'All layers', tex`${layers} \cdot ${o.perLayer} = ${o.encoder}`, 'encoder'),
    line('池化层', 'The pooler', o.pooler === 0 ? '0' : tex`H^2 + H = ${o.pooler}`, 'pooler'),
    line('总和', 'The sum', tex`${o.embeddings} + ${o.encoder} + ${o.pooler} = ${o.total}`, 'total'),
    line(
      '词嵌入部分的占比',
      'Share of the embeddings',
      tex`\frac{${o.embeddings}}{${o.total}} ${is(o.embeddingShare)}`,
      'embeddingShare',
    ),
  ],
});

/**
 * Parameters of an ALBERT encoder: factorised embeddings (V+P+S) E + 2E + (E H + H), one layer shared by all, pooler.
 * albert-base-v2: 11,683,584. Lan et al. 2020; transformers AlbertModel.
 */
export const albertParameters = define({
  name: 'albertParameters',
  title: say('ALBERT 的参数量', 'Parameters of ALBERT'),
  fields: { ...encoderFields, embedding: size() },
  example: {
    vocabulary: 30_000,
    positions: 512,
    segments: 2,
    hidden: 768,
    layers: 12,
    intermediate: 3072,
    pooler: true,
    embedding: 128,
  },
  run: ({
    vocabulary,
    positions,
    segments,
    hidden: H,
    layers,
    intermediate,
    pooler: withPooler,
    embedding: E,
  }) => {
    const embeddings = (vocabulary + positions + segments) * E + 2 * E;
    const projection = E * H + H;
    const { attention, feedForward, perLayer } = encoderLayer(H, intermediate);
    const pooler = withPooler ? H * H + H : 0;
    return {
      embeddings,
      projection,
      attentionPerLayer: attention,
      feedForwardPerLayer: feedForward,
      perLayer,
      sharingSaved: (layers - 1) * perLayer,
      pooler,
      total: embeddings + projection + perLayer + pooler,
    };
  },
  explain: ({ vocabulary, positions, segments, hidden: H, layers, intermediate, embedding: E }, o) => [
    line(
      '三张表的宽度只有 E，加一个 LayerNorm',
      'The three tables are only E wide, and one LayerNorm',
      tex`(V+P+S)E + 2E = (${vocabulary} + ${positions} + ${segments}) \cdot ${E} + 2 \cdot ${E} = ${o.embeddings}`,
      'embeddings',
    ),
    line(
      '从 E 投影到 H',
      'Projection from E to H',
      tex`EH + H = ${E} \cdot ${H} + ${H} = ${o.projection}`,
      'projection',
    ),
    ...layerLines(H, intermediate),
    line(
      `${layers} 层共用一份参数：省下 L−1 份`,
      `${layers} layers share one set: L−1 sets are saved`,
      tex`(${layers}-1) \cdot ${o.perLayer} = ${o.sharingSaved}`,
      'sharingSaved',
    ),
    line('池化层', 'The pooler', o.pooler === 0 ? '0' : tex`H^2 + H = ${o.pooler}`, 'pooler'),
    line(
      '总和（共享层只算一次）',
      'The sum (the shared layer counts once)',
      tex`${o.embeddings} + ${o.projection} + ${o.perLayer} + ${o.pooler} = ${o.total}`,
      'total',
    ),
  ],
});

/** ALBERT's embedding factorisation: V H against V E + E H (weights only); it saves while E < V H / (V + H). */
export const albertEmbedding = define({
  name: 'albertEmbedding',
  title: say('ALBERT 的词嵌入分解', 'Embedding factorisation of ALBERT'),
  fields: { vocabulary: size(), hidden: size(), embedding: size() },
  example: { vocabulary: 30_000, hidden: 768, embedding: 128 },
  run: ({ vocabulary: V, hidden: H, embedding: E }) => {
    const full = V * H;
    const factored = V * E + E * H;
    return {
      full,
      factored,
      saved: full - factored,
      savedShare: (full - factored) / full,
      breakEven: full / (V + H),
    };
  },
  explain: ({ vocabulary: V, hidden: H, embedding: E }, o) => [
    line('不分解', 'Without factorisation', tex`VH = ${V} \cdot ${H} = ${o.full}`, 'full'),
    line(
      '换成两个矩阵',
      'Two matrices instead',
      tex`VE + EH = ${V} \cdot ${E} + ${E} \cdot ${H} = ${o.factored}`,
      'factored',
    ),
    line('省下', 'Saved', tex`${o.full} - ${o.factored} = ${o.saved}`, 'saved'),
    line(
      '占原来的比例',
      'As a share of the original',
      tex`\frac{${o.saved}}{${o.full}} ${is(o.savedShare)}`,
      'savedShare',
    ),
    line(
      'E 小于此值才省',
      'It saves only while E is below',
      tex`\frac{VH}{V+H} = \frac{${o.full}}{${V + H}} ${is(o.breakEven)}`,
      'breakEven',
    ),
  ],
});
