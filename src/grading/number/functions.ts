const constants = new Map<string, number>([
  ['pi', Math.PI],
  ['Pi', Math.PI],
  ['PI', Math.PI],
  ['\\pi', Math.PI],
  ['π', Math.PI],
  ['e', Math.E],
]);

/** Functions of one number that a formula may use as well; `log` is natural. */
export const scalarFunctions = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  abs: Math.abs,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  sigmoid: (x: number): number => 1 / (1 + Math.exp(-x)),
  relu: (x: number): number => Math.max(0, x),
} as const satisfies Record<string, (x: number) => number>;

export type ScalarFunction = keyof typeof scalarFunctions;

const names = new Map<string, ScalarFunction>([
  ...Object.keys(scalarFunctions).flatMap((name): [string, ScalarFunction][] => [
    [name, name as ScalarFunction],
    [`\\${name}`, name as ScalarFunction],
  ]),
  ['log_2', 'log2'],
  ['log_10', 'log10'],
  ['lg', 'log10'],
  ['\\lg', 'log10'],
]);

export const constantOf = (word: string): number | undefined => constants.get(word);

/** The function a word names, in lower case or capitalised as a keyboard does it. */
export const functionOf = (word: string): ScalarFunction | undefined =>
  names.get(word) ?? (word.length > 1 ? names.get(word.toLowerCase()) : undefined);
