import { constantOf, functionOf, scalarFunctions, type ScalarFunction } from '../number/functions.ts';
import type { Domain } from '../types.ts';
import { type Expression, type Fold, UnreadableFormula } from './expression.ts';

export type Variables = Readonly<Record<string, Domain>>;

const greek: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  Δ: 'Delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
};
const letters = new Map(Object.entries(greek).map(([letter, name]) => [name, letter]));

export const isGreekName = (name: string): boolean => letters.has(name);

const folds: ReadonlySet<string> = new Set<Fold>(['sum', 'mean', 'max', 'min']);

export const foldOf = (name: string): Fold | undefined => {
  const lower = name.toLowerCase();
  return folds.has(lower) ? (lower as Fold) : undefined;
};

/** What a note lists for a function that is not offered. */
export const functionNames: readonly string[] = [...Object.keys(scalarFunctions), ...folds];

/** `sigma(x)` and `σ(x)` are the logistic function unless the question declares sigma. */
export const formulaFunction = (name: string, variables: Variables): ScalarFunction | undefined => {
  if (declared(name, variables) !== null) return undefined;
  return name === 'sigma' || name === 'σ' ? 'sigmoid' : functionOf(name);
};

/** The spellings under which one name may be declared: μ, mu; ε, epsilon, eps; beta_1, beta1; x_hat, hat_x. */
const spellings = (name: string): string[] => {
  const spelled = name.replaceAll(/[α-ωΔ]/g, (letter) => greek[letter] ?? letter);
  const names = [
    name,
    spelled,
    spelled.replaceAll(/epsilon/g, 'eps'),
    spelled.replaceAll(/\beps\b/g, 'epsilon'),
  ];
  for (const [word, letter] of letters) if (spelled === word) names.push(letter);
  return [...names, ...names.map((each) => each.replaceAll('_', ''))];
};

const declared = (name: string, variables: Variables): string | null =>
  spellings(name).find((each) => Object.hasOwn(variables, each)) ?? null;

/** A variable, one entry of a vector, or a constant; a declared name comes before a constant. */
export const resolveName = (name: string, variables: Variables, at: number): Expression => {
  const whole = declared(name, variables);
  if (whole !== null) return { kind: 'name', name: whole };
  const value = constantOf(name);
  if (value !== undefined) return { kind: 'number', value };
  const parts = /^(.+)_([a-z]|\d{1,3})$/i.exec(name) ?? /^(\D+)(\d{1,3})$/.exec(name);
  const base = parts === null ? null : declared(parts[1]!, variables);
  if (base !== null && variables[base]!.length !== undefined) {
    return entryOf(base, parts![2]!, variables, at);
  }
  throw new UnreadableFormula('undeclared', at, Object.keys(variables));
};

/** Entry `index` (a number from 1, or a letter) of a declared vector. */
export const entryOf = (name: string, index: string, variables: Variables, at: number): Expression => {
  const length = variables[name]?.length;
  if (length === undefined) throw new UnreadableFormula('index', at);
  if (!/^\d+$/.test(index)) return { kind: 'entry', name, index };
  const position = Number(index);
  if (position < 1 || position > length) throw new UnreadableFormula('index', at);
  return { kind: 'entry', name, index: position };
};
