import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type CreateNodeOptions, stringify, type ToStringOptions } from 'yaml';
import type { Question } from '../../src/bank/index.ts';
import { loadQuestion } from '../../src/bank/load.ts';

type Fields = Readonly<Record<string, unknown>>;

const both = (zh: string, en: string) => ({ 'zh-CN': zh, 'en-US': en });

const common = {
  level: 2,
  tags: ['running-statistics'],
  explanation: both('新值按权重并入旧值。', 'The new value joins the old one by its weight.'),
  sources: ['arXiv:1502.03167 §3.1'],
};

/** A right question of each kind, as its file holds it. */
export const fields = {
  choice: {
    kind: 'choice',
    ...common,
    prompt: both('推理时用什么统计量?', 'Which statistics are used at inference?'),
    options: [
      { text: both('总体统计量', 'Those of the population'), correct: true },
      { text: both('批统计量', 'Those of the batch'), says: both('那是训练。', 'That is training.') },
      { text: both('都不用', 'None of the two'), says: both('仍要归一化。', 'It still normalises.') },
    ],
  },
  multi: {
    kind: 'multi',
    ...common,
    prompt: both('哪些随梯度学习?', 'Which are learned by gradient?'),
    options: [
      { text: both('缩放', 'The scale'), correct: true },
      { text: both('平移', 'The shift'), correct: true },
      { text: both('滑动均值', 'The running mean'), says: both('它是缓冲。', 'It is a buffer.') },
    ],
  },
  numeric: {
    kind: 'numeric',
    ...common,
    params: {
      means: { list: { of: { decimal: [1, 5], step: 0.5 }, length: 3, distinct: true } },
      alpha: { one: [0.1, 0.2] },
    },
    let: { plain: 'mean(means)' },
    where: ['plain != 3'],
    prompt: both(
      '均值依次为 {{means}},$\\alpha={{alpha}}$,初值 0。',
      'Means {{means}}, $\\alpha={{alpha}}$, from 0.',
    ),
    answer: {
      operation: 'batchNormRunning',
      input: {
        batchMean: '$column(means)',
        batchVar: '$column(means)',
        alpha: '$alpha',
        initMean: [0],
        initVar: [0],
      },
      output: 'runningMean[-1][0]',
      decimals: 3,
    },
    mistakes: [
      {
        id: 'plain-average',
        value: 'plain',
        says: both('这是平均 {{plain | 3}}。', 'A plain average, {{plain | 3}}.'),
      },
      { id: 'small', when: 'alpha > 0.15', value: 'answer / 2', says: both('小了一半。', 'Half of it.') },
    ],
  },
  vector: {
    kind: 'vector',
    ...common,
    params: { z: { list: { of: { int: [-2, 2] }, length: 3, distinct: true } } },
    prompt: both('logits 为 {{z}},求 softmax。', 'The logits are {{z}}; give their softmax.'),
    answer: {
      operation: 'softmax',
      input: { logits: '$z', temperature: 1, mask: null },
      output: 'probs',
      decimals: 3,
    },
    mistakes: [{ id: 'reversed', value: 'answer[[3, 2, 1]]', says: both('顺序反了。', 'In reverse order.') }],
  },
  matrix: {
    kind: 'matrix',
    ...common,
    params: { z: { list: { of: { int: [-2, 2] }, length: 2, distinct: true } } },
    prompt: both('logits 为 {{z}},求雅可比。', 'The logits are {{z}}; give the Jacobian.'),
    answer: {
      operation: 'softmaxJacobian',
      input: { logits: '$z', temperature: 1 },
      output: 'jacobian',
      significant: 3,
    },
    mistakes: [{ id: 'sign', value: '-answer', says: both('符号反了。', 'The sign is wrong.') }],
  },
  formula: {
    kind: 'formula',
    ...common,
    prompt: both('写出 sigmoid。', 'Write the sigmoid of x.'),
    answer: { expression: '1/(1+exp(-x))', variables: { x: { min: -3, max: 3 } } },
    mistakes: [{ id: 'sign', expression: '1/(1+exp(x))', says: both('符号反了。', 'The sign is wrong.') }],
  },
  order: {
    kind: 'order',
    ...common,
    prompt: both('训练一步的顺序?', 'The order of a training step?'),
    steps: [
      { id: 'forward', text: both('前向', 'Forward pass') },
      { id: 'backward', text: both('反向', 'Backward pass') },
      { id: 'update', text: both('更新', 'Update') },
    ],
  },
  short: {
    kind: 'short',
    ...common,
    prompt: both('哪个函数输出分布?', 'Which function turns logits into a distribution?'),
    accept: ['softmax', '归一化指数'],
  },
  open: {
    kind: 'open',
    ...common,
    prompt: both('为什么减最大值?', 'Why subtract the maximum?'),
    rubric: [
      { point: both('防止上溢', 'It prevents overflow'), phrases: ['上溢', 'overflow'] },
      { point: both('结果不变', 'The result stays'), phrases: ['不变', 'invariant'] },
    ],
  },
} satisfies Record<string, Fields>;

export const topic = {
  order: 3,
  title: both('BN 训练和测试', 'BatchNorm in training and at inference'),
  lesson: both('训练用批统计量。', 'Training uses the statistics of the batch.'),
};

/** The YAML of a document, in which nothing is an alias. */
export const yaml = (content: unknown, options: ToStringOptions & CreateNodeOptions = {}): string =>
  stringify(content, { aliasDuplicateObjects: false, ...options });

/** Compiles a question from its fields, which must be right. */
export function questionOf(content: Fields, id = 'batchnorm/some-question'): Question {
  const { question, faults } = loadQuestion(`${id}.yaml`, yaml(content));
  if (!question) throw new Error(JSON.stringify(faults));
  return question;
}

/** A folder with these files, texts as they are and fields as YAML, until the test is over. */
export async function folderOf(files: Readonly<Record<string, string | Fields>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'epoch-bank-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), typeof content === 'string' ? content : yaml(content));
  }
  return dir;
}
