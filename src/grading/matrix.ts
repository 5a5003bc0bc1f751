import { printRows, readRows } from './number/rows.ts';
import { gradeEntries } from './entries.ts';
import type { AnswerSpec, Submission, Verdict } from './types.ts';
import { invalid, scored } from './verdict.ts';

type Matrix = Extract<AnswerSpec, { kind: 'matrix' }>;

/**
 * The submission is a matrix as typed, row by row; the score is right entries / entries. Of a wrong shape the entries
 * that both have are compared, and the score is out of the entries of the larger shape.
 */
export const gradeMatrix = (spec: Matrix, submission: Submission): Verdict => {
  if (typeof submission !== 'string') return invalid('type');
  const read = readRows(submission);
  if (!read.ok) return invalid(read.code, read.at);
  const got = [read.rows.length, read.rows[0]!.length] as const;
  const want = [spec.value.length, spec.value[0]!.length] as const;
  const reading = printRows(read.rows);
  const pairs = spec.value.flatMap((row, i) =>
    row.flatMap((key, j) => {
      const entry = read.rows[i]?.[j];
      return entry === undefined ? [] : [{ entry, key }];
    }),
  );
  if (got[0] !== want[0] || got[1] !== want[1]) {
    const { hits } = gradeEntries(pairs, [], spec.tolerance);
    const entries = Math.max(got[0], want[0]) * Math.max(got[1], want[1]);
    return scored(hits / entries, [{ code: 'shape', got, want }], reading);
  }
  const mistakes = (spec.mistakes ?? []).map(({ id, value }) => ({ id, value: value.flat() }));
  const { hits, notes } = gradeEntries(pairs, mistakes, spec.tolerance);
  return scored(hits / pairs.length, notes, reading);
};
