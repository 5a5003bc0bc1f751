import { define, line, refuse, say } from './define.ts';
import { entry, integer, text, vector, words } from './fields.ts';
import { is, num, plus, tex } from './latex.ts';
import { sum } from './linear-algebra.ts';

interface Word {
  readonly symbols: readonly string[];
  readonly count: number;
}

interface Pair {
  readonly left: string;
  readonly right: string;
  readonly count: number;
}

const wordsOf = (words: readonly string[], counts: readonly number[]): Word[] =>
  words.map((word, i) => ({ symbols: Array.from(word), count: counts[i]! }));

/** Adjacent pairs inside words with their weighted counts, largest first, equals in reading order. */
const pairsOf = (words: readonly Word[]): Pair[] => {
  const pairs = new Map<string, Pair>();
  for (const { symbols, count } of words) {
    for (let i = 0; i + 1 < symbols.length; i++) {
      const [left, right] = [symbols[i]!, symbols[i + 1]!];
      const key = `${left} ${right}`;
      pairs.set(key, { left, right, count: (pairs.get(key)?.count ?? 0) + count });
      // In a run such as a a a the pairs overlap; only those that would merge count.
      if (left === right && symbols[i + 2] === left) i++;
    }
  }
  return [...pairs.values()].toSorted((a, b) => b.count - a.count);
};

const merge = (words: readonly Word[], { left, right }: Pair): Word[] =>
  words.map(({ symbols, count }) => {
    const merged: string[] = [];
    for (let i = 0; i < symbols.length; i++) {
      if (symbols[i] === left && symbols[i + 1] === right) merged.push(left + symbols[++i]!);
      else merged.push(symbols[i]!);
    }
    return { symbols: merged, count };
  });

const learn = (start: readonly Word[], merges: number) => {
  let words = start;
  const chosen: Pair[] = [];
  for (let k = 0; k < merges; k++) {
    const best = pairsOf(words)[0];
    if (best === undefined) return refuse('merges', merges, `at most ${k}: no pair is left after that`);
    chosen.push(best);
    words = merge(words, best);
  }
  return { chosen, words };
};

const printed = (symbol: string) => `\\text{${symbol}}`;

const pairText = ({ left, right }: Pair) => `${printed(left)}\\,${printed(right)}`;

/**
 * Byte-pair merges learnt from words and their counts, from single characters. The pair with the largest count
 * weighted by word frequency merges; equal counts: the first met in reading order. Pairs do not cross words, and a
 * run of r equal symbols holds floor(r/2) of its pair. tokens counts the corpus after the merges.
 */
export const bpeMerges = define({
  name: 'bpeMerges',
  title: say('BPE 合并', 'BPE merges'),
  fields: { words: words('n'), counts: vector('n', entry.count), merges: integer(1, 100) },
  example: { words: ['aab', 'abb', 'aba'], counts: [10, 6, 3], merges: 2 },
  run: ({ words, counts, merges }) => {
    const start = wordsOf(words, counts);
    const { chosen, words: end } = learn(start, merges);
    return {
      pairCounts: pairsOf(start).map((pair) => pair.count),
      mergeCounts: chosen.map((pair) => pair.count),
      symbols: new Set(words.flatMap((word) => Array.from(word))).size + merges,
      tokens: sum(end.map((word) => word.symbols.length * word.count)),
    };
  },
  explain: ({ words, counts, merges }, o) => {
    const start = wordsOf(words, counts);
    const { chosen, words: end } = learn(start, merges);
    return [
      line(
        '每个相邻对按词频加权计数，从多到少',
        'Count every adjacent pair, weighted by word frequency, largest first',
        pairsOf(start)
          .slice(0, 6)
          .map((pair) => `${pairText(pair)}: ${num(pair.count)}`)
          .join(',\\quad '),
        'pairCounts',
      ),
      line(
        '依次合并当时最多的一对',
        'Merge the most frequent pair of the moment, again and again',
        chosen
          .slice(0, 6)
          .map((pair) => `${pairText(pair)} \\to ${printed(pair.left + pair.right)}\\ (${num(pair.count)})`)
          .join(',\\quad '),
        'mergeCounts',
      ),
      line(
        '符号表：单字符加合并',
        'Symbols: single characters and merges',
        tex`${o.symbols - merges} + ${merges} = ${o.symbols}`,
        'symbols',
      ),
      line(
        '合并后语料的词元数',
        'Tokens in the corpus after the merges',
        tex`${plus(end.map((word) => `${num(word.count)} \\cdot ${num(word.symbols.length)}`))} = ${o.tokens}`,
        'tokens',
      ),
    ];
  },
});

/**
 * WordPiece scores f(ab) / (f(a) f(b)) of the adjacent pairs of a corpus, from single characters without the ##
 * mark, largest first, beside the pairs' counts in the same order. (Google's trainer is not public; this is the
 * criterion as Hugging Face states it.)
 */
export const wordPieceScores = define({
  name: 'wordPieceScores',
  title: say('WordPiece 的合并得分', 'Merge scores of WordPiece'),
  fields: { words: words('n'), counts: vector('n', entry.count) },
  example: { words: ['ab', 'a', 'b', 'cd'], counts: [10, 30, 30, 4] },
  run: ({ words, counts }) => {
    const scored = scoredPairs(wordsOf(words, counts));
    return { scores: scored.map(({ score }) => score), counts: scored.map(({ pair }) => pair.count) };
  },
  explain: ({ words, counts }, o) => {
    const scored = scoredPairs(wordsOf(words, counts));
    return [
      ...scored
        .slice(0, 3)
        .map(({ pair, left, right, score }) =>
          line(
            '一对的得分：同现次数除以各自次数之积',
            "A pair's score: its count over the product of its parts' counts",
            tex`${pairText(pair)}:\ \frac{${pair.count}}{${left} \cdot ${right}} ${is(score)}`,
          ),
        ),
      line('得分从高到低', 'Scores, largest first', tex`${o.scores}`, 'scores'),
      line('对应的次数：BPE 只看它', 'Their counts, which is all BPE looks at', tex`${o.counts}`, 'counts'),
    ];
  },
});

const scoredPairs = (words: readonly Word[]) => {
  const pairs = pairsOf(words).filter((pair) => pair.count > 0);
  if (pairs.length === 0)
    refuse('words', 'no pair', 'a word of at least two characters with a count above 0');
  const frequency = (symbol: string) =>
    sum(words.map((word) => word.symbols.filter((s) => s === symbol).length * word.count));
  return pairs
    .map((pair) => {
      const [left, right] = [frequency(pair.left), frequency(pair.right)];
      return { pair, left, right, score: pair.count / (left * right) };
    })
    .toSorted((a, b) => b.score - a.score);
};

/** Vocabulary of a BPE tokenizer: base symbols + merges + special tokens. GPT-2: 256 + 50,000 + 1. */
export const vocabularySize = define({
  name: 'vocabularySize',
  title: say('BPE 的词表大小', 'Vocabulary size of BPE'),
  fields: { base: integer(0), merges: integer(0), specials: integer(0) },
  example: { base: 256, merges: 50_000, specials: 1 },
  run: ({ base, merges, specials }) => ({ size: base + merges + specials }),
  explain: ({ base, merges, specials }, { size }) => [
    line(
      '每次合并增加一个词元',
      'Every merge adds one token',
      tex`${base} + ${merges} + ${specials} = ${size}`,
      'size',
    ),
  ],
});

/** Code points and UTF-8 bytes of a text: 1 byte for ASCII, 2 for é, 3 for 中, 4 for an emoji. */
export const utf8Bytes = define({
  name: 'utf8Bytes',
  title: say('UTF-8 字节数', 'UTF-8 bytes'),
  fields: { text: text() },
  example: { text: 'aé中😀' },
  run: ({ text }) => {
    if (!text.isWellFormed()) refuse('text', 'a lone surrogate', 'well-formed Unicode');
    const bytesEach = Array.from(text).map((character) => Buffer.byteLength(character));
    return { codePoints: bytesEach.length, bytesEach, bytes: sum(bytesEach) };
  },
  explain: (_, o) => [
    line('字符（码点）数', 'Characters (code points)', tex`${o.codePoints}`, 'codePoints'),
    line('每个字符的字节数', 'Bytes of each character', tex`${o.bytesEach}`, 'bytesEach'),
    line('合计', 'In all', tex`${plus(o.bytesEach.map(num))} = ${o.bytes}`, 'bytes'),
  ],
});
