import { describe, expect, test } from 'vitest';
import { operations } from '../../src/compute/index.ts';
import { compute, printInputs } from '../../src/quiz/compute.ts';

describe('compute', () => {
  test.each(Object.values(operations))('$name runs on its own example as it is printed', (operation) => {
    const typed = printInputs(operation.form, operation.example);
    expect(compute(operation.name, typed)).toMatchObject({ status: 'done' });
  });

  test.each([
    ['[1 2; 3 4]', '1, 1'],
    ['[[1, 2], [3, 4]]', '[1 1]'],
    ['［1，2；3，4］', '1， 1'],
  ])('reads %s and %s', (x, gamma) => {
    const typed = `x = ${x}; gamma = ${gamma}; beta = 0, 0; eps = 1e-5`;
    expect(compute('layerNorm', typed)).toMatchObject({ status: 'done', outputs: { mean: [1.5, 3.5] } });
  });

  test.each([
    ['noSuchThing', 'x = 1', { status: 'unknown' }],
    ['__proto__', 'x = 1', { status: 'unknown' }],
    ['softmax', '', { status: 'form' }],
    ['softmax', '1, 2, 3', { status: 'unreadable', part: '1, 2, 3' }],
    [
      'softmax',
      'logits = 1, two; temperature = 1; mask = null',
      { status: 'unreadable', part: 'logits = 1, two' },
    ],
    ['softmax', 'logits = 1, 2', { status: 'missing', name: 'temperature' }],
    [
      'softmax',
      'logits = 1, 2; temperature = 0; mask = null',
      { status: 'refused', error: { path: 'temperature' } },
    ],
    ['softmax', 'logits = 1, 2; temperature = 1; mask = null; extra = 3', { status: 'refused' }],
  ])('%s(%s)', (name, typed, wanted) => {
    expect(compute(name, typed)).toMatchObject(wanted);
  });

  test('takes minus infinity as a logit', () => {
    expect(compute('softmax', 'logits = 0, -inf; temperature = 1; mask = null')).toMatchObject({
      outputs: { probs: [1, 0] },
    });
  });
});
