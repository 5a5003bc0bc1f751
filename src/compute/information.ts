import { define, line, refuse, say } from './define.ts';
import { entry, vector } from './fields.ts';
import { br, is, num, plus, products, tex } from './latex.ts';
import { mean, sum } from './linear-algebra.ts';
import { checkDistribution, crossEntropyOf } from './loss.ts';

/** -sum p ln p in nats; a term with p = 0 counts 0. */
const entropyOf = (p: readonly number[]): number => crossEntropyOf(p, p.map(Math.log));

const divergence = (p: readonly number[], q: readonly number[]) => {
  const total = sum(p.map((value, i) => (value === 0 ? 0 : value * Math.log(value / q[i]!))));
  // Rounding alone can take the divergence of near-equal distributions below 0.
  return total < 0 && total > -1e-12 ? 0 : total;
};

const distribution = (dim: string) => vector(dim, entry.probability);

const logTerms = (p: readonly number[], q: readonly number[]) =>
  plus(p.flatMap((value, i) => (value === 0 ? [] : [`${num(value)} \\ln ${num(q[i]!)}`])));

const ratioTerms = (p: readonly number[], q: readonly number[]) =>
  plus(p.flatMap((value, i) => (value === 0 ? [] : [tex`${value} \ln\frac{${value}}{${q[i]!}}`])));

/** Perplexity of a text from its tokens' natural log-probabilities (each <= 0): exp of the mean negative one. */
export const perplexity = define({
  name: 'perplexity',
  title: say('困惑度', 'Perplexity'),
  fields: { tokenLogprobs: vector('N', entry.nonPositive) },
  example: { tokenLogprobs: [-0.5, -1, -1.5, -1] },
  run: ({ tokenLogprobs }) => {
    const sumLogprob = sum(tokenLogprobs);
    const meanNll = mean(tokenLogprobs.map((logprob) => -logprob));
    return { meanNll, perplexity: Math.exp(meanNll), bitsPerToken: meanNll / Math.LN2, sumLogprob };
  },
  explain: ({ tokenLogprobs }, output) => [
    line(
      '各词元的对数概率相加',
      'Add up the log-probabilities',
      tex`\sum_t \ln p_t = ${plus(tokenLogprobs.map(br))} ${is(output.sumLogprob)}`,
      'sumLogprob',
    ),
    line(
      '平均负对数似然',
      'Mean negative log-likelihood',
      tex`\mathrm{NLL} = -\frac{1}{${tokenLogprobs.length}} \cdot ${br(output.sumLogprob)} ${is(output.meanNll)}`,
      'meanNll',
    ),
    line(
      '取指数得到困惑度',
      'Exponentiate for the perplexity',
      tex`\mathrm{PPL} = e^{${output.meanNll}} ${is(output.perplexity)}`,
      'perplexity',
    ),
    line(
      '换成以 2 为底：比特',
      'In bits: divide by ln 2',
      tex`\frac{${output.meanNll}}{\ln 2} ${is(output.bitsPerToken)}`,
      'bitsPerToken',
    ),
  ],
});

/**
 * KL divergence both ways, cross-entropy -sum p ln q and entropy of p, in nats. A term with p = 0 counts 0; q = 0
 * where p > 0 gives Infinity. Both must sum to 1.
 */
export const klDivergence = define({
  name: 'klDivergence',
  title: say('KL 散度与交叉熵', 'KL divergence and cross-entropy'),
  fields: { p: distribution('n'), q: distribution('n') },
  example: { p: [0.5, 0.5], q: [0.25, 0.75] },
  run: ({ p, q }) => {
    checkDistribution('p', p);
    checkDistribution('q', q);
    return {
      klPq: divergence(p, q),
      klQp: divergence(q, p),
      crossEntropyPq: crossEntropyOf(p, q.map(Math.log)),
      entropyP: entropyOf(p),
    };
  },
  explain: ({ p, q }, { klPq, klQp, crossEntropyPq, entropyP }) => [
    line('p 的熵', 'Entropy of p', tex`H(p) = -\left(${logTerms(p, p)}\right) ${is(entropyP)}`, 'entropyP'),
    line(
      '交叉熵：按 p 平均 −ln q',
      'Cross-entropy: −ln q averaged under p',
      tex`H(p, q) = -\left(${logTerms(p, q)}\right) ${is(crossEntropyPq)}`,
      'crossEntropyPq',
    ),
    line(
      'KL(p‖q)：等于交叉熵减熵',
      'KL(p‖q): cross-entropy less entropy',
      tex`D(p \Vert q) = ${ratioTerms(p, q)} ${is(klPq)}`,
      'klPq',
    ),
    line(
      '反过来一般不相等：KL 不对称',
      'The other way round it generally differs: KL is not symmetric',
      tex`D(q \Vert p) = ${ratioTerms(q, p)} ${is(klQp)}`,
      'klQp',
    ),
  ],
});

/** Entropy of a distribution in nats and bits, and its exponential (the effective number of outcomes). */
export const entropy = define({
  name: 'entropy',
  title: say('熵', 'Entropy'),
  fields: { p: distribution('n') },
  example: { p: [0.5, 0.25, 0.25] },
  run: ({ p }) => {
    checkDistribution('p', p);
    const nats = entropyOf(p);
    return { entropyNats: nats, entropyBits: nats / Math.LN2, expEntropy: Math.exp(nats) };
  },
  explain: ({ p }, { entropyNats, entropyBits, expEntropy }) => [
    line(
      '按概率平均 −ln p（p = 0 的项记 0）',
      'Average −ln p under p (a term with p = 0 counts 0)',
      tex`H = -\left(${logTerms(p, p)}\right) ${is(entropyNats)}`,
      'entropyNats',
    ),
    line('换成比特', 'In bits', tex`\frac{${entropyNats}}{\ln 2} ${is(entropyBits)}`, 'entropyBits'),
    line(
      '取指数：等效的选项数',
      'Exponentiate: the effective number of choices',
      tex`e^{${entropyNats}} ${is(expEntropy)}`,
      'expEntropy',
    ),
  ],
});

/** Mean loss over tokens from per-part mean losses and valid-token counts, beside the unweighted mean of means. */
export const tokenWeightedLoss = define({
  name: 'tokenWeightedLoss',
  title: say('按词元加权的平均损失', 'Token-weighted mean loss'),
  fields: { losses: vector('n'), tokens: vector('n', entry.count) },
  example: { losses: [2, 3], tokens: [2, 6] },
  run: ({ losses, tokens }) => {
    const totalTokens = sum(tokens);
    if (totalTokens === 0) refuse('tokens', 'only zeros', 'at least one valid token');
    return {
      totalTokens,
      weightedMean: sum(losses.map((loss, i) => loss * tokens[i]!)) / totalTokens,
      meanOfMeans: mean(losses),
    };
  },
  explain: ({ losses, tokens }, { totalTokens, weightedMean, meanOfMeans }) => [
    line(
      '有效词元总数',
      'Valid tokens in all',
      tex`\sum n_i = ${plus(tokens.map(num))} = ${totalTokens}`,
      'totalTokens',
    ),
    line(
      '按词元数加权',
      'Weight each part by its tokens',
      tex`\frac{\sum n_i \ell_i}{\sum n_i} = \frac{${products(tokens, losses)}}{${totalTokens}} ${is(weightedMean)}`,
      'weightedMean',
    ),
    line(
      '平均的平均：各部分词元数不同时就不对',
      'The mean of means, wrong where the parts differ in size',
      tex`\frac{1}{${losses.length}}\left(${plus(losses.map(br))}\right) ${is(meanOfMeans)}`,
      'meanOfMeans',
    ),
  ],
});
