import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';

const faces = [
  ['NotoSansSC-Regular', 'Epoch Sans'],
  ['NotoSansSC-Bold', 'Epoch Sans'],
  // Again under a name of its own, for what the bold face lacks.
  ['NotoSansSC-Regular', 'Epoch Wide'],
  ['NotoSans-Regular', 'Epoch Latin'],
  ['NotoSansKR-Regular', 'Epoch Hangul'],
  ['NotoSansThai-Regular', 'Epoch Thai'],
  ['NotoSansArabic-Regular', 'Epoch Arabic'],
  ['NotoSansHebrew-Regular', 'Epoch Hebrew'],
  ['NotoSansDevanagari-Regular', 'Epoch Devanagari'],
  ['NotoColorEmoji', 'Epoch Emoji'],
  ['NotoSansSymbols-Regular', 'Epoch Symbols'],
  ['NotoSansSymbols2-Regular', 'Epoch Symbols 2'],
] as const;
const mono = ['NotoSansMono-Regular', 'Epoch Mono'] as const;
/** Quotes, dots and the like as wide as Han, before the Latin ones in a text that has Han. */
const punctuation = ['NotoSansSC-Punctuation', 'Epoch Punctuation'] as const;

const families = [...new Set(faces.map(([, family]) => `'${family}'`))].join(', ');

/** The code points a TrueType file has glyphs for, from its `cmap` (formats 4 and 12). */
const codePointsOf = (file: Buffer): Set<number> => {
  const points = new Set<number>();
  const tables = file.readUInt16BE(4);
  let cmap = 0;
  for (let i = 0; i < tables; i++) {
    const record = 12 + 16 * i;
    if (file.toString('latin1', record, record + 4) === 'cmap') cmap = file.readUInt32BE(record + 8);
  }
  for (let i = 0; i < file.readUInt16BE(cmap + 2); i++) {
    const table = cmap + file.readUInt32BE(cmap + 4 + 8 * i + 4);
    const format = file.readUInt16BE(table);
    if (format === 12) {
      for (let group = 0; group < file.readUInt32BE(table + 12); group++) {
        const at = table + 16 + 12 * group;
        for (let point = file.readUInt32BE(at); point <= file.readUInt32BE(at + 4); point++)
          points.add(point);
      }
    } else if (format === 4) {
      const half = file.readUInt16BE(table + 6);
      for (let at = 0; at < half; at += 2) {
        const end = file.readUInt16BE(table + 14 + at);
        const start = file.readUInt16BE(table + 16 + half + at);
        const delta = file.readUInt16BE(table + 16 + 2 * half + at);
        const rangeAt = table + 16 + 3 * half + at;
        const range = file.readUInt16BE(rangeAt);
        for (let point = start; point <= end && point !== 0xffff; point++) {
          const glyph =
            range === 0 ? point + delta : file.readUInt16BE(rangeAt + range + 2 * (point - start));
          if ((glyph & 0xffff) !== 0) points.add(point);
        }
      }
    }
  }
  return points;
};

const pathOf = (name: string): string => fileURLToPath(new URL(`fonts/${name}.ttf`, import.meta.url));

for (const [name, family] of [...faces, mono, punctuation]) {
  if (GlobalFonts.registerFromPath(pathOf(name), family) === null)
    throw new Error(`cannot read the font ${name}`);
}

/** What each face covers. The bold one is left out: what it lacks comes from the regular one. */
const coverage = [...new Set(faces.map(([name]) => name))]
  .filter((name) => name !== 'NotoSansSC-Bold')
  .map((name) => codePointsOf(readFileSync(pathOf(name))));

export type Weight = 'regular' | 'bold' | 'code';

/** A canvas `font` of our families, for a text with Han in it or without. */
export const font = (size: number, weight: Weight = 'regular', han = false): string => {
  const first = [...(weight === 'code' ? [mono[1]] : []), ...(han ? [punctuation[1]] : [])];
  return `${weight === 'bold' ? 700 : 400} ${size}px ${first.map((family) => `'${family}', `).join('')}${families}`;
};

/** Whether a text is set as Chinese is. */
export const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
export const graphemesOf = (text: string): string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Joiners and variation selectors choose a glyph and have none. */
const isSelector = (point: number): boolean =>
  point === 0x200d || (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0020 && point <= 0xe007f);

/** Whether one face has all of a grapheme: a letter and its mark cannot come from two. */
const isCovered = (grapheme: string): boolean => {
  const points = Array.from(grapheme, (char) => char.codePointAt(0)!).filter((point) => !isSelector(point));
  return points.length > 0 && coverage.some((face) => points.every((point) => face.has(point)));
};

const MOST_MARKS = 2;

/** A grapheme as our fonts can draw it: as it is, in its plain form, without its marks, or undefined. */
const drawableGrapheme = (grapheme: string): string | undefined => {
  const base = grapheme.replaceAll(/\p{M}+/gu, (marks) => Array.from(marks).slice(0, MOST_MARKS).join(''));
  const bare = grapheme.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return [base, base.normalize('NFC'), base.normalize('NFKC'), bare].find((form) => isCovered(form));
};

/**
 * A text of which every character has a glyph in our fonts: fancy letters become plain ones, stacks of marks
 * are cut, control characters go, and a run of what no font covers becomes one `•`.
 */
export const drawable = (text: string): string => {
  let out = '';
  let missing = false;
  for (const grapheme of graphemesOf(text.replaceAll(/[\t\n\v\f\r\u2028\u2029\u2800]/g, ' '))) {
    // Directional controls and characters without a shape would move or hide what comes after them.
    if (/^[\p{Cc}\p{Cf}\p{DI}]+$/u.test(grapheme)) continue;
    const shown = drawableGrapheme(grapheme);
    if (shown !== undefined) out += shown;
    else if (!missing) out += '•';
    missing = shown === undefined;
  }
  return out;
};
