import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBank, type Bank } from '../../src/bank/index.ts';
import type { Epoch } from '../../src/quiz/epoch.ts';
import { meet } from '../../src/quiz/learner.ts';
import { configure, welcome } from '../../src/quiz/settings.ts';
import { memoryDb } from '../storage/memory.ts';

const text = (zh: string, en: string) => `{ zh-CN: '${zh}', en-US: '${en}' }`;

const common = (prompt: string) => `
level: 2
tags: [softmax]
prompt: ${text(`题目：${prompt}`, `Question: ${prompt}`)}
hint: ${text('提示在此', 'A hint')}
explanation: ${text('讲解在此', 'An explanation')}
sources: ['a source, section 1']
`;

const files: Record<string, string> = {
  'topic.yaml': `
order: 42
title: ${text('写一下 softmax 函数', 'Write softmax')}
lesson: ${text('指数，再归一化。', 'Exponentiate, then normalise.')}
`,
  'shift.yaml': `kind: choice${common('shift')}
options:
  - { text: ${text('不变', 'nothing')}, correct: true }
  - { text: ${text('变大', 'grows')}, says: ${text('常数约掉了', 'the constant cancels')} }
  - { text: ${text('变尖', 'sharpens')}, says: ${text('那是温度', 'that is temperature')} }
`,
  'facts.yaml': `kind: multi${common('facts')}
options:
  - { text: ${text('和为一', 'sums to one')}, correct: true }
  - { text: ${text('都为正', 'all positive')}, correct: true }
  - { text: ${text('可为负', 'may be negative')}, says: ${text('指数恒正', 'exponentials are positive')} }
`,
  'probs.yaml': `kind: vector${common('softmax of ${{z}}$')}
params: { z: { list: { of: { int: [-2, 3] }, length: 3, distinct: true } } }
answer: { operation: softmax, input: { logits: $z, temperature: 1, mask: null }, output: probs, decimals: 3 }
mistakes:
  - { id: no-exp, value: 'z / sum(z)', when: 'sum(z) != 0', says: ${text('忘了取指数', 'no exponential')} }
`,
  'largest.yaml': `kind: numeric${common('log-sum-exp of ${{z}}$')}
params: { z: { list: { of: { int: [-2, 3] }, length: 3, distinct: true } } }
answer: { operation: logSumExp, input: { logits: $z }, output: logSumExp, decimals: 3 }
mistakes:
  - { id: sum-only, value: 'log(sum(z))', when: 'sum(z) > 0', says: ${text('忘了取指数', 'no exponential')} }
`,
  'order.yaml': `kind: order${common('steps')}
steps:
  - { id: shift, text: ${text('减最大值', 'subtract the maximum')} }
  - { id: exp, text: ${text('取指数', 'exponentiate')} }
  - { id: divide, text: ${text('除以和', 'divide by the sum')} }
`,
  'why.yaml': `kind: open${common('why')}
rubric:
  - { point: ${text('溢出', 'overflow')}, phrases: [溢出, overflow] }
  - { point: ${text('约掉', 'cancels')}, phrases: [约掉, cancels] }
`,
};

/** Writes a small bank of one topic, softmax, with a question of several kinds. */
export function writeSmallBank(folder: string): void {
  mkdirSync(join(folder, 'softmax'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'softmax', name), content);
}

/** The small bank, read as every bank is read. */
export async function smallBank(): Promise<Bank> {
  const folder = mkdtempSync(join(tmpdir(), 'epoch-bank-'));
  try {
    writeSmallBank(folder);
    const { bank, faults } = await loadBank(folder);
    if (faults.length > 0) throw new Error(JSON.stringify(faults));
    return bank;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const GUILD = '100000000000000001';
export const CHANNEL = '100000000000000002';

export interface TestEpoch extends Epoch {
  /** Replaces the bank, as a reload would. */
  bank: Bank;
  time: Date;
}

/** Epoch without Discord: an empty database, a small bank, a clock that stands still until it is moved. */
export async function testEpoch(start = '2026-11-24T01:00:00Z'): Promise<TestEpoch> {
  const epoch: TestEpoch = {
    db: memoryDb(),
    bank: await smallBank(),
    time: new Date(start),
    now: () => epoch.time,
  };
  return epoch;
}

/** A server in Shanghai with a daily at 09:00. */
export async function withServer(epoch: Epoch): Promise<void> {
  await welcome(epoch, { guildId: GUILD, name: '炼丹学习社', locale: 'zh-CN', zone: 'Asia/Shanghai' });
  await configure(epoch, GUILD, { channel_id: CHANNEL, daily_time: '09:00' }, null);
}

export async function withLearner(epoch: Epoch, userId: string): Promise<void> {
  await meet(epoch, {
    userId,
    name: `learner ${userId}`,
    discordLocale: 'zh-CN',
    member: { guildId: GUILD, name: `成员 ${userId}` },
  });
}
