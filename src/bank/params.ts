import { compileExpression, type Datum, type Expression, ExpressionError, type Scope } from './expression.ts';
import { below, type Random } from './random.ts';
import type { Param } from './schema.ts';

/** The drawn parameters of a variant, by name: plain JSON. */
export type Params = Readonly<Record<string, Datum>>;

/** Draws one parameter, given those before it; undefined when the draw must be rejected (no distinct value left). */
export type Sampler = (random: Random, scope: Scope) => Datum | undefined;

type Bound = number | string;

/** Compiles how a parameter is drawn. @throws {ExpressionError} */
export function compileParam(param: Param, declared: ReadonlySet<string>): Sampler {
  if ('one' in param) return (random) => param.one[below(random, param.one.length)]!;
  if ('int' in param) return grid(param.int, param.step ?? 1, declared);
  if ('decimal' in param) return grid(param.decimal, param.step, declared);
  const { of, length, distinct } = param.list;
  const sample = compileParam(of, declared);
  const size = Array.isArray(length) ? grid(length, 1, declared) : compileBound(length, declared);
  return (random, scope) => {
    const count = size(random, scope) as number;
    if (!Number.isInteger(count) || count < 1 || count > 64) {
      throw new ExpressionError(`a list of length ${count}; want 1 to 64`);
    }
    return list(count, () => sample(random, scope), distinct === true);
  };
}

/** The names that the bounds of a parameter use. */
export function namesOfParam(param: Param, declared: ReadonlySet<string>): readonly string[] {
  const bounds = (of: Param): readonly Bound[] => {
    if ('one' in of) return [];
    if ('int' in of) return of.int;
    if ('decimal' in of) return of.decimal;
    return [...bounds(of.list.of), ...[of.list.length].flat()];
  };
  return bounds(param).flatMap((bound) =>
    typeof bound === 'string' ? [...compileExpression(bound, declared).names] : [],
  );
}

const TRIES = 100;

function list(count: number, sample: () => Datum | undefined, distinct: boolean): Datum[] | undefined {
  const entries: Datum[] = [];
  const seen = new Set<string>();
  for (let tries = 0; entries.length < count; tries += 1) {
    if (tries > count + TRIES) return undefined;
    const entry = sample();
    if (entry === undefined) return undefined;
    const key = JSON.stringify(entry);
    if (distinct && seen.has(key)) continue;
    seen.add(key);
    entries.push(entry);
  }
  return entries;
}

/** Uniform over min, min + step, …, up to max, without float noise. */
function grid([low, high]: readonly [Bound, Bound], step: number, declared: ReadonlySet<string>): Sampler {
  const [min, max] = [compileBound(low, declared), compileBound(high, declared)];
  return (random, scope) => {
    const start = min(random, scope);
    const count = Math.floor((max(random, scope) - start) / step + 1e-9) + 1;
    if (!(count >= 1)) throw new ExpressionError(`nothing between ${start} and ${max(random, scope)}`);
    return Number((start + below(random, count) * step).toPrecision(12)) + 0;
  };
}

function compileBound(bound: Bound, declared: ReadonlySet<string>) {
  if (typeof bound === 'number') return () => bound;
  const expression: Expression = compileExpression(bound, declared);
  return (_: Random, scope: Scope): number => {
    const value = expression.evaluate(scope);
    if (typeof value !== 'number') throw new ExpressionError(`${bound}: want a number`);
    return value;
  };
}
