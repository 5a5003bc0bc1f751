/** Numbers, vectors and matrices as LaTeX: six significant digits, thousands grouped, long ones elided. */

const DIGITS = 6;

const scientific = (x: number, digits: number) => {
  const [mantissa = '', exponent = ''] = x.toExponential(digits - 1).split('e');
  const head = String(Number(mantissa));
  const power = `10^{${Number(exponent)}}`;
  return head === '1' ? power : head === '-1' ? `-${power}` : `${head} \\times ${power}`;
};

/** A number, rounded to six significant digits; whole numbers below 10^15 are kept whole, as 7 x 10^9 where that is shorter. */
export const num = (x: number): string => {
  if (Number.isNaN(x)) return '\\text{NaN}';
  if (!Number.isFinite(x)) return x > 0 ? '\\infty' : '-\\infty';
  const size = Math.abs(x);
  if (Number.isInteger(x) && size < 1e15) {
    if (size >= 1e9 && Number(x.toPrecision(DIGITS)) === x) return scientific(x, DIGITS);
    return size >= 10_000 ? String(x).replace(/\B(?=(\d{3})+$)/g, '{,}') : String(x === 0 ? 0 : x);
  }
  if (size < 1e-4 || size >= 1e9) return scientific(x, DIGITS);
  return String(Number(x.toPrecision(DIGITS)));
};

/** Whether the six digits shown are the number, but for the rounding of float64. */
const isExact = (x: number) => {
  if (!Number.isFinite(x)) return true;
  const shown = Number.isInteger(x) && Math.abs(x) < 1e15 ? x : Number(x.toPrecision(DIGITS));
  return Math.abs(shown - x) <= 1e-13 * Math.abs(x);
};

/** `= 0.5` where six digits tell the number, `\approx 0.333333` otherwise. */
export const is = (x: number): string => `${isExact(x) ? '=' : '\\approx'} ${num(x)}`;

/** A number as a factor or base: negative and scientific ones in brackets. */
export const br = (x: number): string => {
  const text = num(x);
  return text.startsWith('-') || text.includes('^') ? `(${text})` : text;
};

/** A term that follows another: its sign, then its size. */
export const signed = (x: number): string => (x < 0 || Object.is(x, -0) ? `- ${num(-x)}` : `+ ${num(x)}`);

const MOST_TERMS = 6;

const elide = <T>(items: readonly T[], most: number): readonly (T | null)[] =>
  items.length <= most ? items : [...items.slice(0, most - 2), null, items.at(-1)!];

/** `a + b + c`; more than six terms are elided in the middle. */
export const plus = (terms: readonly string[]): string =>
  elide(terms, MOST_TERMS)
    .map((term) => term ?? '\\cdots')
    .join(' + ');

/** Several statements, one below the other; empty ones are left out. */
export const stack = (...statements: readonly string[]): string => {
  const shown = statements.filter((statement) => statement !== '');
  return shown.length === 1
    ? shown[0]!
    : `\\begin{aligned} ${shown.map((statement) => `& ${statement}`).join(' \\\\ ')} \\end{aligned}`;
};

/** A dot product written out: `a \cdot b + c \cdot d`. */
export const products = (a: readonly number[], b: readonly number[]): string =>
  plus(a.map((value, i) => `${br(value)} \\cdot ${br(b[i]!)}`));

/** After a space TeX would take the minus of an entry for a subtraction. */
const grouped = (x: number): string => (x < 0 ? `{${num(x)}}` : num(x));

/** `(a,\ b,\ c)`; more than six entries are elided. */
export const vec = (values: readonly number[]): string =>
  `\\left(${elide(values, MOST_TERMS)
    .map((value) => (value === null ? '\\dots' : grouped(value)))
    .join(',\\ ')}\\right)`;

const MOST_ROWS = 5;

/** A bracketed matrix; more than five rows or columns are elided. */
export const mat = (rows: readonly (readonly number[])[]): string => {
  const width = elide(rows[0] ?? [], MOST_ROWS).length;
  const body = elide(rows, MOST_ROWS).map((row) =>
    row === null
      ? Array.from({ length: width }, () => '\\vdots').join(' & ')
      : elide(row, MOST_ROWS)
          .map((value) => (value === null ? '\\cdots' : num(value)))
          .join(' & '),
  );
  return `\\begin{bmatrix} ${body.join(' \\\\ ')} \\end{bmatrix}`;
};

/** Template for LaTeX: backslashes as written, numbers through {@link num}, vectors and matrices likewise. */
export const tex = (
  parts: TemplateStringsArray,
  ...values: readonly (string | number | readonly number[] | readonly (readonly number[])[])[]
): string =>
  String.raw(
    { raw: parts.raw },
    ...values.map((value) => {
      if (typeof value === 'string') return value;
      if (typeof value === 'number') return num(value);
      return Array.isArray(value[0]) ? mat(value as number[][]) : vec(value as number[]);
    }),
  );
