import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerSpec, grade, type Note, type Tolerance } from '../../src/grading/index.ts';

const spec = (
  value: number,
  tolerance?: Tolerance,
  mistakes?: readonly { id: string; value: number }[],
): AnswerSpec => ({
  kind: 'numeric',
  value,
  ...(tolerance === undefined ? {} : { tolerance }),
  ...(mistakes === undefined ? {} : { mistakes }),
});

const outcome = (value: number, text: string, tolerance?: Tolerance) =>
  grade(spec(value, tolerance), text).outcome;

/** Keys of every size and sign that print as plain decimals or with an exponent. */
const key = fc
  .tuple(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: -9, max: 3 }), fc.boolean())
  .map(([digits, exponent, negative]) => Number(`${negative ? '-' : ''}${digits}e${exponent}`));

describe('relative and absolute', () => {
  test.each<[number, string, Tolerance | undefined, string]>([
    [1, '1.001', undefined, 'correct'],
    [1, '0.999', undefined, 'correct'],
    [1, '1.0011', undefined, 'wrong'],
    [1, '0.9989', undefined, 'wrong'],
    [1000, '1001', undefined, 'correct'],
    [1000, '1001.01', undefined, 'wrong'],
    [10, '10.1', { relative: 0.01 }, 'correct'],
    [10, '10.11', { relative: 0.01 }, 'wrong'],
    [10, '10.5', { absolute: 0.5 }, 'correct'],
    [10, '9.5', { absolute: 0.5 }, 'correct'],
    [10, '10.51', { absolute: 0.5 }, 'wrong'],
    [10, '10.2', { relative: 0.001, absolute: 0.2 }, 'correct'],
    [0.1, '0.11', { relative: 0.1 }, 'correct'],
    [0.3, '0.33', { relative: 0.1 }, 'correct'],
    [0, '0', undefined, 'correct'],
    [0, '0.000000001', undefined, 'correct'],
    [0, '0.00000001', undefined, 'wrong'],
    [0, '0.001', { relative: 0.5 }, 'wrong'],
    [0, '0', { relative: 0.5 }, 'correct'],
    [0, '0.01', { absolute: 0.01 }, 'correct'],
    [0, '0.001', { decimals: 2 }, 'wrong'],
    [0, '0.00', { decimals: 2 }, 'correct'],
    [1e-12, '5e-10', undefined, 'correct'],
    [1e-12, '1e-12', { relative: 1e-3 }, 'correct'],
    [1e-12, '1.1e-12', { relative: 1e-3 }, 'wrong'],
  ])('%d typed as %s with %j is %s', (value, text, tolerance, wanted) => {
    expect(outcome(value, text, tolerance)).toBe(wanted);
  });

  test('the boundary is inclusive, and nothing a hair outside it is', () => {
    fc.assert(
      fc.property(
        key,
        fc.constantFrom(0.001, 0.01, 0.05),
        fc.constantFrom(1, -1),
        (value, relative, side) => {
          const at = (share: number) =>
            outcome(value, String(value + side * share * relative * Math.abs(value)), { relative });
          expect([at(1), at(1 + 1e-6)]).toEqual(['correct', 'wrong']);
        },
      ),
    );
  });
});

describe('decimals and significant digits', () => {
  test.each<[number, string, Tolerance, string]>([
    [0.5867, '0.59', { decimals: 2 }, 'correct'],
    [0.5867, '0.58', { decimals: 2 }, 'correct'],
    [0.5867, '0.5867', { decimals: 2 }, 'correct'],
    [0.5867, '0.587', { decimals: 2 }, 'correct'],
    [0.5867, '0.60', { decimals: 2 }, 'wrong'],
    [0.5867, '0.57', { decimals: 2 }, 'wrong'],
    [-0.5867, '-0.58', { decimals: 2 }, 'correct'],
    [-0.5867, '-0.59', { decimals: 2 }, 'correct'],
    [0.582, '0.58', { decimals: 2 }, 'correct'],
    [0.582, '0.59', { decimals: 2 }, 'wrong'],
    [2.5, '3', { decimals: 0 }, 'correct'],
    [2.5, '2', { decimals: 0 }, 'correct'],
    [0.285, '0.29', { decimals: 2 }, 'correct'],
    [0.285, '0.28', { decimals: 2 }, 'correct'],
    [1.005, '1.01', { decimals: 2 }, 'correct'],
    [0.58, '0.58', { decimals: 2 }, 'correct'],
    [0.58, '0.59', { decimals: 2 }, 'wrong'],
    [0.1 + 0.2, '0.3', { decimals: 1 }, 'correct'],
    [0.57 + 0.01, '0.58', { decimals: 2 }, 'correct'],
    [109_482_240, '109M', { significant: 3 }, 'correct'],
    [109_482_240, '1.09e8', { significant: 3 }, 'correct'],
    [109_482_240, '1.1亿', { significant: 2 }, 'correct'],
    [109_482_240, '1.0亿', { significant: 2 }, 'correct'],
    [109_482_240, '1.1亿', { significant: 3 }, 'wrong'],
    [0.000_123_46, '0.000123', { significant: 3 }, 'correct'],
    [0.000_123_46, '0.000124', { significant: 3 }, 'wrong'],
    [999.7, '1000', { significant: 3 }, 'correct'],
    [999.7, '999', { significant: 3 }, 'correct'],
  ])('%d typed as %s with %j is %s', (value, text, tolerance, wanted) => {
    expect(outcome(value, text, tolerance)).toBe(wanted);
  });

  test('the key printed with n decimals is right, two units off is wrong', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9_999_999, max: 9_999_999 }),
        fc.integer({ min: 0, max: 4 }),
        (units, decimals) => {
          const value = units / 1e5;
          const tolerance = { decimals };
          const off = Math.abs(value) + 2.01 * 10 ** -decimals;
          expect(outcome(value, value.toFixed(decimals), tolerance)).toBe('correct');
          expect(outcome(value, value.toFixed(5), tolerance)).toBe('correct');
          expect(outcome(value, String(Math.sign(value || 1) * off), tolerance)).toBe('wrong');
        },
      ),
    );
  });

  test('the key printed with n significant digits is right', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 1, max: 6 }), (value, significant) => {
        expect(outcome(value, value.toPrecision(significant), { significant })).toBe('correct');
        expect(outcome(value, value.toExponential(significant - 1), { significant })).toBe('correct');
      }),
    );
  });

  test('whatever is accepted, everything nearer to the key is accepted too', () => {
    const off = fc.double({ min: -0.02, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        off,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, by, share) => {
          fc.pre(outcome(value, String(value + by), { decimals: 2 }) === 'correct');
          expect(outcome(value, String(value + by * share), { decimals: 2 })).toBe('correct');
        },
      ),
    );
  });
});

describe('notes', () => {
  const mistakes = [
    { id: 'plain-average', value: 3 },
    { id: 'negated', value: -0.582 },
    { id: 'near', value: 0.61 },
    { id: 'nearer', value: 0.6104 },
  ];

  test.each<[string, number, string, Tolerance | undefined, string, readonly Note[]]>([
    ['exact', 0.582, '0.582', undefined, 'correct', []],
    ['few digits within the tolerance', 0.5803, '0.58', undefined, 'correct', [{ code: 'rounding' }]],
    ['the key itself has few digits', 0.58, '0.58', undefined, 'correct', []],
    ['few digits outside it', 0.582, '0.58', undefined, 'wrong', [{ code: 'rounding' }]],
    ['truncated outside it', 0.589, '0.58', undefined, 'wrong', [{ code: 'rounding' }]],
    ['few decimals', 0.8224, '0.82', { decimals: 3 }, 'wrong', [{ code: 'rounding' }]],
    ['few digits of a large key', 109_482_240, '110M', undefined, 'wrong', [{ code: 'rounding' }]],
    ['few digits in percent', 0.582, '58%', undefined, 'wrong', [{ code: 'rounding' }]],
    ['enough digits, but wrong', 0.582, '0.583', undefined, 'wrong', []],
    ['a computed number is not rounded', 0.582, '0.5+0.08', undefined, 'wrong', []],
    ['sign', 1.234, '-1.234', undefined, 'wrong', [{ code: 'sign' }]],
    ['percent not divided', 0.582, '58.2', undefined, 'wrong', [{ code: 'power-of-ten', exponent: 2 }]],
    ['thousand times too small', 4096, '4.096', undefined, 'wrong', [{ code: 'power-of-ten', exponent: -3 }]],
    ['nothing to say', 0.582, '0.7', undefined, 'wrong', []],
    ['zero says nothing', 0.582, '0', undefined, 'wrong', []],
    ['a key of zero says nothing', 0, '0.5', undefined, 'wrong', []],
  ])('%s', (_, value, text, tolerance, wanted, notes) => {
    expect(grade(spec(value, tolerance), text)).toMatchObject({ outcome: wanted, notes });
  });

  test.each([
    ['3', 'plain-average'],
    ['3.002', 'plain-average'],
    ['-0.582', 'negated'],
    ['0.61', 'near'],
    ['0.6101', 'near'],
    ['0.6104', 'nearer'],
    ['0.6103', 'nearer'],
  ])('%s is the nearest known mistake, %s', (text, id) => {
    expect(grade(spec(0.582, undefined, mistakes), text)).toMatchObject({
      outcome: 'wrong',
      notes: [{ code: 'mistake', id }],
    });
  });

  test('the right answer wins over any mistake', () => {
    const same = [{ id: 'same', value: 0.582 }];
    expect(grade(spec(0.582, undefined, same), '0.582')).toMatchObject({ outcome: 'correct', notes: [] });
  });

  test('a known mistake wins over too few digits, a power of ten or the sign', () => {
    const known = [
      { id: 'known', value: 0.6 },
      { id: 'ten', value: 5.82 },
    ];
    expect(grade(spec(0.582, undefined, known), '0.6').notes).toEqual([{ code: 'mistake', id: 'known' }]);
    expect(grade(spec(0.582, undefined, known), '5.82').notes).toEqual([{ code: 'mistake', id: 'ten' }]);
  });

  test('any power of ten is named', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: -9, max: 9 }), (value, exponent) => {
        fc.pre(exponent !== 0 && Math.abs(value * 10 ** exponent) > 1e-6);
        const { outcome, notes } = grade(spec(value, { relative: 1e-3 }), `${value}*10^(${exponent})`);
        expect([outcome, notes]).toEqual(['wrong', [{ code: 'power-of-ten', exponent }]]);
      }),
    );
  });
});
