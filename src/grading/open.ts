import { fold } from './fold.ts';
import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid, scored } from './verdict.ts';

type Open = Extract<AnswerSpec, { kind: 'open' }>;

const maxLength = 4000;

/** A keyword check: a point is covered if any of its phrases occurs; the score is covered / points. */
export const gradeOpen = (spec: Open, submission: Submission): Verdict => {
  if (typeof submission !== 'string') return invalid('type');
  if (submission.length > maxLength) return invalid('too-long', maxLength);
  const answer = fold(submission);
  if (answer === '') return invalid('empty');
  const covered: number[] = [];
  const missed: number[] = [];
  for (const [i, { phrases }] of spec.rubric.entries()) {
    (phrases.some((phrase) => mentions(answer, phrase)) ? covered : missed).push(i);
  }
  return scored(covered.length / spec.rubric.length, [{ code: 'rubric', covered, missed }]);
};

const letter = /[\p{Script=Latin}\d]/u;

/**
 * Whether a text holds a phrase, in any case and spacing. A phrase in Latin letters has to begin where a word begins
 * (`gate` is not in `propagate`) but may stop short of the word's end (`normali` finds normalise and normalize).
 */
export function mentions(text: string, phrase: string): boolean {
  const folded = fold(text);
  const wanted = fold(phrase);
  const startsWord = letter.test(wanted.charAt(0));
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
    if (!startsWord || at === 0 || !letter.test(folded.charAt(at - 1))) return true;
  }
  return false;
}
