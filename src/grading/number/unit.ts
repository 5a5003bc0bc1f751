import { magnitudeExponent } from './magnitude.ts';
import {
  type NotRead,
  type ReadNumber,
  readNumberIn,
  readTyped,
  readWhole,
  shortNumber,
  tooLong,
  type Typed,
} from './number.ts';

type Family = Readonly<Record<string, number>>;

const prefixes = ['k', 'M', 'G', 'T', 'P', 'E'] as const;

const decimal = (bases: readonly string[]): Family =>
  Object.fromEntries(
    bases.flatMap((base) => prefixes.map((prefix, i) => [`${prefix}${base}`, 1000 ** (i + 1)] as const)),
  );

const bytes: Family = {
  byte: 1,
  bytes: 1,
  字节: 1,
  ...decimal(['B', 'bytes']),
  KB: 1e3,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  ...Object.fromEntries(prefixes.map((prefix, i) => [`${prefix.toUpperCase()}iB`, 1024 ** (i + 1)])),
};

const seconds: readonly (readonly [number, readonly string[]])[] = [
  [1e-9, ['ns', '纳秒']],
  [1e-6, ['us', 'μs', '微秒']],
  [1e-3, ['ms', '毫秒']],
  [1, ['s', 'sec', 'second', 'seconds', '秒']],
  [60, ['min', 'minute', 'minutes', '分钟']],
  [3600, ['h', 'hour', 'hours', '小时']],
  [86_400, ['day', 'days', '天']],
];

const families: readonly Family[] = [
  bytes,
  { bit: 1, bits: 1, 比特: 1, ...decimal(['bit', 'bits']) },
  Object.fromEntries(seconds.flatMap(([factor, names]) => names.map((name) => [name, factor]))),
  { FLOP: 1, FLOPs: 1, FLOPS: 1, ...decimal(['FLOP', 'FLOPs', 'FLOPS']) },
];

/** Written alone behind a number of bytes: 49.2G. */
const bare: Family = { k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };
/** Bits or bytes; bytes or billions. */
const unclear = ['Kb', 'Mb', 'Gb', 'Tb', 'B', 'b'];

/**
 * Reads a number for a key in `unit`, which may be a unit of bytes, bits, time or FLOP (others of its family are
 * converted), a magnitude (`M`: 110M and 1.1亿 are 110), `%`, or any word, which may then follow the number.
 * A number without a unit is in the key's.
 */
export const readQuantity = (original: string, unit: string): ReadNumber | NotRead => {
  const exponent = unit === '%' ? -2 : (magnitudeExponent(unit) ?? Number.NaN);
  if (!Number.isNaN(exponent))
    return readMultiple(original, unit === '%' ? 'percent' : 'magnitude', exponent);
  const typed = readTyped(original);
  if (typed === null) return tooLong;
  const end = withoutStop(typed);
  const family = families.find((each) => Object.hasOwn(each, unit)) ?? wordFamily(unit);
  const names = family === bytes ? { ...bare, ...bytes } : family;
  const written = typed.source.text.slice(typed.from, end);
  const suffix = longest(written, [...Object.keys(names), ...(family === bytes ? unclear : [])]);
  if (suffix === null) return readBare(typed, end);
  const start = end - suffix.length;
  const isUnclear = !Object.hasOwn(names, suffix) || (Object.hasOwn(bare, suffix) && unit.endsWith('iB'));
  if (isUnclear) return { ok: false, code: 'unit', at: typed.source.offsets?.[start] ?? start };
  const read = readNumberIn(typed.source, typed.from, start);
  return read.ok ? convert(read, names[suffix]! / family[unit]!, suffix, unit) : read;
};

/** A unit that converts to nothing; a word of some length may take its plural. */
const wordFamily = (unit: string): Family =>
  unit.length > 2 ? { [unit]: 1, [`${unit}s`]: 1 } : { [unit]: 1 };

const readBare = ({ source, from }: Typed, end: number): ReadNumber | NotRead => {
  const read = readNumberIn(source, from, end);
  return !read.ok && read.code === 'word' && read.at > 0 ? { ...read, code: 'wrong-unit' } : read;
};

const withoutStop = ({ source, from, end }: Typed): number => {
  let last = end;
  while (last > from && '。.,; '.includes(source.text[last - 1]!)) last -= 1;
  return last;
};

/** The longest name with which the text ends, not counting the tail of a longer word. */
const longest = (text: string, names: readonly string[]): string | null => {
  let found: string | null = null;
  for (const name of names) {
    if (!text.endsWith(name) || name.length <= (found?.length ?? 0)) continue;
    const before = text[text.length - name.length - 1] ?? '';
    if (/[a-zμ/]/i.test(before) && /^[a-zμ]/i.test(name)) continue;
    found = name;
  }
  return found;
};

const convert = (read: ReadNumber, factor: number, suffix: string, unit: string): ReadNumber => {
  if (factor === 1) return { ...read, text: `${read.text} ${suffix}` };
  const value = read.value * factor;
  const shift = Math.round(Math.log10(factor));
  const isDecimal = Math.abs(10 ** shift - factor) <= 1e-12 * factor;
  const place = read.place === null || !isDecimal ? null : read.place + shift;
  return { ...read, value, place, text: `${read.text} ${suffix} = ${shortNumber(value)} ${unit}` };
};

/** For a key in millions or in percent: what carries a magnitude or a percent sign is divided by it. */
const readMultiple = (
  original: string,
  scaled: 'magnitude' | 'percent',
  exponent: number,
): ReadNumber | NotRead => {
  const read = readWhole(original);
  if (!read.ok || read.scaled !== scaled) return read;
  return {
    ...read,
    value: Number((read.value / 10 ** exponent).toPrecision(15)),
    place: read.place === null ? null : read.place - exponent,
  };
};
