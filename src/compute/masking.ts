import { define, line, refuse, say } from './define.ts';
import { fraction, integer, orNull, positive, real, vector } from './fields.ts';
import { br, is, num, signed, tex } from './latex.ts';
import { maximum } from './linear-algebra.ts';
import { roundHalfEven } from './rounding.ts';

/**
 * Expected counts of masked language modelling over `tokens` positions: `rate` are selected, of those 80 % become
 * [MASK], 10 % a random token, 10 % stay; the loss is on all selected. codeCount is BERT's own count,
 * min(maxPredictions, max(1, round(rate * tokens))), halves to even; maxPredictions null for no cap.
 */
export const mlmExpectations = define({
  name: 'mlmExpectations',
  title: say('掩码语言模型的期望个数', 'Expected counts of masked language modelling'),
  fields: { tokens: integer(1), rate: fraction(), maxPredictions: orNull(integer(1)) },
  example: { tokens: 512, rate: 0.15, maxPredictions: 77 },
  run: ({ tokens, rate, maxPredictions }) => {
    const selected = rate * tokens;
    const rounded = Math.max(1, roundHalfEven(selected));
    return {
      selected,
      masked: 0.8 * selected,
      random: 0.1 * selected,
      unchanged: 0.1 * selected,
      changed: 0.9 * selected,
      unaffected: tokens - 0.9 * selected,
      codeCount: Math.min(maxPredictions ?? Infinity, rounded),
    };
  },
  explain: ({ tokens, rate, maxPredictions }, o) => [
    line(
      '被选中（损失只在这些位置上）',
      'Selected (the loss is on these positions)',
      tex`${rate} \cdot ${tokens} ${is(o.selected)}`,
      'selected',
    ),
    line(
      '其中 80% 变成 [MASK]',
      '80% of them become [MASK]',
      tex`0.8 \cdot ${o.selected} ${is(o.masked)}`,
      'masked',
    ),
    line(
      '10% 换成随机词',
      '10% become a random token',
      tex`0.1 \cdot ${o.selected} ${is(o.random)}`,
      'random',
    ),
    line(
      '10% 保持不变',
      '10% stay as they are',
      tex`0.1 \cdot ${o.selected} ${is(o.unchanged)}`,
      'unchanged',
    ),
    line(
      '输入里看得出变化的',
      'Positions where the input changes',
      tex`0.9 \cdot ${o.selected} ${is(o.changed)}`,
      'changed',
    ),
    line(
      '输入不变的',
      'Positions where it does not',
      tex`${tokens} - ${o.changed} ${is(o.unaffected)}`,
      'unaffected',
    ),
    line(
      '代码里取整，并有上限',
      'The code rounds, and caps',
      tex`\min(${maxPredictions === null ? '\\infty' : num(maxPredictions)}, \max(1, \mathrm{round}(${o.selected}))) = ${o.codeCount}`,
      'codeCount',
    ),
  ],
});

/**
 * Static against dynamic masking: with `duplicates` masked copies and `epochs` passes each mask is seen epochs /
 * duplicates times; the chance that a token is never selected is (1-rate)^duplicates or (1-rate)^epochs.
 */
export const maskReuse = define({
  name: 'maskReuse',
  title: say('静态掩码与动态掩码', 'Static and dynamic masking'),
  fields: { duplicates: integer(1), epochs: integer(1), rate: fraction() },
  example: { duplicates: 10, epochs: 40, rate: 0.15 },
  run: ({ duplicates, epochs, rate }) => ({
    timesEachMask: epochs / duplicates,
    staticNeverSelected: (1 - rate) ** duplicates,
    dynamicNeverSelected: (1 - rate) ** epochs,
    expectedSelections: rate * epochs,
  }),
  explain: ({ duplicates, epochs, rate }, o) => [
    line(
      '静态：每份掩码重复的次数',
      'Static: how often each mask recurs',
      tex`\frac{E}{d} = \frac{${epochs}}{${duplicates}} ${is(o.timesEachMask)}`,
      'timesEachMask',
    ),
    line(
      '静态：某词从未被选中的概率，只有 d 次机会',
      'Static: chance that a token is never selected, with d draws only',
      tex`(1-${rate})^{${duplicates}} ${is(o.staticNeverSelected)}`,
      'staticNeverSelected',
    ),
    line(
      '动态：有 E 次机会',
      'Dynamic: E draws',
      tex`(1-${rate})^{${epochs}} ${is(o.dynamicNeverSelected)}`,
      'dynamicNeverSelected',
    ),
    line(
      '被选中的期望次数，两者相同',
      'Expected selections, the same for both',
      tex`${rate} \cdot ${epochs} ${is(o.expectedSelections)}`,
      'expectedSelections',
    ),
  ],
});

/**
 * T5 span corruption of `tokens` raw tokens: round(density * tokens) noise tokens in round(noise / meanSpan) spans
 * (halves to even, at least one of each); each span costs one sentinel in input and target; both end with EOS.
 */
export const spanCorruption = define({
  name: 'spanCorruption',
  title: say('T5 的片段破坏', 'Span corruption of T5'),
  fields: { tokens: integer(2), density: fraction(), meanSpan: positive() },
  example: { tokens: 568, density: 0.15, meanSpan: 3 },
  run: ({ tokens, density, meanSpan }) => {
    const noise = Math.min(tokens - 1, Math.max(1, roundHalfEven(density * tokens)));
    const spans = Math.max(1, roundHalfEven(noise / meanSpan));
    return { noise, spans, inputLength: tokens - noise + spans + 1, targetLength: noise + spans + 1 };
  },
  explain: ({ tokens, density, meanSpan }, { noise, spans, inputLength, targetLength }) => [
    line(
      '被替换的词元数',
      'Noise tokens',
      tex`\mathrm{round}(${density} \cdot ${tokens}) = ${noise}`,
      'noise',
    ),
    line('片段数', 'Spans', tex`\mathrm{round}\left(\frac{${noise}}{${meanSpan}}\right) = ${spans}`, 'spans'),
    line(
      '输入：去掉噪声，每段一个哨兵，加 EOS',
      'Input: without the noise, one sentinel a span, and EOS',
      tex`${tokens} - ${noise} + ${spans} + 1 = ${inputLength}`,
      'inputLength',
    ),
    line(
      '目标：噪声，每段一个哨兵，加 EOS',
      'Target: the noise, one sentinel a span, and EOS',
      tex`${noise} + ${spans} + 1 = ${targetLength}`,
      'targetLength',
    ),
  ],
});

/** How many (query, key) pairs each mask allows for a prefix of a and b generated tokens. */
export const attentionPairs = define({
  name: 'attentionPairs',
  title: say('各种掩码允许的注意力对数', 'Attention pairs each mask allows'),
  fields: { prefix: integer(0), generated: integer(0) },
  example: { prefix: 4, generated: 3 },
  run: ({ prefix: a, generated: b }) => ({
    prefixLm: a * a + a * b + (b * (b + 1)) / 2,
    causal: ((a + b) * (a + b + 1)) / 2,
    full: (a + b) ** 2,
  }),
  explain: ({ prefix: a, generated: b }, { prefixLm, causal, full }) => [
    line(
      '前缀 LM：前缀互相可见，生成部分因果',
      'Prefix LM: the prefix sees itself, the rest is causal',
      tex`a^2 + ab + \frac{b(b+1)}{2} = ${br(a)}^2 + ${a} \cdot ${b} + \frac{${b} \cdot ${b + 1}}{2} = ${prefixLm}`,
      'prefixLm',
    ),
    line('全部因果', 'Causal throughout', tex`\frac{${a + b} \cdot ${a + b + 1}}{2} = ${causal}`, 'causal'),
    line('全部可见', 'Full', tex`${br(a + b)}^2 = ${full}`, 'full'),
  ],
});

const argmax = (values: readonly number[]) => values.indexOf(maximum(values));

/**
 * The best answer span: argmax of start_i + end_j over i <= j, with j - i < maxLength unless null; positions from 0,
 * both ends inclusive, the first of equals. With nullThreshold (null: no null answer) position 0 is [CLS]: spans
 * leave it out, and the answer is null unless score > start_0 + end_0 + nullThreshold. Devlin et al. 2019, §4.3.
 */
export const squadSpan = define({
  name: 'squadSpan',
  title: say('抽取式问答的最佳片段', 'Best span in extractive question answering'),
  fields: {
    start: vector('n'),
    end: vector('n'),
    maxLength: orNull(integer(1)),
    nullThreshold: orNull(real()),
  },
  example: { start: [0, 1, 5, 2], end: [0, 6, 1, 3], maxLength: null, nullThreshold: null },
  run: ({ start, end, maxLength, nullThreshold }) => {
    const first = nullThreshold === null ? 0 : 1;
    if (start.length <= first) refuse('start', `length ${start.length}`, 'at least one position after [CLS]');
    let best = { i: first, j: first, score: -Infinity };
    for (let i = first; i < start.length; i++) {
      const limit = Math.min(end.length, i + (maxLength ?? end.length));
      for (let j = i; j < limit; j++) {
        const score = start[i]! + end[j]!;
        if (score > best.score) best = { i, j, score };
      }
    }
    const nullScore = nullThreshold === null ? null : start[0]! + end[0]! + nullThreshold;
    return {
      spanStart: best.i,
      spanEnd: best.j,
      score: best.score,
      independentStart: argmax(start),
      independentEnd: argmax(end),
      nullScore,
      isNull: nullScore !== null && best.score <= nullScore ? 1 : 0,
    };
  },
  explain: ({ start, end, nullThreshold }, o) => [
    line(
      '分别取最大的起点',
      'The best start on its own',
      tex`\arg\max_i s_i = ${o.independentStart}`,
      'independentStart',
    ),
    line(
      o.independentEnd < o.independentStart ? '分别取最大的终点：落在起点之前，不合法' : '分别取最大的终点',
      o.independentEnd < o.independentStart
        ? 'The best end on its own: before the start, so not allowed'
        : 'The best end on its own',
      tex`\arg\max_j e_j = ${o.independentEnd}`,
      'independentEnd',
    ),
    line(
      '在合法的片段里取和最大的：起点',
      'Among allowed spans take the largest sum: its start',
      tex`i = ${o.spanStart}`,
      'spanStart',
    ),
    line('终点（含）', 'Its end, inclusive', tex`j = ${o.spanEnd}`, 'spanEnd'),
    line(
      '得分',
      'Its score',
      tex`s_{${o.spanStart}} + e_{${o.spanEnd}} = ${start[o.spanStart]!} ${signed(end[o.spanEnd]!)} ${is(o.score)}`,
      'score',
    ),
    ...(nullThreshold === null || o.nullScore === null
      ? []
      : [
          line(
            '“无答案”的门槛',
            'What a span must beat',
            tex`s_0 + e_0 + \tau ${is(o.nullScore)}`,
            'nullScore',
          ),
        ]),
    line(
      o.isNull === 1 ? '没有超过门槛：判为无答案' : '输出这个片段',
      o.isNull === 1 ? 'Not beaten: there is no answer' : 'The span is the answer',
      tex`\text{null} = ${o.isNull}`,
      'isNull',
    ),
  ],
});
