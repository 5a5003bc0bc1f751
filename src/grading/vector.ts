import { printRow, printRows, readRows } from './number/rows.ts';
import { gradeEntries } from './entries.ts';
import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid, scored } from './verdict.ts';

type Vector = Extract<AnswerSpec, { kind: 'vector' }>;

/** The submission is a vector as typed, a row or a column; the score is right entries / the longer length. */
export const gradeVector = (spec: Vector, submission: Submission): Verdict => {
  if (typeof submission !== 'string') return invalid('type');
  const read = readRows(submission);
  if (!read.ok) return invalid(read.code, read.at);
  const { rows } = read;
  const columns = rows[0]!.length;
  const flat = rows.flat();
  const reading = printRow(flat);
  const want = spec.value.length;
  if (rows.length > 1 && columns > 1) {
    return scored(0, [{ code: 'shape', got: [rows.length, columns], want: [1, want] }], printRows(rows));
  }
  if (flat.length !== want) {
    const pairs = flat.slice(0, want).map((entry, i) => ({ entry, key: spec.value[i]! }));
    const { hits } = gradeEntries(pairs, [], spec.tolerance);
    return scored(hits / Math.max(flat.length, want), [{ code: 'length', got: flat.length, want }], reading);
  }
  const pairs = flat.map((entry, i) => ({ entry, key: spec.value[i]! }));
  const { hits, notes } = gradeEntries(pairs, spec.mistakes ?? [], spec.tolerance);
  return scored(hits / want, notes, reading);
};
