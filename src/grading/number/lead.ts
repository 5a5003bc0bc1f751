/** What people write before a number; longer ones first where one begins another. */
const leads = [
  '我的答案',
  '正确答案',
  '答案',
  '结果',
  '约等于',
  '约为',
  '约是',
  '大约',
  '大概',
  '近似',
  '等于',
  '约',
  '答',
  '是',
  '为',
  'approximately',
  'approx.',
  'approx',
  'roughly',
  'around',
  'about',
  'circa',
  'ca.',
  'equals',
  'answer',
  'ans',
  'result',
  'is',
  '\\approx',
  '\\sim',
  '≈',
  '~',
  '=',
  ':',
];

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[a-z]/i.test(character);

const skipSpaces = (text: string, from: number): number => {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n') at += 1;
  return at;
};

/** Behind `x =`, `\mu_1 ≈`, `running mean[2]:`; null where no such name stands here. */
const afterName = (text: string, from: number): number | null => {
  if (!/[\p{L}\\]/u.test(text[from] ?? '')) return null;
  for (let at = from + 1; at < text.length && at < from + 60; at += 1) {
    const character = text[at]!;
    if (character === '=' || character === ':' || character === '≈') return at + 1;
    if (!/[\p{L}\d_ {}[\]\\']/u.test(character)) return null;
  }
  return null;
};

const afterWord = (text: string, from: number): number | null => {
  for (const lead of leads) {
    const end = from + lead.length;
    if (text.slice(from, end).toLowerCase() !== lead) continue;
    if (isLetter(lead.at(-1)) && isLetter(text[end])) continue;
    return end;
  }
  return null;
};

/** Where the number begins, behind words such as `约` or `x =`. */
export const afterLead = (text: string, from: number): number => {
  let at = skipSpaces(text, from);
  for (let i = 0; i < 5; i += 1) {
    const code = text.charCodeAt(at);
    if (code >= 40 && code <= 57) return at; // a digit, a sign, a point or a parenthesis
    const next = afterWord(text, at) ?? afterName(text, at);
    if (next === null) return at;
    at = skipSpaces(text, next);
  }
  return at;
};
