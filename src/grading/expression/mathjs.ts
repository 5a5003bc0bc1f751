import type {
  AccessorNode,
  ArrayNode,
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from 'mathjs';
import { type Expression, UnreadableFormula } from './expression.ts';
import { math } from './math.ts';
import { entryOf, foldOf, formulaFunction, functionNames, resolveName, type Variables } from './names.ts';

const { parse } = math;

const maxNodes = 200;

const operators: Readonly<Record<string, '+' | '-' | '*' | '/' | '^'>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  pow: '^',
  dotMultiply: '*',
  dotDivide: '/',
  dotPow: '^',
};

/**
 * Reads mathjs syntax. mathjs only parses: a walk over a whitelist of its nodes makes the expression, so that no
 * assignment, unit, range, string, property or function of mathjs is ever reached.
 */
export const readMathjs = (text: string, variables: Variables): Expression => {
  const root = parseText(text);
  let nodes = 0;
  root.traverse(() => {
    nodes += 1;
  });
  if (nodes > maxNodes) throw new UnreadableFormula('too-complex');
  return walk(root, { text, variables });
};

const parseText = (text: string): MathNode => {
  // A comment would hide text, and 0x10 would be sixteen.
  const odd = /[#"'@;]|0[xXbBoO]/.exec(text);
  if (odd !== null) throw new UnreadableFormula('character', odd.index);
  try {
    return parse(text);
  } catch (error) {
    const char = error instanceof SyntaxError && 'char' in error ? Number(error.char) : 1;
    const at = Math.min(Math.max(0, char - 1), text.length);
    throw new UnreadableFormula(at >= text.trimEnd().length ? 'incomplete' : 'syntax', at);
  }
};

interface Context {
  readonly text: string;
  readonly variables: Variables;
}

/** mathjs nodes carry no offsets: the first place where the name stands. */
const placeOf = (name: string, { text }: Context): number => Math.max(0, text.indexOf(name));

const walk = (node: MathNode, context: Context): Expression => {
  switch (node.type) {
    case 'ConstantNode':
      return constant(node as ConstantNode);
    case 'SymbolNode': {
      const { name } = node as SymbolNode;
      return resolveName(name, context.variables, placeOf(name, context));
    }
    case 'ParenthesisNode':
      return walk((node as ParenthesisNode).content, context);
    case 'OperatorNode':
      return operation(node as OperatorNode, context);
    case 'FunctionNode':
      return call(node as FunctionNode, context);
    case 'AccessorNode':
      return accessor(node as AccessorNode, context);
    case 'ArrayNode': {
      const entries = (node as ArrayNode).items.map((item) => walk(item, context));
      // [x] is x in brackets.
      return entries.length === 1 ? entries[0]! : { kind: 'list', entries };
    }
    default:
      throw new UnreadableFormula('syntax');
  }
};

const constant = ({ value }: ConstantNode): Expression => {
  if (typeof value !== 'number') throw new UnreadableFormula('syntax');
  if (!Number.isFinite(value)) throw new UnreadableFormula('not-finite');
  return { kind: 'number', value };
};

const isOperator = (node: MathNode, fn: string): node is OperatorNode =>
  node.type === 'OperatorNode' && (node as OperatorNode).fn === fn;

/** A product written without a sign: `2 x`, `x (1 - x)`. */
const isImplicit = (node: MathNode, context: Context): boolean =>
  (isOperator(node, 'multiply') && (node as OperatorNode & { implicit: boolean }).implicit) ||
  (node.type === 'FunctionNode' && calledFunction(node as FunctionNode, context) === null);

const operation = (node: OperatorNode, context: Context): Expression => {
  const [left, right] = node.args as [MathNode, MathNode?];
  if (right === undefined) {
    if (node.fn === 'unaryPlus') return walk(left, context);
    if (node.fn === 'unaryMinus') return { kind: 'negative', of: walk(left, context) };
    throw new UnreadableFormula('syntax', placeOf(node.op, context));
  }
  const operator = Object.hasOwn(operators, node.fn) ? operators[node.fn] : undefined;
  if (operator === undefined) throw new UnreadableFormula('syntax', placeOf(node.op, context));
  refuseAmbiguity(node, operator, left, right, context);
  return { kind: 'binary', operator, left: walk(left, context), right: walk(right, context) };
};

const refuseAmbiguity = (
  node: OperatorNode,
  operator: string,
  left: MathNode,
  right: MathNode,
  context: Context,
): void => {
  const at = placeOf(operator, context);
  if (operator === '/') {
    // a/b c: mathjs reads a/(b c). x^1/2: hardly half of x.
    if (isImplicit(right, context)) throw new UnreadableFormula('implicit-product', at);
    if (isOperator(left, 'pow') && isOne(left.args[1]!)) throw new UnreadableFormula('implicit-product', at);
  }
  if (operator === '*' && isImplicit(node, context)) {
    // 1/2 x: mathjs reads (1/2) x. e^2x: it reads e^2 x.
    const before = isImplicit(left, context) && isOperator(left, 'multiply') ? left.args[1]! : left;
    if (isOperator(before, 'divide') || isLoosePower(before)) {
      throw new UnreadableFormula(
        'implicit-product',
        placeOf(isOperator(before, 'divide') ? '/' : '^', context),
      );
    }
  }
  if (operator === '^') {
    const exponent = isOperator(right, 'unaryMinus') ? right.args[0]! : right;
    if (isOperator(exponent, 'pow')) throw new UnreadableFormula('power-tower', at);
    // p(1 - p)^2 and e^x(1 + x), which mathjs reads as (p (1 - p))^2 and e^(x (1 + x)).
    const calls = [left, exponent].filter((each) => each.type === 'FunctionNode');
    if (calls.some((each) => isImplicit(each, context))) throw new UnreadableFormula('implicit-product', at);
  }
};

const isOne = (node: MathNode): boolean => node.type === 'ConstantNode' && (node as ConstantNode).value === 1;

/** 2^3, e^x or x^n without brackets round the exponent: a factor behind it might belong there. x^2 y is clear. */
const isLoosePower = (node: MathNode): boolean => {
  const power = isOperator(node, 'unaryMinus') ? node.args[0]! : node;
  if (!isOperator(power, 'pow')) return false;
  const [base, exponent] = power.args as [MathNode, MathNode];
  if (exponent.type === 'ParenthesisNode') return false;
  const isConstant =
    base.type === 'ConstantNode' || (base.type === 'SymbolNode' && (base as SymbolNode).name === 'e');
  return isConstant || exponent.type !== 'ConstantNode';
};

/** The name of the function that is called; null where a variable or a bracket stands before the bracket. */
const calledFunction = ({ fn }: FunctionNode, { variables }: Context): string | null => {
  if (fn.type !== 'SymbolNode') return null;
  const { name } = fn;
  const isFunction = formulaFunction(name, variables) !== undefined || foldOf(name) !== undefined;
  return isFunction || !isVariable(name, variables) ? name : null;
};

const isVariable = (name: string, variables: Variables): boolean => {
  try {
    resolveName(name, variables, 0);
    return true;
  } catch {
    return false;
  }
};

const call = (node: FunctionNode, context: Context): Expression => {
  const name = calledFunction(node, context);
  const [first, ...others] = node.args;
  if (name === null) {
    // x(1 - x): a product
    if (first === undefined || others.length > 0) throw new UnreadableFormula('arguments');
    return { kind: 'binary', operator: '*', left: walk(node.fn, context), right: walk(first, context) };
  }
  const at = placeOf(name, context);
  const scalar = formulaFunction(name, context.variables);
  const fold = foldOf(name);
  if (scalar === undefined && fold === undefined) throw new UnreadableFormula('function', at, functionNames);
  if (first === undefined) throw new UnreadableFormula('arguments', at);
  if (scalar === undefined) {
    return { kind: 'fold', name: fold!, of: [first, ...others].map((each) => walk(each, context)) };
  }
  if (others.length > 0) throw new UnreadableFormula('arguments', at);
  return { kind: 'call', name: scalar, of: walk(first, context) };
};

const accessor = (node: AccessorNode, context: Context): Expression => {
  const object = node.object;
  const [index, ...others] = node.index.dimensions;
  if (object.type !== 'SymbolNode' || node.name !== '') throw new UnreadableFormula('syntax');
  const { name } = object as SymbolNode;
  const at = placeOf(name, context);
  const vector = resolveName(name, context.variables, at);
  if (vector.kind !== 'name' || others.length > 0) throw new UnreadableFormula('index', at);
  if (index!.type === 'SymbolNode') {
    return entryOf(vector.name, (index as SymbolNode).name, context.variables, at);
  }
  const value: unknown = index!.type === 'ConstantNode' ? (index as ConstantNode).value : null;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new UnreadableFormula('index', at);
  return entryOf(vector.name, String(value), context.variables, at);
};
