import type { Question } from '../bank.ts';

export interface Likeness {
  readonly id: string;
  /** The earlier question it is most like. */
  readonly like: string;
  /** Shared three-character pieces among all of both, 0..1. */
  readonly similarity: number;
}

const SIMILAR = 0.8;

/** Questions whose prompt, with their options or steps, nearly repeats that of an earlier one of the same kind. */
export function similarQuestions(questions: Iterable<Question>): readonly Likeness[] {
  const found: Likeness[] = [];
  const seen: { id: string; kind: string; pieces: ReadonlySet<string> }[] = [];
  for (const question of questions) {
    const pieces = piecesOf(question);
    let best: Likeness = { id: question.id, like: '', similarity: 0 };
    for (const other of seen) {
      if (other.kind !== question.kind) continue;
      const similarity = jaccard(pieces, other.pieces);
      if (similarity > best.similarity) best = { ...best, like: other.id, similarity };
    }
    if (best.similarity >= SIMILAR) found.push(best);
    seen.push({ id: question.id, kind: question.kind, pieces });
  }
  return found;
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
