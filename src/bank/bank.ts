import type { Text } from '../compute/index.ts';
import type { Program } from './program.ts';
import type { Kind, QuestionContent } from './schema.ts';

/** A question of the bank, its key included: what may be shown before it is answered is `asked(variant)`. */
export interface Question {
  /** `topic/slug`, its path in the bank. */
  readonly id: string;
  readonly topic: string;
  /** A hash of what the file says, whatever its formatting. */
  readonly version: string;
  readonly kind: Kind;
  readonly level: number;
  readonly tags: readonly string[];
  readonly content: QuestionContent;
  readonly program: Program;
}

interface Erratum {
  readonly id: string;
  /** What the notes say, and what is right. */
  readonly notes: Text;
  readonly right: Text;
  readonly source: string;
}

/** A heading of the notes. */
export interface Topic {
  readonly slug: string;
  readonly order: number;
  readonly title: Text;
  readonly lesson: Text;
  readonly errata: readonly Erratum[];
  /** The ids of its questions, easiest first. */
  readonly questions: readonly string[];
}

export interface Bank {
  /** In the order of the notes. */
  readonly topics: readonly Topic[];
  readonly questions: ReadonlyMap<string, Question>;
}
