import { describe, expect, test } from 'vitest';
import { loadQuestion } from '../../src/bank/load.ts';
import { parse } from '../../src/bank/parse.ts';
import { topicSchema } from '../../src/bank/schema.ts';
import { fields, topic, yaml } from './fixtures.ts';

const faultsOf = (content: object) =>
  loadQuestion('batchnorm/q.yaml', yaml(content)).faults.map(({ field, reason }) => `${field}: ${reason}`);

const { choice, multi, numeric, formula, order, short, open } = fields;
const text = { 'zh-CN': '字', 'en-US': 'Text' };
const without = (content: object, key: string) =>
  Object.fromEntries(Object.entries(content).filter(([name]) => name !== key));

describe('a question of each kind', () => {
  test.each(Object.entries(fields))('%s is accepted', (_, content) => {
    expect(faultsOf(content)).toEqual([]);
  });
});

describe('a question is refused with', () => {
  test.each<[string, object, string]>([
    [
      'no kind',
      without(choice, 'kind'),
      'kind: want choice, multi, numeric, vector, matrix, formula, order, short, open',
    ],
    [
      'an unknown kind',
      { ...choice, kind: 'essay' },
      'kind: want choice, multi, numeric, vector, matrix, formula, order, short, open',
    ],
    ['an unknown key', { ...choice, hnit: text }, 'hnit: unknown key'],
    ['a level out of range', { ...choice, level: 6 }, 'level: want at most 5'],
    ['a level that is a text', { ...choice, level: 'two' }, 'level: want a number'],
    ['no tags', { ...choice, tags: [] }, 'tags: want at least 1 of them'],
    [
      'a tag that is no slug',
      { ...choice, tags: ['Batch Norm'] },
      'tags[0]: want lower-case words joined by -',
    ],
    ['an erratum that is none', { ...choice, errata: ['E2'] }, 'errata[0]: want an erratum such as E02'],
    ['no sources', without(choice, 'sources'), 'sources: missing'],
    ['a missing translation', { ...choice, prompt: { 'zh-CN': '问' } }, 'prompt.en-US: missing'],
    ['an empty translation', { ...choice, prompt: { 'zh-CN': '问', 'en-US': ' ' } }, 'prompt.en-US: empty'],
    ['a third language', { ...choice, hint: { ...text, fr: 'Texte' } }, 'hint.fr: unknown key'],
    [
      'a text too long',
      { ...choice, hint: { ...text, 'en-US': 'x'.repeat(601) } },
      'hint.en-US: want at most 600 characters',
    ],
    ['one option', { ...choice, options: choice.options.slice(0, 1) }, 'options: want at least 2 of them'],
    [
      'two right options of a choice',
      { ...choice, options: multi.options },
      'options: want exactly one option with correct: true',
    ],
    [
      'a multi with nothing wrong',
      { ...multi, options: [1, 2, 3].map(() => ({ text, correct: true })) },
      'options: want at least one wrong option',
    ],
    [
      'a wrong option that does not say why',
      { ...choice, options: [...choice.options, { text }] },
      'options[3].says: missing: every wrong option says why it is wrong',
    ],
    ['an answer typed in', { ...numeric, answer: 3 }, 'answer: want keys and values'],
    [
      'no such operation',
      { ...numeric, answer: { ...numeric.answer, operation: 'batchNrom' } },
      'answer.operation: there is no operation batchNrom',
    ],
    [
      'an input forgotten',
      { ...numeric, answer: { ...numeric.answer, input: without(numeric.answer.input, 'initMean') } },
      'answer.input: missing initMean; batchNormRunning takes batchMean, batchVar, alpha, initMean, initVar',
    ],
    [
      'an input too many',
      { ...numeric, answer: { ...numeric.answer, input: { ...numeric.answer.input, eps: 1 } } },
      'answer.input.eps: unknown input; batchNormRunning takes batchMean, batchVar, alpha, initMean, initVar',
    ],
    [
      'an input that is no expression',
      { ...numeric, answer: { ...numeric.answer, input: { ...numeric.answer.input, alpha: '$alhpa' } } },
      'answer.input.alpha: unknown name alhpa; declared: means, alpha, plain',
    ],
    [
      'no such output',
      { ...numeric, answer: { ...numeric.answer, output: 'runingMean[0][0]' } },
      'answer.output: batchNormRunning has no runingMean; want runningMean, runningVar',
    ],
    [
      'a path that is none',
      { ...numeric, answer: { ...numeric.answer, output: 'runningMean.0' } },
      'answer.output: want an output and indices from 0, such as runningMean[-1][0]',
    ],
    [
      'a mistake that says nothing',
      { ...numeric, mistakes: [{ id: 'a', value: '1' }] },
      'mistakes[0].says: missing',
    ],
    [
      'a mistake that is a list',
      { ...numeric, mistakes: [{ id: 'a', value: ['1', '2'], says: text }] },
      'mistakes[0].value: want a number or a text or keys and values',
    ],
    [
      'two mistakes of one name',
      { ...numeric, mistakes: [1, 2].map(() => numeric.mistakes[0]!) },
      'mistakes[1].id: plain-average is used twice',
    ],
    [
      'a parameter that is drawn in no way',
      { ...numeric, params: { ...numeric.params, n: { integer: [1, 2] } } },
      'params.n: want one of int, decimal, one, list',
    ],
    [
      'a range of one bound',
      { ...numeric, params: { ...numeric.params, alpha: { int: [1] } } },
      'params.alpha.int: want at least 2 of them',
    ],
    [
      'a parameter nobody uses',
      { ...numeric, params: { ...numeric.params, n: { int: [1, 2] } } },
      'params.n: never used',
    ],
    [
      'a derived value nobody uses',
      { ...numeric, let: { ...numeric.let, twice: '2 * alpha' } },
      'let.twice: never used',
    ],
    [
      'a name of the bank',
      { ...numeric, let: { ...numeric.let, answer: '2' } },
      "let.answer: answer is a name of the bank's own",
    ],
    [
      'a name declared twice',
      { ...numeric, let: { ...numeric.let, alpha: '2' } },
      'let.alpha: alpha is declared twice',
    ],
    [
      'a condition on nothing',
      { ...numeric, where: ['lambda > 1'] },
      'where[0]: unknown name lambda; declared: means, alpha, plain',
    ],
    [
      'the answer in the prompt',
      { ...numeric, prompt: { ...text, 'en-US': 'It is {{answer}}.' } },
      'prompt: unknown name answer; declared: means, alpha, plain',
    ],
    [
      'the answer in the hint',
      { ...numeric, hint: { ...text, 'en-US': 'It is {{answer}}.' } },
      'hint: unknown name answer; declared: means, alpha, plain',
    ],
    [
      'a domain turned round',
      { ...formula, answer: { expression: 'x', variables: { x: { min: 3, max: 1 } } } },
      'answer.variables.x.max: want more than min',
    ],
    ['two steps', { ...order, steps: order.steps.slice(0, 2) }, 'steps: want at least 3 of them'],
    [
      'two steps of one name',
      { ...order, steps: [...order.steps, order.steps[0]] },
      'steps[3].id: forward is used twice',
    ],
    ['nothing accepted', { ...short, accept: [] }, 'accept: want at least 1 of them'],
    [
      'a point without phrases',
      { ...open, rubric: [...open.rubric, { point: text, phrases: [] }] },
      'rubric[2].phrases: want at least 1 of them',
    ],
  ])('%s', (_, content, fault) => {
    expect(faultsOf(content)).toContain(fault);
  });
});

const topicFaults = (content: object) =>
  parse('t/topic.yaml', yaml(content), topicSchema).faults.map(({ field, reason }) => `${field}: ${reason}`);

describe('a topic', () => {
  test('is accepted', () => {
    expect(topicFaults(topic)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['no lesson', without(topic, 'lesson'), 'lesson: missing'],
    ['an order that is no place', { ...topic, order: 0 }, 'order: want at least 1'],
    [
      'an erratum without its source',
      { ...topic, errata: [{ id: 'E01', notes: text, right: text }] },
      'errata[0].source: missing',
    ],
    ['an unknown key', { ...topic, slug: 'x' }, 'slug: unknown key'],
  ])('is refused with %s', (_, content, fault) => {
    expect(topicFaults(content)).toContain(fault);
  });
});
