import { type AnyOperation, findOperation, type Outputs, type Step, type Value } from '../compute/index.ts';
import { compileExpression, type Datum, type Scope } from './expression.ts';
import type { Computation } from './schema.ts';

/** What is wrong with a field of a file: `mistakes[0].value`. */
export interface Problem {
  readonly field: string;
  readonly reason: string;
}

export interface Solved {
  readonly input: Readonly<Record<string, unknown>>;
  readonly outputs: Outputs;
  /** The output asked for; undefined when its path leads nowhere. */
  readonly value: Value | undefined;
}

/** A named operation whose input is filled from a draw. */
export interface CompiledComputation {
  readonly names: ReadonlySet<string>;
  /** Throws ComputeError for an input that the operation refuses, and ExpressionError. */
  solve(scope: Scope): Solved;
  /** The worked solution up to the output asked for. */
  explain(input: Solved['input']): readonly Step[];
}

type Filler = (scope: Scope) => unknown;

/** Compiles `{ operation, input, output }`; what is wrong with it goes to `problems`, and then it is undefined. */
export function compileComputation(
  { operation: name, input, output }: Computation,
  declared: ReadonlySet<string>,
  field: string,
  problems: Problem[],
): CompiledComputation | undefined {
  const operation = findOperation(name);
  if (!operation) {
    problems.push({ field: `${field}.operation`, reason: `there is no operation ${name}` });
    return undefined;
  }
  const found = problems.length;
  const wanted = operation.form.map((entry) => entry.name);
  for (const missing of wanted.filter((key) => !Object.hasOwn(input, key))) {
    problems.push({
      field: `${field}.input`,
      reason: `missing ${missing}; ${name} takes ${wanted.join(', ')}`,
    });
  }
  const names = new Set<string>();
  const fillers: [string, Filler][] = [];
  for (const [key, literal] of Object.entries(input)) {
    const place = `${field}.input.${key}`;
    if (!wanted.includes(key)) {
      problems.push({ field: place, reason: `unknown input; ${name} takes ${wanted.join(', ')}` });
      continue;
    }
    try {
      fillers.push([key, compileInput(literal, declared, names)]);
    } catch (error) {
      problems.push({ field: place, reason: (error as Error).message });
    }
  }
  const path = parsePath(output);
  const outputs = outputsOf(operation);
  if (!outputs.includes(path.output)) {
    problems.push({
      field: `${field}.output`,
      reason: `${name} has no ${path.output}; want ${outputs.join(', ')}`,
    });
  }
  if (problems.length > found) return undefined;
  return {
    names,
    solve: (scope) => {
      const filled = Object.fromEntries(fillers.map(([key, fill]) => [key, fill(scope)]));
      const results = operation.run(filled);
      return { input: filled, outputs: results, value: follow(results[path.output], path.indices) };
    },
    explain: (filled) => {
      const steps = operation.explain(filled);
      const last = steps.findLastIndex((step) => step.output === path.output);
      return last < 0 ? steps : steps.slice(0, last + 1);
    },
  };
}

function compileInput(literal: unknown, declared: ReadonlySet<string>, names: Set<string>): Filler {
  if (typeof literal === 'string' && literal.startsWith('$')) {
    const expression = compileExpression(literal.slice(1), declared);
    for (const name of expression.names) names.add(name);
    return (scope) => expression.evaluate(scope);
  }
  if (Array.isArray(literal)) {
    const entries = literal.map((entry) => compileInput(entry, declared, names));
    return (scope) => entries.map((entry) => entry(scope));
  }
  return () => literal;
}

const parsePath = (output: string) => ({
  output: output.split('[')[0]!,
  indices: [...output.matchAll(/\[(-?\d+)\]/g)].map((match) => Number(match[1])),
});

const follow = (value: Value | null | undefined, indices: readonly number[]): Value | undefined => {
  const reached = indices.reduce<unknown>(
    (list, index) => (Array.isArray(list) ? (list as unknown[]).at(index) : undefined),
    value,
  );
  return reached == null ? undefined : (reached as Value);
};

const outputNames = new Map<string, readonly string[]>();

/** The outputs of an operation, which its example shows. */
function outputsOf(operation: AnyOperation): readonly string[] {
  const known = outputNames.get(operation.name);
  if (known) return known;
  const names = Object.keys(operation.run(operation.example));
  outputNames.set(operation.name, names);
  return names;
}

/** The outputs as an expression sees them: without those that the input leaves undefined. */
export const outputsDatum = (outputs: Outputs): Datum =>
  Object.fromEntries(Object.entries(outputs).filter((entry): entry is [string, Value] => entry[1] !== null));
