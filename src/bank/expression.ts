import type { EvalFunction, MathNode } from 'mathjs';
import { math } from '../grading/expression/math.ts';

/** What a draw may hold: scalars, words, lists of them, and records of them (a row of a model table). */
export type Datum = number | string | boolean | readonly Datum[] | { readonly [name: string]: Datum };

/** The values an expression sees, by name. */
export type Scope = Map<string, Datum>;

export interface Expression {
  readonly source: string;
  /** The declared names it uses. */
  readonly names: ReadonlySet<string>;
  /** Throws {@link ExpressionError} where the values do not fit (an index out of range, a number of words). */
  evaluate(scope: Scope): Datum;
}

export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

const elementwise = (f: (x: number) => number) => {
  const each = (values: readonly unknown[]): unknown[] =>
    values.map((x) => (Array.isArray(x) ? each(x) : f(x as number)));
  return { number: f, Array: each };
};

// As in the formulas that learners type, functions of a number also take lists.
math.import(
  {
    exp: math.typed('exp', elementwise(Math.exp)),
    ln: math.typed('ln', elementwise(Math.log)),
    log2: math.typed('log2', elementwise(Math.log2)),
    log10: math.typed('log10', elementwise(Math.log10)),
    sqrt: math.typed('sqrt', elementwise(Math.sqrt)),
    tanh: math.typed('tanh', elementwise(Math.tanh)),
    sigmoid: math.typed(
      'sigmoid',
      elementwise((x) => 1 / (1 + Math.exp(-x))),
    ),
    relu: math.typed(
      'relu',
      elementwise((x) => Math.max(0, x)),
    ),
    log: math.typed('log', {
      ...elementwise(Math.log),
      'number, number': (x: number, base: number) => Math.log(x) / Math.log(base),
    }),
    column: math.typed('column', { Array: (values: readonly unknown[]) => values.map((x) => [x]) }),
    row: math.typed('row', { Array: (values: readonly unknown[]) => [values] }),
  },
  { override: true },
);
// Words compare as well: when: activation == "relu".
math.import({
  equal: math.typed('equal', { 'string, string': (a: string, b: string) => a === b }),
  unequal: math.typed('unequal', { 'string, string': (a: string, b: string) => a !== b }),
});

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Pure functions of numbers and lists. Nothing here parses text, draws at random or changes mathjs. */
const functions = words(`
  abs sign ceil floor round fix mod gcd lcm sqrt cbrt square cube pow nthRoot
  exp expm1 log ln log2 log10 log1p sigmoid relu erf gamma factorial combinations permutations
  sin cos tan sinh cosh tanh asin acos atan atan2 hypot
  min max sum mean median mode prod std variance cumsum quantileSeq sort count size norm
  add subtract multiply divide dotMultiply dotDivide dotPow dot cross kron
  transpose inv det trace diag identity zeros ones range concat flatten reshape squeeze subset row column
  map filter equal unequal smaller larger smallerEq largerEq deepEqual and or not isInteger`);

const constants = words('pi e Infinity end');

const allowedNodes = words(`
  AccessorNode ArrayNode ConditionalNode ConstantNode FunctionAssignmentNode FunctionNode IndexNode OperatorNode
  ParenthesisNode RangeNode RelationalNode SymbolNode`);

/**
 * Compiles an author's expression (mathjs syntax, lists, indices from 1) that may use the `declared` names.
 * @throws {ExpressionError} for a syntax error, a name nobody declared, or anything but plain arithmetic
 */
export function compileExpression(source: string, declared: ReadonlySet<string>): Expression {
  const root = parse(source);
  const names = namesOf(root, declared);
  let code: EvalFunction | undefined;
  return {
    source,
    names,
    evaluate: (scope) => {
      try {
        code ??= root.compile(); // on first use: most of a bank is not drawn in a day
        return datum(code.evaluate(scope));
      } catch (error) {
        throw new ExpressionError(`${source}: ${(error as Error).message}`);
      }
    },
  };
}

function parse(source: string): MathNode {
  if (source.trim() === '') throw new ExpressionError('an empty expression');
  try {
    return math.parse(source);
  } catch (error) {
    throw new ExpressionError(`${source}: ${(error as Error).message}`);
  }
}

function namesOf(root: MathNode, declared: ReadonlySet<string>): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (node: MathNode, locals: ReadonlySet<string>, parent?: MathNode, place?: string): void => {
    if (!allowedNodes.has(node.type) || (isFunctionAssignment(node) && parent?.type !== 'FunctionNode')) {
      throw new ExpressionError(`${root.toString()}: ${node.toString()} is not plain arithmetic`);
    }
    if (isSymbol(node)) {
      const callable = parent?.type === 'FunctionNode' && functions.has(node.name);
      if (callable && place === 'fn') return;
      if (declared.has(node.name)) used.add(node.name);
      else if (!locals.has(node.name) && !constants.has(node.name) && !callable) {
        throw new ExpressionError(
          `unknown name ${node.name}; declared: ${[...declared].join(', ') || 'none'}`,
        );
      }
    }
    const inner = isFunctionAssignment(node) ? new Set([...locals, node.name, ...node.params]) : locals;
    node.forEach((child, path) => visit(child, inner, node, path));
  };
  visit(root, new Set());
  return used;
}

const isSymbol = (node: MathNode): node is MathNode & { name: string } => node.type === 'SymbolNode';
const isFunctionAssignment = (node: MathNode): node is MathNode & { name: string; params: string[] } =>
  node.type === 'FunctionAssignmentNode';

function datum(value: unknown): Datum {
  if (typeof value === 'number') return value === 0 ? 0 : value; // -0 would print as -0
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(datum);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return value as Datum;
  }
  throw new Error(`the result is ${math.typeOf(value)}, not a number, a word or a list`);
}
