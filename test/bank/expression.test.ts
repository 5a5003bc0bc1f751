import { describe, expect, test } from 'vitest';
import { compileExpression, type Datum } from '../../src/bank/expression.ts';

const value = (source: string, values: Readonly<Record<string, Datum>> = {}) =>
  compileExpression(source, new Set(Object.keys(values))).evaluate(new Map(Object.entries(values)));

const compiling =
  (source: string, ...declared: string[]) =>
  () =>
    compileExpression(source, new Set(declared));

describe('an expression', () => {
  test.each<[string, Readonly<Record<string, Datum>>, Datum]>([
    ['mean(x)', { x: [1, 2, 6] }, 3],
    ['x[1] + x[end]', { x: [1, 2, 6] }, 7],
    [
      'M[2, 1]',
      {
        M: [
          [1, 2],
          [3, 4],
        ],
      },
      3,
    ],
    [
      'M[:, 2]',
      {
        M: [
          [1, 2],
          [3, 4],
        ],
      },
      [2, 4],
    ],
    [
      'M * v',
      {
        M: [
          [1, 2],
          [3, 4],
        ],
        v: [1, 1],
      },
      [3, 7],
    ],
    ['x .^ 2', { x: [1, 2, 3] }, [1, 4, 9]],
    ['map(x, f(v) = v^2 + a)', { x: [1, 2], a: 1 }, [2, 5]],
    ['exp(z) / sum(exp(z))', { z: [0, 0] }, [0.5, 0.5]],
    ['relu(z)', { z: [[-1, 2]] }, [[0, 2]]],
    ['log(8, 2) + ln(1)', {}, 3],
    ['variance(x, "uncorrected")', { x: [1, 2, 3, 4] }, 1.25],
    ['gamma * beta', { gamma: 3, beta: 2 }, 6],
    ['net.layers * 2', { net: { name: 'A', layers: 12 } }, 24],
    ['net', { net: { layers: 12 } }, { layers: 12 }],
    ['act == "relu" and act != "tanh"', { act: 'relu' }, true],
    ['1 < x < 3 ? 1 : 0', { x: 2 }, 1],
    ['column(x)', { x: [1, 2] }, [[1], [2]]],
    ['row(x)', { x: [1, 2] }, [[1, 2]]],
    ['1:3', {}, [1, 2, 3]],
    ['0 * -1', {}, 0],
    ['sqrt(-1)', {}, Number.NaN],
  ])('%s', (source, values, wanted) => {
    expect(value(source, values)).toEqual(wanted);
  });

  test.each([
    ['a name nobody declared', 'alpha * lambda', /unknown name lambda; declared: alpha/],
    ['a unit', '3 * cm', /unknown name cm/],
    ['a syntax error', 'alpha +', /alpha \+/],
    ['nothing', '  ', /empty/],
    ['an assignment', 'alpha = 3', /not plain arithmetic/],
    ['two statements', 'alpha; 3', /not plain arithmetic/],
    ['a function of its own', 'f(x) = x', /not plain arithmetic/],
    ['chance', 'random()', /unknown name random/],
    ['the parser', 'evaluate("1")', /unknown name evaluate/],
    ['the importer', 'import("fs")', /unknown name import/],
    ['a new unit', 'createUnit("foo")', /unknown name createUnit/],
    ['an object', '{a: 1}', /not plain arithmetic/],
  ])('cannot be %s', (_, source, message) => {
    expect(compiling(source, 'alpha')).toThrow(message);
  });

  test.each([
    ['an index out of range', 'x[4]', { x: [1, 2] }],
    ['words as numbers', 'x + 1', { x: 'relu' }],
    ['a function as its value', 'x', { x: (() => 1) as unknown as Datum }],
    ['a property of the language', 'x.constructor', { x: [1] }],
  ])('fails on %s', (_, source, values) => {
    expect(() => value(source, values)).toThrow(source);
  });

  test('knows the declared names it uses', () => {
    const { names } = compileExpression('map(x, f(v) = v * a) + mean(x)', new Set(['x', 'a', 'b']));
    expect([...names].toSorted()).toEqual(['a', 'x']);
  });
});
