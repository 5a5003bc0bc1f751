import { describe, expect, test } from 'vitest';
import type { Datum } from '../../src/bank/expression.ts';
import { compileTemplate, renderTemplate } from '../../src/bank/template.ts';

const print = (source: string, values: Readonly<Record<string, Datum>>) =>
  renderTemplate(compileTemplate(source, new Set(Object.keys(values))), new Map(Object.entries(values)));

describe('a text', () => {
  test.each<[string, Readonly<Record<string, Datum>>, string]>([
    ['no braces', {}, 'no braces'],
    ['{{a + b}}', { a: 0.1, b: 0.2 }, '0.3'],
    ['{{a}}', { a: 109_482_240 }, '109482240'],
    ['{{a | grouped}}', { a: 109_482_240 }, '109,482,240'],
    ['${{a | grouped}}$', { a: -109_482_240 }, '$-109{,}482{,}240$'],
    ['{{a | grouped | 1}}', { a: 1234.56 }, '1,234.6'],
    ['{{a | 3}}', { a: 0.5 }, '0.500'],
    ['{{a | 2}}', { a: -0.001 }, '0.00'],
    ['{{a}}', { a: 1e-7 }, '1e-7'],
    ['${{a}}$', { a: 1e-7 }, '$10^{-7}$'],
    ['${{a}}$', { a: 2.5e30 }, '$2.5 \\times 10^{30}$'],
    ['{{a}}', { a: Infinity }, '∞'],
    ['${{a}}$', { a: -Infinity }, '$-\\infty$'],
    ['[{{x}}]', { x: [1, 2.5, -3] }, '[1, 2.5, -3]'],
    ['{{x | 2}}', { x: [1, 2.5] }, '1.00, 2.50'],
    [
      '{{M}}',
      {
        M: [
          [1, 2],
          [3, 4],
        ],
      },
      '1, 2; 3, 4',
    ],
    [
      '$$M={{M | matrix}}$$',
      {
        M: [
          [1, -2],
          [3, 4],
        ],
      },
      '$$M=\\begin{bmatrix} 1 & -2 \\\\ 3 & 4 \\end{bmatrix}$$',
    ],
    ['${{x | matrix | 1}}$', { x: [1, 2] }, '$\\begin{bmatrix} 1.0 & 2.0 \\end{bmatrix}$'],
    ['{{net.name}} has {{net.layers}}', { net: { name: 'A', layers: 12 } }, 'A has 12'],
    ['$\\frac{{{a}}}{{{b}}}$', { a: 1, b: 2 }, '$\\frac{1}{2}$'],
    ['$x_{{{i}}}$', { i: 3 }, '$x_{3}$'],
    ['${{w}}x {{b | signed}}$', { w: 2, b: -3 }, '$2x - 3$'],
    ['${{w}}x {{b | signed | 1}}$', { w: 2, b: 3 }, '$2x + 3.0$'],
    ['cost \\$ {{a}} - {{b}}', { a: 1, b: -2 }, 'cost \\$ 1 - -2'],
  ])('%s', (source, values, wanted) => {
    expect(print(source, values)).toBe(wanted);
  });

  test.each([
    ['a term', '$3 - {{b}}$', '$3 - (-2)$'],
    ['a factor', '$2 \\cdot {{b}}$', '$2 \\cdot (-2)$'],
    ['a neighbour', '$x{{b}}$', '$x(-2)$'],
    ['a base', '${{b}}^2$', '$(-2)^2$'],
    ['a power of ten as a base', '${{s}}^2$', '$(10^{-9})^2$'],
    ['a matrix of display math', '$$3 + {{b}}$$', '$$3 + (-2)$$'],
  ])('puts a negative number in parentheses as %s', (_, source, wanted) => {
    expect(print(source, source.includes('s}}') ? { s: 1e-9 } : { b: -2 })).toBe(wanted);
  });

  test.each([
    ['first', '${{b}} + 1$', '$-2 + 1$'],
    ['after =', '$b={{b}}$', '$b=-2$'],
    ['in parentheses', '$({{b}})^2$', '$(-2)^2$'],
    ['in a group', '$e^{{{b}}}$', '$e^{-2}$'],
    ['after a relation', '$b \\approx {{b}}$', '$b \\approx -2$'],
    ['in a list', '$(1, {{b}})$', '$(1, -2)$'],
    ['outside of math', 'from 3 to {{b}}', 'from 3 to -2'],
  ])('leaves a negative number bare %s', (_, source, wanted) => {
    expect(print(source, { b: -2 })).toBe(wanted);
  });

  test.each([
    ['an unknown format', '{{a | percent}}', /unknown format percent/],
    ['an unknown name', '{{b}}', /unknown name b/],
    ['nothing', '{{ }}', /empty/],
  ])('refuses %s', (_, source, message) => {
    expect(() => compileTemplate(source, new Set(['a']))).toThrow(message);
  });

  test('cannot print a record', () => {
    expect(() => print('{{net}}', { net: { layers: 1 } })).toThrow(/name one of its fields/);
  });
});
