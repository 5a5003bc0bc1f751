import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerSpec, type Domain, grade } from '../../src/grading/index.ts';

const real = { min: -3, max: 3 };
const positive = { min: 0.2, max: 3 };

const formula = (
  expression: string,
  variables: Readonly<Record<string, Domain>>,
  mistakes: Readonly<Record<string, string>> = {},
): AnswerSpec => ({
  kind: 'formula',
  expression,
  variables,
  mistakes: Object.entries(mistakes).map(([id, value]) => ({ id, value })),
});

describe('notes', () => {
  const spec = formula(
    'a*(x-m)/sqrt(v+eps)',
    { a: positive, x: real, m: real, v: positive, eps: { min: 0.001, max: 1 } },
    { 'no-eps': 'a*(x-m)/sqrt(v)', 'eps-outside': 'a*(x-m)/(sqrt(v)+eps)', 'no-root': 'a*(x-m)/(v+eps)' },
  );

  test.each([
    ['a*(x-m)*v^(-1/2)', [{ code: 'mistake', id: 'no-eps' }]],
    ['\\frac{a(x-m)}{\\sqrt{v}+\\epsilon}', [{ code: 'mistake', id: 'eps-outside' }]],
    ['a/(eps+v)*(x-m)', [{ code: 'mistake', id: 'no-root' }]],
    ['a*(m-x)/sqrt(v+eps)', [{ code: 'sign' }]],
    ['x', []],
  ])('%s', (text, notes) => {
    expect(grade(spec, text)).toMatchObject({ outcome: 'wrong', score: 0, notes });
  });

  test('a mistake that is the sign is named as the mistake', () => {
    const known = formula('x-y', { x: real, y: real }, { swapped: 'y-x' });
    expect(grade(known, '-(x-y)').notes).toEqual([{ code: 'mistake', id: 'swapped' }]);
  });

  test('undeclared letters come with the names that are allowed', () => {
    expect(grade(spec, 'a*q').notes).toEqual([
      { code: 'unreadable', reason: 'undeclared', at: 2, allowed: ['a', 'x', 'm', 'v', 'eps'] },
    ]);
  });

  test.each([
    ['x+q', 2],
    ['y = x+q', 6],
    ['\\frac{x}{q}', 9],
    ['  x/2m', 3],
    ['μ+½', 0],
  ])('%j is refused at %d', (text, at) => {
    expect(grade(spec, text)).toMatchObject({ outcome: 'invalid', notes: [{ at }] });
  });

  test('the reading is mathjs syntax with no more brackets than needed', () => {
    expect(grade(spec, 'y = \\frac{a\\left(x-m\\right)}{\\sqrt{v+\\epsilon}}').reading).toBe(
      'a * (x - m) / sqrt(v + eps)',
    );
  });
});

describe('domains', () => {
  test.each([
    ['sin(x)/x', 'sin(x)*x^-1', real, 'correct'],
    ['(x^2-1)/(x-1)', 'x+1', { min: 0, max: 2 }, 'correct'],
    ['x', 'exp(ln(x))', positive, 'correct'],
    ['x', 'exp(ln(x))', real, 'wrong'],
    ['abs(x)', 'sqrt(x)^2', real, 'wrong'],
    ['ln(x^2)', '2*ln(x)', real, 'wrong'],
    ['ln(x)', 'ln(x^2)/2', real, 'correct'],
    ['sqrt(x)', 'x^0.5', { min: -1, max: 1 }, 'correct'],
    ['n*(n+1)/2', '(n^2+n)/2', { min: 1, max: 100, integer: true }, 'correct'],
    ['cos(2*3.141592653589793*n)', '1', { min: 1, max: 100, integer: true }, 'correct'],
    ['exp(x)/(exp(x)+1)', '1/(1+exp(-x))', { min: 300, max: 500 }, 'correct'],
  ] as const)('%s against %s', (key, text, domain, wanted) => {
    const name = key.includes('n)') || key.startsWith('n') ? 'n' : 'x';
    expect(grade(formula(key, { [name]: domain }), text).outcome).toBe(wanted);
  });

  test('a formula that is right where it is defined gets a domain note', () => {
    expect(grade(formula('x', { x: real }), 'exp(ln(x))')).toMatchObject({
      outcome: 'wrong',
      notes: [{ code: 'domain' }],
    });
  });

  test('what happens only near an end of a domain is seen', () => {
    const spec = formula('x', { x: { min: 0, max: 1 } });
    expect(grade(spec, 'max(x, 0.002)').outcome).toBe('wrong');
    expect(grade(spec, 'min(x, 0.998)').outcome).toBe('wrong');
  });
});

describe('vectors', () => {
  const p = { min: 0.05, max: 0.95, length: 3 };

  test('entry by entry, with partial credit', () => {
    expect(grade(formula('[p_1-1, p_2, p_3]', { p }), '[p_1-1, p_2, p_3+1]')).toMatchObject({
      outcome: 'partial',
      score: 2 / 3,
    });
  });

  test.each([
    ['p', 'sum(p)', 1, 3],
    ['sum(p)', 'p', 3, 1],
    ['p', '[p_1, p_2]', 2, 3],
  ])('of %s, %s has the wrong length', (key, text, got, want) => {
    expect(grade(formula(key, { p }), text)).toMatchObject({
      outcome: 'wrong',
      score: 0,
      notes: [{ code: 'length', got, want }],
    });
  });

  test('indices count from 1', () => {
    const spec = formula('p_1-p_3', { p });
    expect(grade(spec, 'p[1]-p[3]').outcome).toBe('correct');
    expect(grade(spec, 'p[0]-p[2]').outcome).toBe('invalid');
  });
});

describe('cancellation', () => {
  const spec = formula('x-y', { x: real, y: real });

  test.each(['(x+1e6)-(y+1e6)', 'x+1e9-1e9-y', '(x^2-y^2)/(x+y)', 'ln(exp(x)/exp(y))'])(
    '%s is right',
    (text) => {
      expect(grade(spec, text).outcome).toBe('correct');
    },
  );

  test.each(['x+1e18-1e18-y', 'x+1e300-1e300', '1e200*(x-x)+y+1e16-1e16'])('%s is never right', (text) => {
    expect(grade(spec, text).outcome).not.toBe('correct');
  });

  test.each(['x-y+1e-7', '(x-y)*(1+1e-7)', 'x-1.0000001*y'])('%s is wrong', (text) => {
    expect(grade(spec, text).outcome).toBe('wrong');
  });
});

describe('what cannot be told apart is not held against anyone', () => {
  /** A random formula, and the same one written differently. */
  const pairs = fc.letrec<{ pair: readonly [string, string] }>((tie) => {
    const leaf = fc.constantFrom('x', 'y', '2', '0.5').map((text): readonly [string, string] => [text, text]);
    const both = fc.tuple(tie('pair'), tie('pair'));
    return {
      pair: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        leaf,
        both.map(([[a, b], [c, d]]): readonly [string, string] => [`(${a}+${c})`, `(${d}+${b})`]),
        both.map(([[a, b], [c, d]]): readonly [string, string] => [`(${a}*${c})`, `(${d}*${b})`]),
        both.map(([[a, b], [c, d]]): readonly [string, string] => [`(${a}-${c})`, `(-(${d}-${b}))`]),
        both.map(([[a, b], [c, d]]): readonly [string, string] => [`(${a}/(${c}))`, `((${b})*(${d})^-1)`]),
        tie('pair').map(([a, b]): readonly [string, string] => [`sigmoid(${a})`, `(1-sigmoid(-(${b})))`]),
        tie('pair').map(([a, b]): readonly [string, string] => [`tanh(${a})`, `(2*sigmoid(2*${b})-1)`]),
        tie('pair').map(([a, b]): readonly [string, string] => [`relu(${a})`, `max(0,${b})`]),
      ),
    };
  }).pair;
  const variables = { x: positive, y: positive };

  test('a formula written differently is never wrong', () => {
    fc.assert(
      fc.property(pairs, ([key, text]) => {
        fc.pre(key.length < 120 && text.length < 250);
        const spec = formula(key, variables);
        fc.pre(grade(spec, key).outcome === 'correct');
        const { outcome, notes } = grade(spec, text);
        // A removable singularity, or terms that cancel, may keep it from being judged.
        expect([outcome, notes.length]).not.toEqual(['wrong', 0]);
      }),
      { numRuns: 500 },
    );
  });

  test('a formula off by a factor is never right', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom('1.001', '0.5', '-1', '2', '1.0000001'), ([key, text], factor) => {
        fc.pre(key.length < 120 && text.length < 230);
        const spec = formula(`(${key})^2+x`, variables);
        fc.pre(grade(spec, `(${key})^2+x`).outcome === 'correct');
        expect(grade(spec, `${factor}*((${text})^2+x)`).outcome).not.toBe('correct');
      }),
      { numRuns: 500 },
    );
  });
});
