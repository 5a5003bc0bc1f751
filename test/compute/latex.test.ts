import { expect, test } from 'vitest';
import { br, is, mat, num, plus, signed, stack, tex, vec } from '../../src/compute/latex.ts';

test.each([
  [0, '0'],
  [-0, '0'],
  [2, '2'],
  [-3.5, '-3.5'],
  [1 / 3, '0.333333'],
  [0.1 + 0.2, '0.3'],
  [9999, '9999'],
  [10_000, '10{,}000'],
  [-109_482_240, '-109{,}482{,}240'],
  [2_147_483_648, '2{,}147{,}483{,}648'],
  [7e9, '7 \\times 10^{9}'],
  [1e9, '10^{9}'],
  [-1e-5, '-10^{-5}'],
  [3.15e23, '3.15 \\times 10^{23}'],
  [0.0001, '0.0001'],
  [12_345.678, '12345.7'],
  [Infinity, '\\infty'],
  [-Infinity, '-\\infty'],
])('num(%d) is %s', (x, want) => {
  expect(num(x)).toBe(want);
});

test('what is rounded is only approximately equal', () => {
  expect([is(0.5), is(1 / 3), is(0.9 * 0.58 + 0.3), is(Infinity), is(123_456_789)]).toEqual([
    '= 0.5',
    '\\approx 0.333333',
    '= 0.822',
    '= \\infty',
    '= 123{,}456{,}789',
  ]);
});

test('negative and scientific factors stand in brackets', () => {
  expect([br(2), br(-2), br(1e-5)]).toEqual(['2', '(-2)', '(10^{-5})']);
  expect([signed(2), signed(-2), signed(0)]).toEqual(['+ 2', '- 2', '+ 0']);
});

test('long sums, vectors and matrices are elided', () => {
  const ten = Array.from({ length: 10 }, (_, i) => i);
  expect(plus(ten.map(String))).toBe('0 + 1 + 2 + 3 + \\cdots + 9');
  expect(vec(ten)).toBe('\\left(0,\\ 1,\\ 2,\\ 3,\\ \\dots,\\ 9\\right)');
  expect(mat(ten.map((i) => [i, 1]))).toBe(
    '\\begin{bmatrix} 0 & 1 \\\\ 1 & 1 \\\\ 2 & 1 \\\\ \\vdots & \\vdots \\\\ 9 & 1 \\end{bmatrix}',
  );
  expect(mat([ten])).toBe('\\begin{bmatrix} 0 & 1 & 2 & \\cdots & 9 \\end{bmatrix}');
});

test('the template prints numbers, vectors and matrices, and leaves backslashes alone', () => {
  expect(tex`\frac{${1 / 4}}{x} ${[1, 2]} ${[[1]]} ${'\\mu'}`).toBe(
    '\\frac{0.25}{x} \\left(1,\\ 2\\right) \\begin{bmatrix} 1 \\end{bmatrix} \\mu',
  );
  expect([stack('a', ''), stack('a', 'b')]).toEqual(['a', '\\begin{aligned} & a \\\\ & b \\end{aligned}']);
});
