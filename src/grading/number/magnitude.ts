/** Words behind a literal that multiply it. `m` is refused: milli, or million as in opt-125m? */
const words = new Map<string, number>([
  ['k', 3],
  ['K', 3],
  ['M', 6],
  ['B', 9],
  ['b', 9],
  ['bn', 9],
  ['T', 12],
  ['thousand', 3],
  ['million', 6],
  ['billion', 9],
  ['trillion', 12],
  ['m', Number.NaN],
  ['兆', Number.NaN],
]);

const han: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3, 万: 4, 萬: 4, 亿: 8, 億: 8 };
const hanOrder = '十百千万萬亿億';

/** 百万 -> 6: at most one of 十百千, then 万, then 亿. */
const hanExponent = (word: string): number | null => {
  let exponent = 0;
  let last = -1;
  for (const character of word) {
    const order = hanOrder.indexOf(character);
    if (order < 0 || (order <= 2 && last >= 0) || order <= last) return null;
    exponent += han[character]!;
    last = order;
  }
  return last < 0 ? null : exponent;
};

/** The power of ten of a magnitude word; NaN where it is ambiguous, null where it is no magnitude. */
export const magnitudeExponent = (word: string): number | null =>
  words.get(word.length > 2 ? word.toLowerCase() : word) ?? hanExponent(word);

export const isHanMagnitude = (word: string): boolean => hanExponent(word) !== null;
