import type { Question } from '../bank.ts';

export interface Pair {
  readonly a: string;
  readonly b: string;
  /** Shared three-character pieces among all of both, 0..1. */
  readonly similarity: number;
}

const SIMILAR = 0.8;

/** Pairs of questions of a kind whose prompts, with their options or steps, are nearly the same in Chinese. */
export function similarQuestions(questions: Iterable<Question>): readonly Pair[] {
  const pairs: Pair[] = [];
  const seen: { id: string; kind: string; pieces: ReadonlySet<string> }[] = [];
  for (const question of questions) {
    const pieces = piecesOf(question);
    for (const other of seen) {
      if (other.kind !== question.kind) continue;
      const similarity = jaccard(pieces, other.pieces);
      if (similarity >= SIMILAR) pairs.push({ a: other.id, b: question.id, similarity });
    }
    seen.push({ id: question.id, kind: question.kind, pieces });
  }
  return pairs;
}

const piecesOf = ({ content }: Question): ReadonlySet<string> => {
  const choices = 'options' in content ? content.options : 'steps' in content ? content.steps : [];
  const key = 'answer' in content ? JSON.stringify(content.answer) : '';
  const text =
    [content.prompt, ...choices.map((choice) => choice.text)].map((each) => each['zh-CN']).join('') + key;
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, '');
  return new Set(Array.from({ length: Math.max(1, folded.length - 2) }, (_, i) => folded.slice(i, i + 3)));
};

const jaccard = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < SIMILAR * large.size) return 0; // cannot reach it
  let shared = 0;
  for (const piece of small) if (large.has(piece)) shared += 1;
  return shared / (a.size + b.size - shared);
};
