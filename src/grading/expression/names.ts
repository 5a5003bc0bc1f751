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
const greekNames: ReadonlySet<string> = new Set(Object.values(greek));

export const isGreekName = (name: string): boolean => greekNames.has(name);

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

/** What spellings of one name have in common: μ and mu; ε, epsilon and eps; beta_1 and beta1; x_hat and xhat. */
const canonical = (name: string): string =>
  name
    .replaceAll(/[α-ωΔ]/g, (letter) => greek[letter] ?? letter)
    .replaceAll('_', '')
    .replace(/^epsilon/, 'eps');

/** The declared variable that a spelling means, or null. */
export const declared = (name: string, variables: Variables): string | null => {
  if (Object.hasOwn(variables, name)) return name;
  const wanted = canonical(name);
  return Object.keys(variables).find((each) => canonical(each) === wanted) ?? null;
};

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
  if (functionOf(name) !== undefined || foldOf(name) !== undefined) {
    throw new UnreadableFormula('arguments', at);
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
