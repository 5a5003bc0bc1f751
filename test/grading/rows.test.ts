import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerSpec, grade } from '../../src/grading/index.ts';

const vector: AnswerSpec = {
  kind: 'vector',
  value: [0.2, 0.58, -1.5],
  mistakes: [
    { id: 'reversed', value: [-1.5, 0.58, 0.2] },
    { id: 'other', value: [0.2, 0.6, 1.5] },
  ],
};
const matrix: AnswerSpec = {
  kind: 'matrix',
  value: [
    [1, 2],
    [3, -4],
  ],
  mistakes: [
    {
      id: 'transposed',
      value: [
        [1, 3],
        [2, -4],
      ],
    },
  ],
};

const outcome = (spec: AnswerSpec, text: string) => grade(spec, text).outcome;
const reasonOf = (spec: AnswerSpec, text: string) => {
  const [note] = grade(spec, text).notes;
  return note !== undefined && 'reason' in note ? note.reason : note?.code;
};

describe('vectors are read from', () => {
  test.each([
    '0.2, 0.58, -1.5',
    '0.2,0.58,-1.5',
    '[0.2, 0.58, -1.5]',
    '(0.2, 0.58, -1.5)',
    '{0.2, 0.58, -1.5}',
    '【0.2，0.58，−1.5】',
    '（０．２，０．５８，－１．５）',
    '0.2，0.58，-1.5',
    '0.2、0.58、-1.5',
    '0.2；0.58；-1.5',
    '0.2;0.58;-1.5',
    '0.2 0.58 -1.5',
    '[0.2 0.58 -1.5]',
    '[ 0.2   0.58  -1.5 ]',
    '0.2\t0.58\t-1.5',
    '0.2\n0.58\n-1.5',
    '0.2,\n0.58,\n-1.5\n',
    '0.2\r\n0.58\r\n-1.5',
    '[[0.2, 0.58, -1.5]]',
    '[[0.2], [0.58], [-1.5]]',
    '[[0.2],\n [0.58],\n [-1.5]]',
    '[0.2; 0.58; -1.5]',
    '[0.2, 0.58, -1.5]^T',
    '[0.2, 0.58, -1.5]ᵀ',
    '(0.2, 0.58, -1.5)^{\\top}',
    "[0.2 0.58 -1.5]'",
    '[0.2, 0.58, -1.5].T',
    '\\begin{bmatrix} 0.2 & 0.58 & -1.5 \\end{bmatrix}',
    '\\begin{bmatrix} 0.2 \\\\ 0.58 \\\\ -1.5 \\end{bmatrix}',
    '\\begin{pmatrix}0.2\\\\0.58\\\\-1.5\\end{pmatrix}',
    '$\\left[0.2,\\; 0.58,\\; -1.5\\right]$',
    '\\left(\\frac{1}{5}, \\frac{29}{50}, -\\frac{3}{2}\\right)',
    'np.array([0.2, 0.58, -1.5])',
    'array([ 0.2 ,  0.58, -1.5 ])',
    'tensor([ 0.2000,  0.5800, -1.5000])',
    'torch.tensor([[0.2, 0.58, -1.5]])',
    '[ 0.2   0.58 -1.5 ]',
    'x = [0.2, 0.58, -1.5]',
    'μ = (0.2, 0.58, -1.5)',
    '答案：0.2，0.58，-1.5。',
    '约 [0.2, 0.58, -1.5]',
    'x1=0.2, x2=0.58, x3=-1.5',
    'a: 0.2; b: 0.58; c: -1.5',
    '1/5, 29/50, -3/2',
    '20%, 58%, -150%',
    '0.2, 5.8e-1, -1.5',
    '0.2, 5.8×10⁻¹, −1½',
    '0.2, 58 %, -1 1/2',
    '[1/5 29/50 -3/2]',
    '[0.2, 0.9*0.2+0.4, -(1+1/2)]',
    '[2^-1 - 0.3, sqrt(0.3364), -1.5]',
    '[(0.2), (0.58), (-1.5)]',
    '0.2, 0.58, -1.5,',
    '`[0.2, 0.58, -1.5]`',
    '\\(0.2, 0.58, -1.5\\)',
    '\\left\\{0.2, 0.58, -1.5\\right\\}',
    '≈0.2, ≈0.58, ≈-1.5',
  ])('%j', (text) => {
    expect(grade(vector, text)).toMatchObject({ outcome: 'correct', score: 1, reading: '[0.2, 0.58, -1.5]' });
  });
});

describe('matrices are read from', () => {
  test.each([
    '[1 2; 3 -4]',
    '[1, 2; 3, -4]',
    '1 2; 3 -4',
    '1, 2; 3, -4',
    '1，2；3，-4',
    '1、2；3、-4',
    '1 2\n3 -4',
    '1, 2\n3, -4',
    '1\t2\n3\t-4',
    '1 2\n\n3 -4\n',
    '[[1, 2], [3, -4]]',
    '[[1,2],[3,-4]]',
    '[[1,2][3,-4]]',
    '[1,2],[3,-4]',
    '[1,2][3,-4]',
    '(1,2),(3,-4)',
    '((1,2),(3,-4))',
    '{{1,2},{3,-4}}',
    '【【1，2】，【3，-4】】',
    '[[1 2] [3 -4]]',
    '[[ 1.  2.]\n [ 3. -4.]]',
    'tensor([[ 1.,  2.],\n        [ 3., -4.]])',
    'np.array([[1, 2], [3, -4]])',
    '\\begin{bmatrix}1&2\\\\3&-4\\end{bmatrix}',
    '\\begin{pmatrix} 1 & 2 \\\\\n 3 & -4 \\end{pmatrix}',
    '\\left[\\begin{array}{cc} 1 & 2 \\\\ 3 & -4 \\\\ \\end{array}\\right]',
    '$$\\begin{bmatrix}\\frac{2}{2}&\\sqrt{4}\\\\3&-2^2\\end{bmatrix}$$',
    'A = [1 2; 3 -4]',
    'W：[[1, 2], [3, -4]]。',
    '[1, 3; 2, -4]^T',
    '[[1,3],[2,-4]].T',
    '[2/2, 1+1; 9/3, -(2+2)]',
    '[1 2];[3 -4]',
  ])('%j', (text) => {
    expect(grade(matrix, text)).toMatchObject({ outcome: 'correct', score: 1, reading: '[[1, 2], [3, -4]]' });
  });
});

describe('neither is read from', () => {
  test.each([
    ['', 'empty'],
    ['[]', 'empty'],
    ['[[],[]]', 'empty'],
    ['x =', 'empty'],
    ['1,,2', 'entry'],
    [',1,2', 'entry'],
    ['[1, , 2]', 'entry'],
    ['[[1,2],,[3,4]]', 'entry'],
    ['[1,2;;3,4]', 'entry'],
    ['[1,2;3]', 'ragged'],
    ['[[1,2],[3]]', 'ragged'],
    ['1 2\n3', 'ragged'],
    ['[1,2', 'bracket'],
    ['1,2]', 'bracket'],
    ['[1,2)', 'bracket'],
    ['[[1,2],[3,4]', 'bracket'],
    ['1, a', 'word'],
    ['1, 2 3', 'operator'],
    ['1, 1/2π', 'implicit-product'],
    ['1, 1/0', 'not-finite'],
    ['1, 0.5~0.6', 'range'],
    ['1 1/2 3', 'spaces'],
    ['[1 000 2]', 'spaces'],
    ['[[[[[[1]]]]]]', 'too-deep'],
    [`[${'1,'.repeat(500)}1]`, 'too-complex'],
    ['1,'.repeat(3000), 'too-long'],
    [`1,${'1+'.repeat(200)}1`, 'too-long'],
    ['0.2, 0.58, ...', 'character'],
    ['0.2, 0.58, …', 'character'],
  ])('%j: %s', (text, reason) => {
    expect([outcome(vector, text), reasonOf(vector, text)]).toEqual(['invalid', reason]);
    expect([outcome(matrix, text), reasonOf(matrix, text)]).toEqual(['invalid', reason]);
  });

  test('the offset is that of the original text', () => {
    expect(grade(vector, '【0.2，0.58，0.5~1】').notes).toEqual([
      { code: 'unreadable', reason: 'range', at: 13 },
    ]);
  });
});

describe('partial credit of a vector', () => {
  test.each([
    ['0.2, 0.58, 1.4', 2 / 3, []],
    ['0.3, 0.58, 1.4', 1 / 3, []],
    ['0.2, 0.58', 2 / 3, [{ code: 'length', got: 2, want: 3 }]],
    ['0.2', 1 / 3, [{ code: 'length', got: 1, want: 3 }]],
    ['0.2, 0.58, -1.5, 0', 3 / 4, [{ code: 'length', got: 4, want: 3 }]],
    ['1,000', 0, [{ code: 'length', got: 2, want: 3 }]],
    ['-1.5, 0.58, 0.2', 1 / 3, [{ code: 'mistake', id: 'reversed' }]],
    ['0.2, 0.6, 1.5', 1 / 3, [{ code: 'mistake', id: 'other' }]],
    ['-0.2, -0.58, 1.5', 0, [{ code: 'sign' }]],
    ['20, 58, -150', 0, [{ code: 'power-of-ten', exponent: 2 }]],
    ['0.2, 0.6, -1.5', 2 / 3, [{ code: 'rounding' }]],
    ['1, 2; 3, 4', 0, [{ code: 'shape', got: [2, 2], want: [1, 3] }]],
  ])('%j', (text, score, notes) => {
    const verdict = grade(vector, text);
    expect(verdict).toMatchObject({ outcome: score === 0 ? 'wrong' : 'partial', notes });
    expect(verdict.score).toBeCloseTo(score, 12);
  });

  test('a right answer with too few digits says so', () => {
    const spec: AnswerSpec = { kind: 'vector', value: [0.5803, 2] };
    expect(grade(spec, '0.58, 2')).toMatchObject({ outcome: 'correct', notes: [{ code: 'rounding' }] });
  });
});

describe('partial credit of a matrix', () => {
  test.each([
    ['1 2; 3 4', 3 / 4, []],
    ['1 3; 2 -4', 2 / 4, [{ code: 'mistake', id: 'transposed' }]],
    ['1 2', 2 / 4, [{ code: 'shape', got: [1, 2], want: [2, 2] }]],
    ['1 2 3 -4', 2 / 8, [{ code: 'shape', got: [1, 4], want: [2, 2] }]],
    ['1 2 0; 3 -4 0', 4 / 6, [{ code: 'shape', got: [2, 3], want: [2, 2] }]],
    ['-1 -2; -3 4', 0, [{ code: 'sign' }]],
  ])('%j', (text, score, notes) => {
    expect(grade(matrix, text)).toMatchObject({ outcome: score === 0 ? 'wrong' : 'partial', score, notes });
  });
});

describe('any notation of any numbers', () => {
  const entry = fc.integer({ min: -99_999, max: 99_999 }).map((n) => n / 1000);
  const brackets = fc.constantFrom(['[', ']'], ['(', ')'], ['{', '}'], ['【', '】'], ['（', '）'], ['', '']);

  test('of a vector', () => {
    const separator = fc.constantFrom(', ', ',', '，', '、', '; ', '；', ' ', '  ', '\n', ' & ');
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 8 }),
        separator,
        brackets,
        (value, by, [open, close]) => {
          const text = `${open}${value.join(by)}${close}`;
          expect(outcome({ kind: 'vector', value }, text)).toBe('correct');
        },
      ),
    );
  });

  test('of a matrix', () => {
    const shape = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }));
    const rows = shape.chain(([height, width]) =>
      fc.array(fc.array(entry, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    );
    const between = fc.constantFrom(
      [',', ';'],
      ['，', '；'],
      [' ', ';'],
      [' ', '\n'],
      [', ', '\n'],
      ['&', '\\\\'],
      ['、', '；\n'],
    );
    fc.assert(
      fc.property(rows, between, brackets, (value, [comma, semicolon], [open, close]) => {
        const text = `${open}${value.map((row) => row.join(comma)).join(semicolon)}${close}`;
        expect(outcome({ kind: 'matrix', value }, text)).toBe('correct');
        expect(outcome({ kind: 'matrix', value }, JSON.stringify(value))).toBe('correct');
      }),
    );
  });
});
