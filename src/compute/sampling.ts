import { define, line, refuse, say } from './define.ts';
import { entry, fraction, integer, vector } from './fields.ts';
import { is, num, plus, tex } from './latex.ts';
import { sum } from './linear-algebra.ts';
import { checkDistribution } from './loss.ts';

/** Indices by falling probability; equals keep their order. */
const ranked = (probs: readonly number[]) => probs.map((_, i) => i).toSorted((a, b) => probs[b]! - probs[a]!);

/** The kept entries renormalised, 0 elsewhere, in the original order. */
const keep = (probs: readonly number[], kept: readonly number[]) => {
  const keptMass = sum(kept.map((i) => probs[i]!));
  return { kept: [...kept], keptMass, probs: probs.map((p, i) => (kept.includes(i) ? p / keptMass : 0)) };
};

const keepLines = (probs: readonly number[], o: { kept: number[]; keptMass: number; probs: number[] }) => [
  line(
    '保留的下标（从 0 起，概率从大到小）',
    'Indices kept (from 0, most probable first)',
    tex`${o.kept}`,
    'kept',
  ),
  line(
    '保留的总概率',
    'Their total probability',
    tex`${plus(o.kept.map((i) => num(probs[i]!)))} ${is(o.keptMass)}`,
    'keptMass',
  ),
  line(
    '重新归一化，其余为 0',
    'Renormalise; the rest are 0',
    tex`\frac{${probs[o.kept[0]!]!}}{${o.keptMass}} ${is(o.probs[o.kept[0]!]!)} \quad\Rightarrow\quad ${o.probs}`,
    'probs',
  ),
];

/** Top-k: the k most probable entries, renormalised; of equals the earlier. */
export const topK = define({
  name: 'topK',
  title: say('Top-k 采样', 'Top-k sampling'),
  fields: { probs: vector('n', entry.probability), k: integer(1) },
  example: { probs: [0.5, 0.3, 0.15, 0.05], k: 3 },
  run: ({ probs, k }) => {
    checkDistribution('probs', probs);
    if (k > probs.length) refuse('k', k, `at most ${probs.length}`);
    return keep(probs, ranked(probs).slice(0, k));
  },
  explain: ({ probs, k }, o) => [
    line('从大到小取前 k 个', 'Take the k largest', tex`k = ${k},\quad p = ${probs}`),
    ...keepLines(probs, o),
  ],
});

/** Sums of tenths miss their bound by rounding; a cumulative sum this close to p has reached it. */
const REACHED = 1e-12;

/**
 * Top-p (nucleus): the smallest prefix by falling probability whose sum reaches p, so the crossing entry is kept
 * (Hugging Face), renormalised. gpt2Count is how many GPT-2's released sampler keeps: those with cumulative sum <= p,
 * at least one.
 */
export const topP = define({
  name: 'topP',
  title: say('Top-p（核）采样', 'Top-p (nucleus) sampling'),
  fields: { probs: vector('n', entry.probability), p: fraction() },
  example: { probs: [0.5, 0.3, 0.15, 0.05], p: 0.7 },
  run: ({ probs, p }) => {
    checkDistribution('probs', probs);
    const order = ranked(probs);
    const sums = cumulative(probs, order);
    const reached = sums.findIndex((total) => total >= p - REACHED);
    const count = reached < 0 ? order.length : reached + 1;
    const gpt2Count = Math.max(1, sums.filter((total) => total <= p + REACHED).length);
    return { ...keep(probs, order.slice(0, count)), keptCount: count, gpt2Count };
  },
  explain: ({ probs, p }, o) => [
    line('从大到小累加', 'Add up from the largest', tex`${cumulative(probs, ranked(probs))}`),
    line(
      '保留到首次达到 p 的那一个（含）',
      'Keep up to and including the one that reaches p',
      tex`p = ${p} \quad\Rightarrow\quad ${o.keptCount}`,
      'keptCount',
    ),
    ...keepLines(probs, o),
    line(
      'GPT-2 原始代码只留累计不超过 p 的',
      "GPT-2's own code keeps only sums up to p",
      tex`${o.gpt2Count}`,
      'gpt2Count',
    ),
  ],
});

const cumulative = (probs: readonly number[], order: readonly number[]): number[] => {
  let total = 0;
  return order.map((i) => (total += probs[i]!));
};
