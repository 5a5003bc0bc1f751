import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerSpec, grade, type Submission } from '../../src/grading/index.ts';

const outcome = (spec: AnswerSpec, submission: unknown) => grade(spec, submission as Submission).outcome;

describe('choice', () => {
  const spec: AnswerSpec = { kind: 'choice', correct: 2, options: 4 };

  test('the index decides', () => {
    expect(grade(spec, 2)).toEqual({ outcome: 'correct', score: 1, notes: [] });
    expect(grade(spec, 0)).toEqual({ outcome: 'wrong', score: 0, notes: [] });
  });

  test.each([-1, 4, 1.5, Number.NaN, Infinity])('%d is out of range', (index) => {
    expect(grade(spec, index)).toEqual({ outcome: 'invalid', score: 0, notes: [{ code: 'out-of-range' }] });
  });

  test('without options only the lower bound is known', () => {
    expect(outcome({ kind: 'choice', correct: 2 }, 9)).toBe('wrong');
  });

  test.each(['2', [2], null, undefined, {}])('%j is not a choice', (submission) => {
    expect(outcome(spec, submission)).toBe('invalid');
  });
});

describe('multi', () => {
  const spec: AnswerSpec = { kind: 'multi', correct: [0, 2, 3], options: 5 };

  test.each([
    [[0, 2, 3], 'correct', 1],
    [[3, 0, 2], 'correct', 1],
    [[0, 2], 'partial', 2 / 3],
    [[0, 2, 3, 1], 'partial', 2 / 3],
    [[0, 1], 'wrong', 0],
    [[0, 1, 4], 'wrong', 0],
    [[0, 1, 2, 3, 4], 'partial', 1 / 3],
    [[0, 0, 0], 'partial', 1 / 3],
  ] as const)('%j is %s', (submission, verdict, score) => {
    expect(grade(spec, submission)).toMatchObject({ outcome: verdict, score: expect.closeTo(score, 12) });
  });

  test('nothing chosen is empty', () => {
    expect(grade(spec, []).notes).toEqual([{ code: 'empty' }]);
  });

  test.each([[[5]], [[-1]], [[0.5]], [[0, Number.NaN]]])('%j is out of range', (submission) => {
    expect(grade(spec, submission)).toMatchObject({ outcome: 'invalid', notes: [{ code: 'out-of-range' }] });
  });

  test.each([0, '0', ['0'], [null], {}])('%j is not a selection', (submission) => {
    expect(outcome(spec, submission)).toBe('invalid');
  });

  test('the order of the selection is nothing', () => {
    const selection = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 1 });
    fc.assert(
      fc.property(selection, (chosen) => {
        expect(grade(spec, chosen)).toEqual(
          grade(
            spec,
            chosen.toSorted((a, b) => a - b),
          ),
        );
      }),
    );
  });
});

describe('order', () => {
  const spec: AnswerSpec = { kind: 'order', correct: ['a', 'b', 'c', 'd'] };

  test('right', () => {
    expect(grade(spec, ['a', 'b', 'c', 'd'])).toEqual({ outcome: 'correct', score: 1, notes: [] });
  });

  test.each([
    ['b a c d', 0.5, 'b', 0],
    ['a b d c', 0.5, 'd', 2],
    ['b c d a', 0.5, 'b', 0],
    ['d c b a', 0, 'd', 0],
  ] as const)('%s names the first misplaced step', (steps, score, step, position) => {
    expect(grade(spec, steps.split(' '))).toMatchObject({
      score,
      outcome: score === 0 ? 'wrong' : 'partial',
      notes: [{ code: 'misplaced', step, position }],
    });
  });

  test.each([
    [['a', 'b', 'c']],
    [['a', 'b', 'c', 'c']],
    [['a', 'b', 'c', 'x']],
    [['a', 'b', 'c', 'd', 'd']],
    [[1, 2, 3, 4]],
  ])('%j is no permutation of the steps', (submission) => {
    expect(grade(spec, submission as Submission)).toMatchObject({
      outcome: 'invalid',
      notes: [{ code: 'unreadable', reason: 'steps' }],
    });
  });

  test('any permutation has a score, and only the right one has all of it', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (steps) => {
        const { score } = grade(spec, steps);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score === 1).toBe(steps.join('') === 'abcd');
      }),
    );
  });
});

describe('short', () => {
  const spec: AnswerSpec = { kind: 'short', accept: { text: ['Adam', 'Layer Normalization', '层归一化'] } };

  test.each([
    'Adam',
    'adam',
    ' ADAM ',
    'Ａｄａｍ',
    'layer  normalization',
    '层归一化',
    'Ad\u200bam',
    'layer\nnormalization',
  ])('%j', (text) => {
    expect(outcome(spec, text)).toBe('correct');
  });

  test.each(['Adams', 'AdamW', 'layernormalization', 'norm', '归一化'])('%j is wrong', (text) => {
    expect(outcome(spec, text)).toBe('wrong');
  });

  test('several lists of wordings', () => {
    const several: AnswerSpec = { kind: 'short', accept: [{ text: ['Adam'] }, { text: ['SGD'] }] };
    expect(outcome(several, 'sgd')).toBe('correct');
  });

  test('radicals of the notes are the characters they look like', () => {
    expect(outcome({ kind: 'short', accept: { text: ['大模型'] } }, '⼤模型')).toBe('correct');
  });

  test('blank is empty', () => {
    expect(grade(spec, ' \u200b ').notes).toEqual([{ code: 'empty' }]);
  });
});

describe('open', () => {
  const spec: AnswerSpec = {
    kind: 'open',
    rubric: [
      { point: { 'zh-CN': '方差', 'en-US': 'variance' }, phrases: ['方差', 'variance'] },
      { point: { 'zh-CN': '饱和', 'en-US': 'saturation' }, phrases: ['饱和', 'saturat'] },
    ],
  };

  test.each([
    ['The VARIANCE grows, and softmax saturates', 'correct', 1, [0, 1], []],
    ['方差变大', 'partial', 0.5, [0], [1]],
    ['covariances and unsaturated units', 'wrong', 0, [], [0, 1]],
    ['covariance, then variances', 'partial', 0.5, [0], [1]],
    ['I do not know', 'wrong', 0, [], [0, 1]],
  ] as const)('%s', (text, verdict, score, covered, missed) => {
    expect(grade(spec, text)).toEqual({
      outcome: verdict,
      score,
      notes: [{ code: 'rubric', covered, missed }],
    });
  });

  test('blank is empty', () => {
    expect(grade(spec, '\n')).toMatchObject({ outcome: 'invalid', notes: [{ code: 'empty' }] });
  });
});
