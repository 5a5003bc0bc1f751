import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkQuestion, checkTogether, checkTopic } from '../src/bank/check/check.ts';
import { loadBank } from '../src/bank/index.ts';
import { latexFault } from '../src/cli/latex-fault.ts';

const { bank, faults } = await loadBank(resolve(import.meta.dirname, '../questions'));

test('every file of the bank can be read', () => {
  expect(faults).toEqual([]);
});

test('no question repeats another', () => {
  expect(checkTogether(bank)).toEqual([]);
});

describe('every topic is well written', () => {
  test.each(bank.topics.map((topic) => [topic.slug, topic] as const))('%s', (_, topic) => {
    expect(checkTopic(topic, { seeds: 1, latexFault })).toEqual([]);
  });
});

describe('every question answers itself', () => {
  test.each([...bank.questions])('%s', (_, question) => {
    expect(checkQuestion(question, { seeds: 200, latexFault }).problems).toEqual([]);
  });
});
