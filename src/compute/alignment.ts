import { logSigmoid, sigmoid } from './activation.ts';
import { define, line, refuse, say } from './define.ts';
import { entry, fraction, integer, nonNegative, real, vector } from './fields.ts';
import { br, is, num, plus, signed, tex } from './latex.ts';
import { sum } from './linear-algebra.ts';

/** Bradley-Terry reward model on one pair: P = sigma(r_w - r_l), loss -ln P, d loss / d r_w = -(1 - P). */
export const rewardModelLoss = define({
  name: 'rewardModelLoss',
  title: say('奖励模型的损失', 'Loss of a reward model'),
  fields: { chosen: real(), rejected: real() },
  example: { chosen: 2, rejected: 0.9 },
  run: ({ chosen, rejected }) => {
    const difference = chosen - rejected;
    return {
      difference,
      probability: sigmoid(difference),
      loss: -logSigmoid(difference),
      gradChosen: -sigmoid(-difference),
    };
  },
  explain: ({ chosen, rejected }, o) => [
    line(
      '只有差值起作用',
      'Only the difference matters',
      tex`\Delta = ${chosen} ${signed(-rejected)} ${is(o.difference)}`,
      'difference',
    ),
    line(
      '偏好概率',
      'Probability of the preference',
      tex`P = \sigma(${o.difference}) = \frac{1}{1 + e^{${-o.difference}}} ${is(o.probability)}`,
      'probability',
    ),
    line('损失', 'The loss', tex`-\ln ${o.probability} ${is(o.loss)}`, 'loss'),
    line(
      '对被选回答得分的梯度',
      "Gradient with respect to the chosen answer's score",
      tex`-(1 - ${o.probability}) ${is(o.gradChosen)}`,
      'gradChosen',
    ),
  ],
});

/** Pairs among K ranked answers: K (K-1) / 2. */
export const preferencePairs = define({
  name: 'preferencePairs',
  title: say('排序产生的偏好对数', 'Preference pairs of a ranking'),
  fields: { answers: integer(0) },
  example: { answers: 4 },
  run: ({ answers }) => ({ pairs: (answers * (answers - 1)) / 2 }),
  explain: ({ answers }, { pairs }) => [
    line(
      'K 个回答两两比较',
      'Every two of K answers',
      tex`\binom{${answers}}{2} = \frac{${answers} \cdot ${br(answers - 1)}}{2} = ${pairs}`,
      'pairs',
    ),
  ],
});

/** RLHF reward with a KL penalty summed over the answer's tokens: R = r - beta sum ln(policy / reference). */
export const klPenalizedReward = define({
  name: 'klPenalizedReward',
  title: say('带 KL 惩罚的奖励', 'Reward with a KL penalty'),
  fields: {
    reward: real(),
    beta: nonNegative(),
    policyProbs: vector('T', entry.probability),
    referenceProbs: vector('T', entry.probability),
  },
  example: { reward: 1, beta: 0.1, policyProbs: [0.4, 0.4, 0.1], referenceProbs: [0.2, 0.2, 0.2] },
  run: ({ reward, beta, policyProbs, referenceProbs }) => {
    for (const [name, probs] of Object.entries({ policyProbs, referenceProbs })) {
      const zero = probs.indexOf(0);
      if (zero >= 0) refuse(`${name}[${zero}]`, 0, 'a probability above 0');
    }
    const logRatios = policyProbs.map((p, t) => Math.log(p / referenceProbs[t]!));
    const logRatioSum = sum(logRatios);
    return { logRatios, logRatioSum, penalty: beta * logRatioSum, total: reward - beta * logRatioSum };
  },
  explain: ({ reward, beta, policyProbs, referenceProbs }, o) => [
    line(
      '每个词元的对数比',
      'Log-ratio of each token',
      tex`\ln\frac{${policyProbs[0]!}}{${referenceProbs[0]!}} ${is(o.logRatios[0]!)} \quad\Rightarrow\quad ${o.logRatios}`,
      'logRatios',
    ),
    line(
      '对词元求和',
      'Sum over the tokens',
      tex`${plus(o.logRatios.map(br))} ${is(o.logRatioSum)}`,
      'logRatioSum',
    ),
    line('乘以 β', 'Times β', tex`${beta} \cdot ${br(o.logRatioSum)} ${is(o.penalty)}`, 'penalty'),
    line(
      '从奖励里减去',
      'Subtract it from the reward',
      tex`${reward} ${signed(-o.penalty)} ${is(o.total)}`,
      'total',
    ),
  ],
});

/** DPO on one pair from sequence log-probabilities: -ln sigma(beta ((ln pi_w - ln ref_w) - (ln pi_l - ln ref_l))). */
export const dpoLoss = define({
  name: 'dpoLoss',
  title: say('DPO 损失', 'DPO loss'),
  fields: {
    policyChosen: real(),
    policyRejected: real(),
    referenceChosen: real(),
    referenceRejected: real(),
    beta: nonNegative(),
  },
  example: {
    policyChosen: Math.log(0.4),
    policyRejected: Math.log(0.1),
    referenceChosen: Math.log(0.2),
    referenceRejected: Math.log(0.4),
    beta: 0.1,
  },
  run: ({ policyChosen, policyRejected, referenceChosen, referenceRejected, beta }) => {
    const rewardChosen = beta * (policyChosen - referenceChosen);
    const rewardRejected = beta * (policyRejected - referenceRejected);
    const margin = rewardChosen - rewardRejected;
    return { rewardChosen, rewardRejected, margin, probability: sigmoid(margin), loss: -logSigmoid(margin) };
  },
  explain: ({ policyChosen, policyRejected, referenceChosen, referenceRejected, beta }, o) => [
    line(
      '被选回答的隐式奖励',
      'Implicit reward of the chosen answer',
      tex`\beta(\ln\pi_w - \ln\pi_w^{ref}) = ${beta}\,(${policyChosen} ${signed(-referenceChosen)}) ${is(o.rewardChosen)}`,
      'rewardChosen',
    ),
    line(
      '被拒回答的隐式奖励',
      'Implicit reward of the rejected answer',
      tex`\beta(\ln\pi_l - \ln\pi_l^{ref}) = ${beta}\,(${policyRejected} ${signed(-referenceRejected)}) ${is(o.rewardRejected)}`,
      'rewardRejected',
    ),
    line(
      '两者之差',
      'Their difference',
      tex`${o.rewardChosen} ${signed(-o.rewardRejected)} ${is(o.margin)}`,
      'margin',
    ),
    line(
      '偏好概率',
      'Probability of the preference',
      tex`\sigma(${num(o.margin)}) ${is(o.probability)}`,
      'probability',
    ),
    line('损失', 'The loss', tex`-\ln ${o.probability} ${is(o.loss)}`, 'loss'),
  ],
});

/** PPO's clipped surrogate for one action, to be maximised: min(r A, clip(r, 1-eps, 1+eps) A). Schulman et al. 2017, Eq. 7. */
export const ppoClip = define({
  name: 'ppoClip',
  title: say('PPO 的裁剪目标', 'Clipped objective of PPO'),
  fields: { ratio: nonNegative(), advantage: real(), epsilon: fraction() },
  example: { ratio: 1.5, advantage: 2, epsilon: 0.2 },
  run: ({ ratio, advantage, epsilon }) => {
    const clippedRatio = Math.min(1 + epsilon, Math.max(1 - epsilon, ratio));
    const unclipped = ratio * advantage;
    const clipped = clippedRatio * advantage;
    return { clippedRatio, unclipped, clipped, objective: Math.min(unclipped, clipped) };
  },
  explain: ({ ratio, advantage, epsilon }, o) => [
    line(
      '把概率比限制在 1±ε 之内',
      'Keep the probability ratio within 1±ε',
      tex`\mathrm{clip}(${ratio},\ 1 - ${epsilon},\ 1 + ${epsilon}) = ${o.clippedRatio}`,
      'clippedRatio',
    ),
    line(
      '不裁剪',
      'Without the clip',
      tex`rA = ${ratio} \cdot ${br(advantage)} ${is(o.unclipped)}`,
      'unclipped',
    ),
    line('裁剪', 'With the clip', tex`${o.clippedRatio} \cdot ${br(advantage)} ${is(o.clipped)}`, 'clipped'),
    line(
      '取较小者：只奖励到边界为止',
      'The smaller: no reward beyond the bound',
      tex`\min(${o.unclipped}, ${o.clipped}) ${is(o.objective)}`,
      'objective',
    ),
  ],
});
