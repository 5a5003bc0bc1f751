/**
 * What was typed, with the many characters of a Chinese keyboard, an input method or a web page brought to the few
 * that the readers know. `offsets[i]` is where character i of `text` stood in the original; null means unchanged.
 */
export interface Source {
  readonly text: string;
  readonly offsets: readonly number[] | null;
}

const superscripts: Readonly<Record<string, string>> = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁺': '+',
  '⁻': '-',
  '⁽': '(',
  '⁾': ')',
  '˙': '.',
  ᵀ: 'T',
  ⁿ: 'n',
  ˣ: 'x',
  ⁱ: 'i',
};

const subscripts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('₀₁₂₃₄₅₆₇₈₉', (character, digit) => [character, String(digit)])),
  ᵢ: 'i',
  ⱼ: 'j',
  ₖ: 'k',
  ₙ: 'n',
  ₜ: 't',
};

const fractions: Readonly<Record<string, string>> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
  '⅕': '1/5',
  '⅖': '2/5',
  '⅗': '3/5',
  '⅘': '4/5',
  '⅙': '1/6',
  '⅚': '5/6',
  '⅐': '1/7',
  '⅛': '1/8',
  '⅜': '3/8',
  '⅝': '5/8',
  '⅞': '7/8',
  '⅑': '1/9',
  '⅒': '1/10',
};

/** Each row: the character the readers know, then those that are typed for it. */
const rows: readonly (readonly [string, string])[] = [
  [
    ' ',
    '\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
  ],
  ['\n', '\r\u0085\u2028\u2029'],
  ['', '\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\ufeff\ufe0e\ufe0f'],
  ['-', '‐‑‒–—―−﹣➖'],
  ['+', '➕﹢'],
  ['×', '✕✖⨯╳'],
  ['·', '∙•・'],
  ['*', '⋅∗﹡'],
  ['/', '÷∕⁄➗'],
  ['≈', '≅≃≒∼〜'],
  ['[', '【〔『「〖'],
  [']', '】〕』」〗'],
  ["'", '‘’′'],
  ['"', '“”'],
  ['。', '｡'],
  ['、', '､'],
  ['∑', 'Σ'],
  ['%', '﹪'],
  ['μ', 'µ'],
  ['ε', 'ϵ'],
  ['φ', 'ϕ'],
  ['θ', 'ϑ'],
];
const replacements = new Map(rows.flatMap(([to, from]) => Array.from(from, (character) => [character, to])));

const isPlain = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7e || (code < 0x20 && code !== 0x0a)) return false;
  }
  return true;
};

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

const replace = (character: string): string => {
  const known = replacements.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  // Mathematical alphanumerics: 𝑥, 𝟎, 𝜋.
  if (code >= 0x1d400 && code <= 0x1d7ff) return character.normalize('NFKC');
  return character;
};

/** Linear in the length of the text; the caller bounds it. */
export const readSource = (original: string): Source => {
  if (isPlain(original)) return { text: original, offsets: null };
  let text = '';
  const offsets: number[] = [];
  const put = (replacement: string, at: number) => {
    text += replacement;
    for (let i = 0; i < replacement.length; i += 1) offsets.push(at);
  };
  let run: 'superscript' | 'subscript' | null = null;
  let at = 0;
  for (const character of original) {
    const high = superscripts[character];
    const low = subscripts[character];
    const next = high !== undefined ? 'superscript' : low !== undefined ? 'subscript' : null;
    if (run === 'superscript' && next !== run) put(')', at);
    if (run === 'subscript' && next !== run && isDigit(character)) put(' ', at);
    if (next !== null && next !== run) put(next === 'superscript' ? '^(' : '_', at);
    run = next;
    const fraction = fractions[character];
    if (fraction !== undefined) put(/[\d)]$/.test(text) ? ` ${fraction}` : `(${fraction})`, at);
    else put(high ?? low ?? replace(character), at);
    at += character.length;
  }
  if (run === 'superscript') put(')', at);
  offsets.push(at);
  return { text: pointBetweenDigits(text), offsets };
};

/** `0。58` is what an input method makes of `0.58`; elsewhere `。` ends a sentence. */
const pointBetweenDigits = (text: string): string => {
  if (!text.includes('。')) return text;
  return text.replaceAll('。', (stop, at: number) =>
    isDigit(text[at - 1]) && isDigit(text[at + 1]) ? '.' : stop,
  );
};

export const offsetIn = (source: Source, index: number): number => source.offsets?.[index] ?? index;
