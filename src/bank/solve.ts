import { ComputeError, type Value } from '../compute/index.ts';
import { type CompiledComputation, outputsDatum, type Solved } from './computation.ts';
import { type Datum, type Expression, ExpressionError, type Scope } from './expression.ts';
import type { Params } from './params.ts';
import type { CompiledMistake, Program } from './program.ts';
import type { Random } from './random.ts';
import { isComputed, type Kind, type QuestionContent } from './schema.ts';
import { locales, renderTemplate } from './template.ts';
import { collides, toleranceOf } from './tolerance.ts';

/** Why a draw cannot be asked. `failed` is a fault of the file: an expression or operation that refuses the numbers. */
export interface Rejection {
  readonly code: 'where' | 'distinct' | 'not-finite' | 'collision' | 'equal-options' | 'failed';
  /** What of the question was in the way: a condition, a mistake's id and what it collides with, an error. */
  readonly detail: string;
}

export interface Solution {
  readonly params: Params;
  /** The parameters and derived values; with a computed answer also `answer` and `outputs`. */
  readonly scope: Scope;
  readonly solved: (Solved & { readonly value: Value }) | undefined;
  /** The mistakes whose condition holds. */
  readonly mistakes: readonly { readonly mistake: CompiledMistake; readonly value: Value }[];
}

export type Outcome =
  | { readonly ok: true; readonly solution: Solution }
  | { readonly ok: false; readonly rejection: Rejection };

export interface Solvable {
  readonly content: QuestionContent;
  readonly program: Program;
}

class Rejected extends Error {
  readonly rejection: Rejection;
  constructor(code: Rejection['code'], detail: string) {
    super(detail);
    this.rejection = { code, detail };
  }
}

/** Draws parameters once and solves the question for them, or says why that draw is rejected. */
export const tryDraw = (question: Solvable, random: Random): Outcome =>
  outcome(() => {
    const scope: Scope = new Map();
    for (const { name, sample } of question.program.params) {
      const value = sample(random, scope);
      if (value === undefined) throw new Rejected('distinct', name);
      scope.set(name, value);
    }
    const solution = solve(question, Object.fromEntries(scope), true);
    refuseCollisions(question, solution);
    refuseEqualOptions(question.program, solution.scope);
    return solution;
  });

/** Solves the question for parameters that were drawn before. Conditions and collisions no longer matter. */
export const trySolve = (question: Solvable, params: Params): Outcome =>
  outcome(() => solve(question, params, false));

function outcome(run: () => Solution): Outcome {
  try {
    return { ok: true, solution: run() };
  } catch (error) {
    if (error instanceof Rejected) return { ok: false, rejection: error.rejection };
    if (error instanceof ExpressionError || error instanceof ComputeError) {
      return { ok: false, rejection: { code: 'failed', detail: error.message } };
    }
    throw error;
  }
}

function solve({ content, program }: Solvable, params: Params, fresh: boolean): Solution {
  const scope: Scope = new Map();
  for (const { name } of program.params) {
    const value = params[name];
    if (value === undefined) throw new ExpressionError(`no parameter ${name}`);
    scope.set(name, value);
  }
  for (const { name, expression } of program.lets) scope.set(name, expression.evaluate(scope));
  if (fresh) {
    const failing = program.where.find((condition) => !holds(condition, scope));
    if (failing) throw new Rejected('where', failing.source);
  }
  if (!program.answer) return { params, scope, solved: undefined, mistakes: [] };

  const solved = program.answer.solve(scope);
  const value = shaped(content.kind, solved.value, 'answer.output');
  if (!finite(value)) throw new Rejected('not-finite', 'answer');
  scope.set('answer', value);
  scope.set('outputs', outputsDatum(solved.outputs));
  const mistakes = program.mistakes
    .filter(({ when }) => when === undefined || holds(when, scope))
    .map((mistake) => ({ mistake, value: mistakeValue(content.kind, mistake, scope) }));
  if (fresh) {
    const infinite = mistakes.find(({ value }) => !finite(value));
    if (infinite) throw new Rejected('not-finite', infinite.mistake.id);
  }
  return {
    params,
    scope,
    solved: { ...solved, value },
    mistakes: mistakes.filter(({ value }) => finite(value)),
  };
}

const holds = (condition: Expression, scope: Scope): boolean => {
  const value = condition.evaluate(scope);
  if (typeof value !== 'boolean') throw new ExpressionError(`${condition.source}: want true or false`);
  return value;
};

const mistakeValue = (kind: Kind, { id, value }: CompiledMistake, scope: Scope): Value =>
  shaped(kind, isComputation(value) ? value.solve(scope).value : value.evaluate(scope), `mistake ${id}`);

const isComputation = (value: CompiledMistake['value']): value is CompiledComputation => 'solve' in value;

/** A number, vector or matrix, as the kind of question wants it. */
function shaped(kind: Kind, value: Datum | Value | undefined, what: string): Value {
  const depth = { numeric: 0, vector: 1, matrix: 2 }[kind as 'numeric' | 'vector' | 'matrix'];
  const fits = (entry: unknown, levels: number): boolean =>
    levels === 0
      ? typeof entry === 'number'
      : Array.isArray(entry) && entry.length > 0 && entry.every((inner) => fits(inner, levels - 1));
  if (!fits(value, depth)) {
    const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
    throw new ExpressionError(`${what}: got ${got}, want a ${kind === 'numeric' ? 'number' : kind}`);
  }
  return value as Value;
}

const finite = (value: Value): boolean =>
  Array.isArray(value) ? value.every((entry) => finite(entry)) : Number.isFinite(value);

function refuseCollisions({ content }: Solvable, { solved, mistakes }: Solution): void {
  if (!solved || !isComputed(content)) return;
  const tolerance = toleranceOf(content.answer);
  mistakes.forEach(({ mistake, value }, i) => {
    if (collides(value, solved.value, tolerance))
      throw new Rejected('collision', `${mistake.id} = the answer`);
    const twin = mistakes.slice(0, i).find((other) => collides(value, other.value, tolerance));
    if (twin) throw new Rejected('collision', `${mistake.id} = ${twin.mistake.id}`);
  });
}

function refuseEqualOptions({ choices, params }: Program, scope: Scope): void {
  if (params.length === 0) return; // then the file itself is at fault, whatever is drawn
  for (const locale of locales) {
    const texts = choices.map(({ text }) => renderTemplate(text[locale], scope));
    const twin = texts.findIndex((text, i) => texts.indexOf(text) < i);
    if (twin >= 0) throw new Rejected('equal-options', texts[twin]!);
  }
}
