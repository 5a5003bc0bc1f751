import { define, line, say } from './define.ts';
import { flag, matrix } from './fields.ts';
import { is, products, tex } from './latex.ts';
import { column, dot, mapMatrix, multiply, transpose } from './linear-algebra.ts';
import { softmaxOf } from './softmax.ts';

/**
 * Scaled dot-product attention: scores = Q K^T / sqrt(d_k), with -Infinity above the diagonal where causal (query i
 * sees keys 1..i), weights = softmax by row, output = weights V. Q[n][d], K[m][d], V[m][e]. Vaswani et al. 2017, §3.2.1.
 */
export const attention = define({
  name: 'attention',
  title: say('缩放点积注意力', 'Scaled dot-product attention'),
  fields: { Q: matrix('n', 'd'), K: matrix('m', 'd'), V: matrix('m', 'e'), causal: flag() },
  example: {
    Q: [
      [1, 0, 1, 0],
      [0, 2, 0, 2],
    ],
    K: [
      [1, 1, 1, 1],
      [0, 1, 0, 1],
    ],
    V: [
      [1, 0],
      [0, 1],
    ],
    causal: false,
  },
  run: ({ Q, K, V, causal }) => {
    const scale = Math.sqrt(K[0]!.length);
    const scores = mapMatrix(multiply(Q, transpose(K)), (value) => value / scale);
    const maskedScores = mapMatrix(scores, (value, i, j) => (causal && j > i ? -Infinity : value));
    const weights = maskedScores.map((row) => softmaxOf(row));
    return { scores, maskedScores, weights, output: multiply(weights, V) };
  },
  explain: ({ Q, K, V, causal }, { scores, maskedScores, weights, output }) => {
    const [query, key, d] = [Q[0]!, K[0]!, K[0]!.length];
    const last = weights.length - 1;
    const values = column(V, 0);
    return [
      line(
        '查询 1 与键 1 的点积，除以 √d',
        'Dot product of query 1 and key 1, over √d',
        tex`s_{11} = \frac{${products(query, key)}}{\sqrt{${d}}} = \frac{${dot(query, key)}}{${Math.sqrt(d)}} ${is(scores[0]![0]!)}`,
      ),
      line('所有得分', 'All scores', tex`S = \frac{QK^\top}{\sqrt{${d}}} = ${scores}`, 'scores'),
      line(
        causal ? '因果掩码：位置 t 只看 1…t' : '没有掩码',
        causal ? 'Causal mask: position t sees 1…t only' : 'No mask',
        tex`S' = ${maskedScores}`,
        'maskedScores',
      ),
      line(
        '按行做 softmax，每行之和为 1',
        'Softmax by row; each row sums to 1',
        tex`A = ${weights}`,
        'weights',
      ),
      line(
        `按权重平均 V（第 ${last + 1} 个查询的第一维）`,
        `Average V with the weights (query ${last + 1}, first dimension)`,
        tex`o_{${last + 1},1} = ${products(weights[last]!, values)} ${is(output[last]![0]!)}`,
      ),
      line('输出', 'The output', tex`O = AV = ${output}`, 'output'),
    ];
  },
});
