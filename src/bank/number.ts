import type { Datum } from './expression.ts';

/** How a value is printed: the digits after the point, thousands in groups, as a further term, or as a LaTeX matrix. */
export interface Format {
  readonly decimals?: number;
  readonly grouped?: boolean;
  readonly signed?: boolean;
  readonly matrix?: boolean;
}

/** Prints a number as a person writes it: no float noise (0.1 + 0.2 is 0.3), no -0; LaTeX powers of ten in math. */
export function printNumber(value: number, format: Format, math: boolean): string {
  if (format.signed === true) {
    return `${value < 0 ? '-' : '+'} ${printNumber(Math.abs(value), { ...format, signed: false }, math)}`;
  }
  if (!Number.isFinite(value)) return infinite(value, math);
  const plain = format.decimals === undefined ? withoutNoise(value) : value.toFixed(format.decimals);
  const text = /^-0(\.0*)?$/.test(plain) ? plain.slice(1) : plain;
  const power = /^(-?)([\d.]+)e([+-]\d+)$/.exec(text);
  if (power && math) {
    const [, sign, digits, exponent] = power;
    return `${sign}${digits === '1' ? '' : `${digits} \\times `}10^{${Number(exponent)}}`;
  }
  return format.grouped === true && !power ? group(text, math ? '{,}' : ',') : text.replace('e+', 'e');
}

/** Twelve significant digits: beyond them a float64 computation shows its rounding. */
const withoutNoise = (value: number): string =>
  Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(12)));

const infinite = (value: number, math: boolean): string => {
  if (Number.isNaN(value)) return math ? '\\text{NaN}' : 'NaN';
  return `${value < 0 ? '-' : ''}${math ? '\\infty' : '∞'}`;
};

const group = (text: string, comma: string): string => {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(.*)$/.exec(text)!;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, comma)}${fraction}`;
};

/** Prints a value: words as they are, vectors as `1, 2, 3`, the rows of a matrix apart by `; `. */
export function printValue(value: Datum, format: Format, math: boolean): string {
  if (format.matrix === true) return bmatrix(value, format);
  if (typeof value === 'number') return printNumber(value, format, math);
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const separator = value.some((entry) => Array.isArray(entry)) ? '; ' : ', ';
    return value.map((entry: Datum) => printValue(entry, format, math)).join(separator);
  }
  throw new TypeError('a record cannot be printed: name one of its fields');
}

const bmatrix = (value: Datum, format: Format): string => {
  const rows = (Array.isArray(value) ? (value as readonly Datum[]) : [value]).some((row) =>
    Array.isArray(row),
  )
    ? (value as readonly Datum[])
    : [value];
  const entries = { ...format, matrix: false };
  const body = rows.map((row) =>
    (Array.isArray(row) ? (row as readonly Datum[]) : [row])
      .map((entry) => printValue(entry, entries, true))
      .join(' & '),
  );
  return `\\begin{bmatrix} ${body.join(' \\\\ ')} \\end{bmatrix}`;
};
