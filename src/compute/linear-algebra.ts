/** The few matrix products and sums the operations share; plain loops, so that a small case costs microseconds. */

export type Matrix = readonly (readonly number[])[];

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, value, i) => total + value * b[i]!, 0);
export const column = (m: Matrix, j: number): number[] => m.map((row) => row[j]!);
export const transpose = (m: Matrix): number[][] => m[0]!.map((_, j) => column(m, j));

/** A B. */
export const multiply = (a: Matrix, b: Matrix): number[][] => {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
};

/** One sum a column. */
export const columnSums = (m: Matrix): number[] => transpose(m).map(sum);

/** Mean of squared deviations; biased, over all entries. */
export const variance = (values: readonly number[], center = mean(values)): number =>
  mean(values.map((value) => (value - center) ** 2));

export const mapMatrix = (m: Matrix, f: (value: number, i: number, j: number) => number): number[][] =>
  m.map((row, i) => row.map((value, j) => f(value, i, j)));
