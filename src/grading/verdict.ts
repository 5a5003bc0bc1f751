import { isAmbiguous, type Reason } from './reasons.ts';
import type { Note, Verdict } from './types.ts';

/** Not an attempt: nothing could be read, for this reason. */
export const invalid = (reason: Reason, at = 0, allowed?: readonly string[]): Verdict => ({
  outcome: 'invalid',
  score: 0,
  notes: [invalidNote(reason, at, allowed)],
});

const invalidNote = (reason: Reason, at: number, allowed?: readonly string[]): Note => {
  if (reason === 'empty') return { code: 'empty' };
  if (isAmbiguous(reason)) return { code: 'ambiguous', reason, at };
  return { code: 'unreadable', reason, at, ...(allowed === undefined ? {} : { allowed }) };
};

export const outOfRange: Verdict = { outcome: 'invalid', score: 0, notes: [{ code: 'out-of-range' }] };

/** Correct at 1, wrong at 0, partial between. */
export const scored = (score: number, notes: readonly Note[] = [], reading?: string): Verdict => ({
  outcome: score === 1 ? 'correct' : score === 0 ? 'wrong' : 'partial',
  score,
  ...(reading === undefined ? {} : { reading }),
  notes,
});
