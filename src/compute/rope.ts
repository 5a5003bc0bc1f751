import { define, line, refuse, say } from './define.ts';
import { positive, real, vector } from './fields.ts';
import { br, is, signed, tex } from './latex.ts';
import { dot } from './linear-algebra.ts';

const anglesOf = (d: number, position: number, base: number, path = 'x'): number[] => {
  if (d % 2 === 1) refuse(path, `length ${d}`, 'an even length: the entries turn in pairs');
  return Array.from({ length: d / 2 }, (_, i) => position * base ** ((-2 * i) / d));
};

/** Turns the pairs (x[first(i)], x[second(i)]) by the angles. */
const turn = (
  x: readonly number[],
  angles: readonly number[],
  first: (i: number) => number,
  second: (i: number) => number,
): number[] => {
  const turned = [...x];
  angles.forEach((angle, i) => {
    const [a, b] = [x[first(i)]!, x[second(i)]!];
    turned[first(i)] = a * Math.cos(angle) - b * Math.sin(angle);
    turned[second(i)] = a * Math.sin(angle) + b * Math.cos(angle);
  });
  return turned;
};

const interleaved = (x: readonly number[], angles: readonly number[]) =>
  turn(
    x,
    angles,
    (i) => 2 * i,
    (i) => 2 * i + 1,
  );

const halfSplit = (x: readonly number[], angles: readonly number[]) =>
  turn(
    x,
    angles,
    (i) => i,
    (i) => i + x.length / 2,
  );

const rotation = (a: number, b: number, angle: number, at: string, u: number, v: number) =>
  tex`\begin{aligned} ${at}: \quad & ${br(a)}\cos ${br(angle)} - ${br(b)}\sin ${br(angle)} ${is(u)} \\ & ${br(a)}\sin ${br(angle)} + ${br(b)}\cos ${br(angle)} ${is(v)} \end{aligned}`;

/**
 * Rotary position embedding of x[d], d even: angle_i = position * base^(-2i/d) for i = 0..d/2-1. `interleaved` pairs
 * (x_0,x_1), (x_2,x_3) …; `halfSplit` pairs (x_i, x_{i+d/2}). Su et al. 2021, §3.2.2.
 */
export const rope = define({
  name: 'rope',
  title: say('旋转位置编码 RoPE', 'Rotary position embedding (RoPE)'),
  fields: { x: vector('d'), position: real(), base: positive() },
  example: { x: [1, 2, 3, 4], position: 1, base: 10_000 },
  run: ({ x, position, base }) => {
    const angles = anglesOf(x.length, position, base);
    return { angles, interleaved: interleaved(x, angles), halfSplit: halfSplit(x, angles) };
  },
  explain: ({ x, position, base }, output) => {
    const [d, half] = [x.length, x.length / 2];
    const last = half - 1;
    return [
      line(
        '第 i 对转过的角度（i 从 0 起）',
        'The angle of pair i (i counts from 0)',
        tex`\theta_i = ${br(position)} \cdot ${br(base)}^{-2i/${d}} \quad\Rightarrow\quad \theta = ${output.angles}`,
        'angles',
      ),
      line(
        '相邻配对：第 0 对是 (x₀, x₁)',
        'Adjacent pairs: pair 0 is (x₀, x₁)',
        rotation(x[0]!, x[1]!, output.angles[0]!, 'x_0, x_1', output.interleaved[0]!, output.interleaved[1]!),
      ),
      line('相邻配对的结果', 'The result with adjacent pairs', tex`${output.interleaved}`, 'interleaved'),
      line(
        '前后两半配对：第 i 对是 (xᵢ, xᵢ₊d/₂)',
        'Halves paired: pair i is (xᵢ, xᵢ₊d/₂)',
        rotation(
          x[last]!,
          x[d - 1]!,
          output.angles[last]!,
          tex`x_{${last}}, x_{${d - 1}}`,
          output.halfSplit[last]!,
          output.halfSplit[d - 1]!,
        ),
      ),
      line('前后两半配对的结果', 'The result with halves paired', tex`${output.halfSplit}`, 'halfSplit'),
    ];
  },
});

/**
 * The score q_m . k_n of a query at `queryPosition` and a key at `keyPosition` after rotation (adjacent pairs); it
 * depends on the positions' difference only.
 */
export const ropeScore = define({
  name: 'ropeScore',
  title: say('RoPE 之后的注意力得分', 'Attention score after RoPE'),
  fields: { q: vector('d'), k: vector('d'), queryPosition: real(), keyPosition: real(), base: positive() },
  example: { q: [1, 0], k: [1, 1], queryPosition: 3, keyPosition: 1, base: 10_000 },
  run: ({ q, k, queryPosition, keyPosition, base }) => {
    const rotatedQ = interleaved(q, anglesOf(q.length, queryPosition, base, 'q'));
    const rotatedK = interleaved(k, anglesOf(k.length, keyPosition, base, 'k'));
    return { rotatedQ, rotatedK, score: dot(rotatedQ, rotatedK) };
  },
  explain: ({ queryPosition, keyPosition }, { rotatedQ, rotatedK, score }) => [
    line(
      '查询按自己的位置旋转',
      'Rotate the query by its position',
      tex`R_{${queryPosition}}\,q = ${rotatedQ}`,
      'rotatedQ',
    ),
    line(
      '键按自己的位置旋转',
      'Rotate the key by its position',
      tex`R_{${keyPosition}}\,k = ${rotatedK}`,
      'rotatedK',
    ),
    line(
      '点积只取决于相对位置',
      'The dot product depends on the relative position only',
      tex`q^\top R_{${keyPosition} ${signed(-queryPosition)}}\,k ${is(score)}`,
      'score',
    ),
  ],
});
