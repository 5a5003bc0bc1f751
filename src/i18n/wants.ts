/**
 * What an operation wants, as compute words it in English, in Chinese. The frequent forms are here; a rare one is shown
 * as it is.
 */
const forms: readonly (readonly [RegExp, string])[] = [
  [/^a finite number$/, '一个有限的数'],
  [/^a number > 0$/, '大于 0 的数'],
  [/^a number >= 0$/, '不小于 0 的数'],
  [/^a number <= 0$/, '不大于 0 的数'],
  [/^a number from 0 to 1$/, '0 到 1 之间的数'],
  [/^a number from 0 to below 1$/, '0 到 1 之间（不含 1）的数'],
  [/^a whole number >= (\S+)$/, '不小于 $1 的整数'],
  [/^a whole number from (\S+) to (\S+)$/, '$1 到 $2 之间的整数'],
  [/^a vector of length (.+)$/, '长度为 $1 的向量'],
  [/^a (\S+) x (\S+) matrix$/, '$1 x $2 的矩阵'],
  [/^a row of length (.+)$/, '长度为 $1 的一行'],
  [/^a list of vectors$/, '若干个向量'],
  [/^length (\d+) \((\S+), \S+ as in (.+)\)$/, '长度 $1（$2，与 $3 一致）'],
  [/^rows (\d+) \((\S+), \S+ as in (.+)\)$/, '$1 行（$2，与 $3 一致）'],
  [/^true or false$/, 'true 或 false'],
  [/^one of (.+)$/, '其中之一：$1'],
  [/^only (.+)$/, '只有这些输入：$1'],
  [/^probabilities that sum to 1$/, '和为 1 的概率'],
  [/^at most (.+)$/, '不超过 $1'],
  [/^a finite number or -Infinity$/, '有限的数或 -Infinity'],
  [/^0 or -Infinity$/, '0 或 -Infinity'],
];

const readings: readonly (readonly [RegExp, string])[] = [
  [/^nothing$/, '空'],
  [/^an unknown field$/, '没有这个输入'],
  [/^an empty list$/, '空列表'],
  [/^a list of (\d+)$/, '$1 个数的列表'],
  [/^length (\d+)$/, '长度 $1'],
  [/^rows (\d+)$/, '$1 行'],
  [/^a sum of (.+)$/, '和为 $1'],
];

function translate(table: readonly (readonly [RegExp, string])[], english: string): string {
  const found = table.find(([pattern]) => pattern.test(english));
  return found ? english.replace(found[0], found[1]) : english;
}

export const wantInChinese = (english: string): string => translate(forms, english);
export const gotInChinese = (english: string): string => translate(readings, english);
