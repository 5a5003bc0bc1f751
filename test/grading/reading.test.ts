import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ambiguousReasons,
  type AnswerSpec,
  grade,
  readNumber,
  unreadableReasons,
} from '../../src/grading/index.ts';

const wide = (text: string) =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
const raised = (text: string) =>
  text.replaceAll(/[-\d]/g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]!));
const plain = (value: number) => value.toFixed(6);
const scientific = (value: number, between: string, power: (exponent: string) => string) => {
  const [mantissa, exponent] = value.toExponential().split('e');
  return `${mantissa}${between}${power(exponent!.replace('+', ''))}`;
};

const spec = (value: number, unit: string): AnswerSpec => ({ kind: 'numeric', value, unit });

describe('how a number was read', () => {
  test.each([
    ['.58', '0.58'],
    ['0.580', '0.580'],
    ['5.', '5'],
    ['1,000', '1000'],
    ['1 000 000.5', '1000000.5'],
    ['（０．５８）', '0.58'],
    ['约0。58', '0.58'],
    ['−0.58', '-0.58'],
    ['29／50', '29 / 50 = 0.58'],
    ['58%', '58% = 0.58'],
    ['1½', '1 1/2 = 1.5'],
    ['5.8×10⁻¹', '5.8 * 10^(-1) = 0.58'],
    ['1.1亿', '1.1亿 = 110000000'],
    ['√2/2', 'sqrt(2) / 2 = 0.7071067812'],
    ['log 2', 'ln(2) = 0.6931471806'],
    ['0.9*0.18+0.4', '0.9 * 0.18 + 0.4 = 0.562'],
    ['2π', '2 * π = 6.283185307'],
  ])('%j', (typed, text) => {
    expect(readNumber(typed)).toMatchObject({ ok: true, text });
  });
});

describe('where reading failed, in the original text', () => {
  test.each([
    ['0,58', 0],
    ['约 1，5', 2],
    ['1/2π', 3],
    ['½+½½', 3],
    ['2 3', 2],
    ['10⁻¹ 5', 5],
    ['  abc', 2],
    ['1+', 2],
    ['(1+2', 4],
    ['😀', 0],
    ['1 + 😀', 4],
  ])('%j at %d', (typed, at) => {
    const read = readNumber(typed);
    expect(read).toMatchObject({ ok: false });
    expect(!read.ok && read.at).toBe(at);
  });
});

test('every reason has one meaning', () => {
  const all = [...ambiguousReasons, ...unreadableReasons];
  expect(new Set(all).size).toBe(all.length);
});

describe('any number in any notation', () => {
  const number = fc
    .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 6 }))
    .map(([digits, decimals]) => Number(`${digits}e-${decimals}`));
  const notations: Readonly<Record<string, (value: number) => string>> = {
    plain,
    'as JavaScript prints it': String,
    exponent: (value) => value.toExponential(),
    'capital exponent': (value) => value.toExponential().toUpperCase(),
    'full width': (value) => wide(plain(value)),
    'Unicode minus': (value) => plain(value).replace('-', '−'),
    percent: (value) => `${(value * 100).toFixed(8)}%`,
    'grouped with commas': (value) => value.toLocaleString('en-US', { maximumFractionDigits: 6 }),
    'grouped with spaces': (value) =>
      value.toLocaleString('en-US', { maximumFractionDigits: 6 }).replaceAll(',', ' '),
    'power of ten': (value) => scientific(value, '×', (exponent) => `10^${exponent}`),
    'power of ten in brackets': (value) => scientific(value, ' * ', (exponent) => `10^(${exponent})`),
    superscript: (value) => scientific(value, '×', (exponent) => `10${raised(exponent)}`),
    LaTeX: (value) => scientific(value, '\\times ', (exponent) => `10^{${exponent}}`),
    fraction: (value) => `${Math.round(value * 1e6)}/1000000`,
    sum: (value) => `${plain(value)} + 0`,
    magnitude: (value) => `${(value / 1e4).toFixed(10)}万`,
    'with a name': (value) => `x_1 = ${plain(value)}`,
    approximately: (value) => `约${plain(value)}`,
    'in brackets': (value) => `【${plain(value)}】`,
    'with a full stop': (value) => `${plain(value)}。`,
    'with invisible characters': (value) => `\u200b\ufeff${plain(value)}\u00a0`,
  };

  test.each(Object.entries(notations))('%s', (_, write) => {
    fc.assert(
      fc.property(number, (value) => {
        const read = readNumber(write(value));
        if (!read.ok) throw new Error(`${write(value)}: ${read.code}`);
        expect(Math.abs(read.value - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
      }),
    );
  });

  test('what was read reads the same again', () => {
    fc.assert(
      fc.property(number, fc.constantFrom(...Object.values(notations)), (value, write) => {
        const read = readNumber(write(value));
        const again = read.ok ? readNumber(read.text.split(' = ')[0]!) : read;
        expect(again).toMatchObject({ ok: true, value: read.ok && read.value });
      }),
    );
  });
});

describe('arithmetic', () => {
  /** A text and its value, written with every operator and as few brackets as precedence allows. */
  interface Written {
    readonly text: string;
    readonly value: number;
    /** 1 a sum, 2 a product, 3 a sign, 4 an atom. */
    readonly strength: number;
  }
  const inside = ({ text, strength }: Written, needed: number) => (strength < needed ? `(${text})` : text);
  const infix = (left: Written, sign: string, right: Written, value: number): Written => {
    const strength = sign === '+' || sign === '-' ? 1 : 2;
    const text = `${inside(left, strength)}${sign}${inside(right, strength + 1)}`;
    return { text, value, strength };
  };
  const arithmetic = fc.letrec<{ any: Written }>((tie) => {
    const both = fc.tuple(tie('any'), tie('any'));
    return {
      any: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        fc
          .integer({ min: 1, max: 9999 })
          .map((n) => ({ text: String(n / 100), value: n / 100, strength: 4 })),
        both.map(([a, b]) => infix(a, '+', b, a.value + b.value)),
        both.map(([a, b]) => infix(a, '-', b, a.value - b.value)),
        both.map(([a, b]) => infix(a, '*', b, a.value * b.value)),
        both.map(([a, b]) => infix(a, '/', b, a.value / b.value)),
        tie('any').map((a) => ({ text: `-${inside(a, 4)}`, value: -a.value, strength: 3 })),
        tie('any').map((a) => ({ text: `abs(${a.text})`, value: Math.abs(a.value), strength: 4 })),
        tie('any').map((a) => ({ text: `(${a.text})^2`, value: a.value ** 2, strength: 4 })),
      ),
    };
  }).any;

  test('any expression has the value that precedence gives it', () => {
    fc.assert(
      fc.property(arithmetic, ({ text, value }) => {
        fc.pre(text.length <= 256 && Number.isFinite(value));
        const read = readNumber(text);
        if (!read.ok) throw new Error(`${text}: ${read.code}`);
        expect(read.value).toBeCloseTo(value, Math.max(0, 9 - Math.ceil(Math.log10(Math.abs(value) + 1))));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('units', () => {
  test.each([
    [
      'GB',
      49.2,
      [
        '49.2',
        '49.2 GB',
        '49.2GB',
        '49.2 gb',
        '49.2G',
        '49200 MB',
        '49200M',
        '0.0492 TB',
        '4.92e10 bytes',
        '492亿字节',
        '45.82 GiB',
        '约49.2GB。',
        '4.92×10¹ GB',
        '49.2 Gbytes',
        '４９．２ＧＢ',
        '(49.2) GB',
      ],
    ],
    ['GiB', 2, ['2', '2 GiB', '2048 MiB', '2147483648 bytes', '2.147 GB']],
    ['MB', 512, ['512', '512 MB', '0.512 GB', '512000 kB', '512000 KB', '0.512G']],
    ['M', 110, ['110', '110M', '1.1亿', '0.11B', '110 million', '11000万', '110,000k']],
    ['B', 7, ['7', '7B', '70亿', '7000M', '7 billion']],
    ['%', 58, ['58', '58%', '58.0 %', '百分之58']],
    ['ms', 250, ['250', '250 ms', '0.25 s', '250毫秒', '0.25秒', '250000 us']],
    ['s', 90, ['90', '90 s', '1.5 min', '90秒', '90000ms', '1.5分钟']],
    ['TFLOPs', 312, ['312', '312 TFLOPs', '312 TFLOPS', '0.312 PFLOPs', '3.12e14 FLOP']],
    ['token', 300, ['300', '300 token', '300 tokens', '0.3k tokens']],
    ['m', 300, ['300', '300 m', '300m']],
    ['步', 300, ['300', '300步', '3百步']],
  ] as const)('%s', (unit, value, texts) => {
    for (const text of texts) {
      expect([text, grade(spec(value, unit), text).outcome]).toEqual([text, 'correct']);
    }
  });

  test.each([
    ['GB', '49.2 MB', 'wrong'],
    ['GB', '49.2 GiB', 'wrong'],
    ['GB', '49.2 TB', 'wrong'],
    ['GB', '49.2M', 'wrong'],
    ['M', '49.2B', 'wrong'],
    ['%', '0.492', 'wrong'],
    ['%', '4920%', 'wrong'],
  ])('in %s, %s is %s', (unit, text, wanted) => {
    expect(grade(spec(49.2, unit), text).outcome).toBe(wanted);
  });

  test.each([
    ['GB', '49.2 Gb', 'ambiguous', 'unit'],
    ['GB', '7B', 'ambiguous', 'unit'],
    ['GiB', '2G', 'ambiguous', 'unit'],
    ['GB', '49.2 kg', 'unreadable', 'wrong-unit'],
    ['GB', '49.2 s', 'unreadable', 'wrong-unit'],
    ['s', '5 GB', 'unreadable', 'wrong-unit'],
    ['GB', 'GB', 'empty', undefined],
    ['token', '3 steps', 'unreadable', 'wrong-unit'],
    ['M', '110m', 'ambiguous', 'magnitude'],
  ])('in %s, %s is refused', (unit, text, code, reason) => {
    const { outcome, notes } = grade(spec(49.2, unit), text);
    expect([outcome, notes]).toMatchObject(['invalid', [reason === undefined ? { code } : { code, reason }]]);
  });

  test('a decimal prefix off is a power of ten', () => {
    expect(grade(spec(49.2, 'GB'), '49.2 MB').notes).toEqual([{ code: 'power-of-ten', exponent: -3 }]);
  });

  test('the reading says what became of the unit', () => {
    expect(grade(spec(49.2, 'GB'), '49200 MB').reading).toBe('49200 MB = 49.2 GB');
  });
});
