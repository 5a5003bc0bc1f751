import { type ScalarFunction, scalarFunctions } from '../number/functions.ts';
import { type Expression, type Fold, UnreadableFormula } from './expression.ts';
import type { Variables } from './names.ts';

/** A point at which formulas are evaluated, and what evaluation leaves beside its value. */
export interface Scope {
  readonly scalars: Readonly<Record<string, number>>;
  readonly vectors: Readonly<Record<string, readonly number[]>>;
  /** The values of bound indices, 0-based. */
  readonly indices: number[];
  /** A bound on the rounding error of the value last returned. */
  error: number;
  /** Whether anything on the way was not finite. */
  undefined: boolean;
}

/** The value of entry i; a scalar ignores i. */
type Evaluate = (scope: Scope, i: number) => number;

export interface Compiled {
  /** Of a vector; null for a scalar. */
  readonly length: number | null;
  readonly evaluate: Evaluate;
}

interface Part extends Compiled {
  /** The unbound index letter by which a vector was written: x_i. Null where it was written whole. */
  readonly letter: string | null;
  /** How many operations one entry takes. */
  readonly cost: number;
}

interface Context {
  readonly variables: Variables;
  /** Bound letters, the innermost last; `length` is learnt from the vectors that a letter indexes. */
  readonly bound: { readonly letter: string; length: number | null }[];
}

/** Of one evaluation of all entries. Beyond this, nested sums would take noticeable time. */
const maxCost = 20_000;
const unit = Number.EPSILON;

/** Checks shapes and indices once, and returns a function that evaluates fast. Throws {@link UnreadableFormula}. */
export const compile = (expression: Expression, variables: Variables): Compiled =>
  part(expression, { variables, bound: [] });

const part = (expression: Expression, context: Context): Part => {
  const made = make(expression, context);
  if (made.cost * (made.length ?? 1) > maxCost) throw new UnreadableFormula('too-complex');
  return made;
};

const scalar = (evaluate: Evaluate, cost = 1): Part => ({ length: null, letter: null, cost, evaluate });

const make = (expression: Expression, context: Context): Part => {
  switch (expression.kind) {
    case 'number': {
      const { value } = expression;
      return scalar((scope) => {
        scope.error = 0;
        return value;
      });
    }
    case 'name':
      return named(expression.name, context, null);
    case 'entry':
      return entry(expression.name, expression.index, context);
    case 'negative': {
      const of = part(expression.of, context);
      return { ...of, cost: of.cost + 1, evaluate: (scope, i) => -of.evaluate(scope, i) };
    }
    case 'binary':
      return binary(expression.operator, part(expression.left, context), part(expression.right, context));
    case 'call':
      return called(expression.name, part(expression.of, context));
    case 'list':
      return listed(expression.entries.map((each) => part(each, context)));
    case 'fold':
      return folded(
        expression.name,
        expression.of.map((each) => part(each, context)),
      );
    default:
      return series(expression, context);
  }
};

const named = (name: string, { variables }: Context, letter: string | null): Part => {
  const length = variables[name]!.length ?? null;
  if (length === null) {
    return scalar((scope) => {
      scope.error = 0;
      return scope.scalars[name]!;
    });
  }
  return {
    length,
    letter,
    cost: 1,
    evaluate: (scope, i) => {
      scope.error = 0;
      return scope.vectors[name]![i]!;
    },
  };
};

const entry = (name: string, index: number | string, context: Context): Part => {
  if (typeof index === 'number') {
    return scalar((scope) => {
      scope.error = 0;
      return scope.vectors[name]![index - 1]!;
    });
  }
  const slot = context.bound.findLastIndex(({ letter }) => letter === index);
  if (slot < 0) return named(name, context, index);
  const length = context.variables[name]!.length!;
  const bound = context.bound[slot]!;
  if (bound.length !== null && bound.length !== length) throw new UnreadableFormula('arguments');
  bound.length = length;
  return scalar((scope) => {
    scope.error = 0;
    return scope.vectors[name]![scope.indices[slot]!]!;
  });
};

/** The shape of an operation on several parts: vectors must be of one length and written with one letter. */
const common = (parts: readonly Part[]): { length: number | null; letter: string | null } => {
  const vectors = parts.filter(({ length }) => length !== null);
  const [first] = vectors;
  if (first === undefined) return { length: null, letter: null };
  if (vectors.some(({ length }) => length !== first.length)) throw new UnreadableFormula('arguments');
  // x_i y_j or x_i y outside a sum would be a matrix.
  if (vectors.some(({ letter }) => letter !== first.letter)) throw new UnreadableFormula('index');
  return { length: first.length, letter: first.letter };
};

/** Notes what is not finite, and adds the rounding of the result itself. */
const settle = (scope: Scope, value: number, error: number): number => {
  if (!Number.isFinite(value)) scope.undefined = true;
  scope.error = error + unit * Math.abs(value);
  return value;
};

const binary = (operator: '+' | '-' | '*' | '/' | '^', left: Part, right: Part): Part => {
  const apply = operations[operator];
  return {
    ...common([left, right]),
    cost: left.cost + right.cost + 1,
    evaluate: (scope, i) => {
      const a = left.evaluate(scope, i);
      const errorOfA = scope.error;
      const b = right.evaluate(scope, i);
      return apply(scope, a, b, errorOfA, scope.error);
    },
  };
};

type Apply = (scope: Scope, a: number, b: number, errorOfA: number, errorOfB: number) => number;

const operations: Readonly<Record<'+' | '-' | '*' | '/' | '^', Apply>> = {
  '+': (scope, a, b, da, db) => settle(scope, a + b, da + db),
  '-': (scope, a, b, da, db) => settle(scope, a - b, da + db),
  '*': (scope, a, b, da, db) => settle(scope, a * b, Math.abs(a) * db + Math.abs(b) * da),
  '/': (scope, a, b, da, db) => {
    const value = a / b;
    // Where b might be zero, nothing is known.
    const margin = Math.abs(b) - db;
    return settle(scope, value, margin > 0 ? (da + Math.abs(value) * db) / margin : Infinity);
  },
  '^': (scope, a, b, da, db) => {
    const value = a ** b;
    const byBase = da === 0 ? 0 : spread(value, (a + da) ** b, (a - da) ** b);
    const byExponent = db === 0 ? 0 : spread(value, a ** (b + db), a ** (b - db));
    // libm is right to about one unit only.
    return settle(scope, value, byBase + byExponent + unit * Math.abs(value));
  },
};

/** How far a function moves when its argument is off by its error; infinite where it stops being defined. */
const spread = (value: number, above: number, below: number): number => {
  const error = Math.max(Math.abs(above - value), Math.abs(below - value));
  return Number.isNaN(error) ? Infinity : error;
};

const called = (name: ScalarFunction, of: Part): Part => {
  const apply: (x: number) => number = scalarFunctions[name];
  return {
    ...common([of]),
    cost: of.cost + 2,
    evaluate: (scope, i) => {
      const x = of.evaluate(scope, i);
      const { error } = scope;
      const value = apply(x);
      const moved = error === 0 ? 0 : spread(value, apply(x + error), apply(x - error));
      return settle(scope, value, moved + 2 * unit * Math.abs(value));
    },
  };
};

const listed = (entries: readonly Part[]): Part => {
  if (entries.some(({ length }) => length !== null)) throw new UnreadableFormula('arguments');
  return {
    length: entries.length,
    letter: null,
    cost: Math.max(1, ...entries.map(({ cost }) => cost)),
    evaluate: (scope, i) => entries[i]!.evaluate(scope, 0),
  };
};

const folded = (name: Fold, parts: readonly Part[]): Part => {
  const { length, cost, evaluate } = parts[0]!;
  if (parts.length === 1 && length !== null) {
    return scalar((scope) => foldOver(scope, name, length, (k) => evaluate(scope, k)), length * cost + 1);
  }
  const shape = common(parts);
  if (shape.length !== null && name !== 'max' && name !== 'min') throw new UnreadableFormula('arguments');
  return {
    ...shape,
    cost: parts.reduce((total, each) => total + each.cost, 1),
    evaluate: (scope, i) => foldOver(scope, name, parts.length, (k) => parts[k]!.evaluate(scope, i)),
  };
};

const series = (expression: Expression & { kind: 'series' }, context: Context): Part => {
  const { name, index, from, to } = expression;
  const slot = context.bound.length;
  const bound: Context['bound'][number] = { letter: index, length: null };
  const of = part(expression.of, { ...context, bound: [...context.bound, bound] });
  const last = to ?? bound.length;
  if (bound.length === null || last === null || from < 1 || last > bound.length || last < from) {
    throw new UnreadableFormula('index');
  }
  const count = last - from + 1;
  return {
    length: of.length,
    letter: of.letter,
    cost: count * of.cost + 1,
    evaluate: (scope, i) =>
      foldOver(scope, name, count, (k) => {
        scope.indices[slot] = from - 1 + k;
        return of.evaluate(scope, i);
      }),
  };
};

const foldOver = (scope: Scope, name: Fold, count: number, value: (k: number) => number): number => {
  let total = value(0);
  let { error } = scope;
  for (let k = 1; k < count; k += 1) {
    const next = value(k);
    if (name === 'max') total = Math.max(total, next);
    else if (name === 'min') total = Math.min(total, next);
    else total += next;
    error =
      name === 'sum' || name === 'mean'
        ? error + scope.error + unit * Math.abs(total)
        : Math.max(error, scope.error);
  }
  return name === 'mean' ? settle(scope, total / count, error / count) : settle(scope, total, error);
};
