/** The few matrix products and sums the operations share; plain loops, so that a small case costs microseconds. */

export type Matrix = readonly (readonly number[])[];

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, value, i) => total + value * b[i]!, 0);
export const maximum = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.max(a, b), -Infinity);

/** The Euclidean norm, also where the squares leave the range of float64. */
export const norm = (values: readonly number[]): number => {
  const squares = dot(values, values);
  return squares > 1e-290 && squares < Infinity
    ? Math.sqrt(squares)
    : values.reduce((length, value) => Math.hypot(length, value), 0);
};

export const column = (m: Matrix, j: number): number[] => m.map((row) => row[j]!);
export const transpose = (m: Matrix): number[][] => m[0]!.map((_, j) => column(m, j));

/** A B. */
export const multiply = (a: Matrix, b: Matrix): number[][] => {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
};

/** One sum a column; `of` maps an entry before it is added. */
export const columnSums = (
  m: Matrix,
  of: (value: number, j: number) => number = (value) => value,
): number[] => {
  const sums = m[0]!.map(() => 0);
  for (const row of m) {
    for (let j = 0; j < sums.length; j++) sums[j]! += of(row[j]!, j);
  }
  return sums;
};

/** Mean of squared deviations; biased, over all entries. */
export const variance = (values: readonly number[], center = mean(values)): number =>
  mean(values.map((value) => (value - center) ** 2));

export const mapMatrix = (m: Matrix, f: (value: number, i: number, j: number) => number): number[][] =>
  m.map((row, i) => row.map((value, j) => f(value, i, j)));

/** Eigenvalues of a symmetric matrix, largest first, by cyclic Jacobi rotations (Golub & Van Loan, §8.5). */
export const symmetricEigenvalues = (m: Matrix): number[] => {
  const a = m.map((row) => [...row]);
  const n = a.length;
  const size = norm(a.flat());
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        off = Math.max(off, Math.abs(a[p]![q]!));
        rotate(a, p, q);
      }
    }
    if (off <= Number.EPSILON * size) break;
  }
  return a.map((row, i) => row[i]!).toSorted((x, y) => y - x);
};

/** Turns rows and columns p and q so that entry (p, q) becomes 0. */
const rotate = (a: number[][], p: number, q: number): void => {
  const apq = a[p]![q]!;
  if (apq === 0) return;
  const tau = (a[q]![q]! - a[p]![p]!) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (const row of a) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[p]![k]!, a[q]![k]!];
    a[p]![k] = c * x - s * y;
    a[q]![k] = s * x + c * y;
  }
};
