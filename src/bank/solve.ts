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

const rejected = (code: Rejection['code'], detail: string): Outcome => ({
  ok: false,
  rejection: { code, detail },
});

/** Draws parameters once and solves the question for them, or says why that draw is rejected. */
export const tryDraw = (question: Solvable, random: Random): Outcome =>
  orFailed(() => {
    const scope: Scope = new Map();
    for (const { name, sample } of question.program.params) {
      const value = sample(random, scope);
      if (value === undefined) return rejected('distinct', name);
      scope.set(name, value);
    }
    const outcome = solve(question, Object.fromEntries(scope), true);
    if (!outcome.ok) return outcome;
    return (
      collision(question, outcome.solution) ??
      equalOptions(question.program, outcome.solution.scope) ??
      outcome
    );
  });

/** Solves the question for parameters that were drawn before. Conditions and collisions no longer matter. */
export const trySolve = (question: Solvable, params: Params): Outcome =>
  orFailed(() => solve(question, params, false));

function orFailed(run: () => Outcome): Outcome {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof ComputeError) {
      return rejected('failed', error.message);
    }
    throw error;
  }
}

function solve({ content, program }: Solvable, params: Params, fresh: boolean): Outcome {
  const scope: Scope = new Map();
  for (const { name } of program.params) {
    const value = params[name];
    if (value === undefined) throw new ExpressionError(`no parameter ${name}`);
    scope.set(name, value);
  }
  for (const { name, expression } of program.lets) scope.set(name, expression.evaluate(scope));
  const failing = fresh ? program.where.find((condition) => !holds(condition, scope)) : undefined;
  if (failing) return rejected('where', failing.source);
  if (!program.answer) return { ok: true, solution: { params, scope, solved: undefined, mistakes: [] } };

  const solved = program.answer.solve(scope);
  const value = shaped(content.kind, solved.value, 'answer.output');
  if (!finite(value)) return rejected('not-finite', 'answer');
  scope.set('answer', value);
  scope.set('outputs', outputsDatum(solved.outputs));
  const mistakes = program.mistakes
    .filter(({ when }) => when === undefined || holds(when, scope))
    .map((mistake) => ({ mistake, value: mistakeValue(content.kind, mistake, scope) }));
  const infinite = mistakes.find((each) => !finite(each.value));
  if (fresh && infinite) return rejected('not-finite', infinite.mistake.id);
  return {
    ok: true,
    solution: {
      params,
      scope,
      solved: { ...solved, value },
      mistakes: mistakes.filter((each) => finite(each.value)),
    },
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

function collision({ content }: Solvable, { solved, mistakes }: Solution): Outcome | undefined {
  if (!solved || !isComputed(content)) return undefined;
  const tolerance = toleranceOf(content.answer);
  for (const [i, { mistake, value }] of mistakes.entries()) {
    if (collides(value, solved.value, tolerance)) return rejected('collision', `${mistake.id} = the answer`);
    const twin = mistakes.slice(0, i).find((other) => collides(value, other.value, tolerance));
    if (twin) return rejected('collision', `${mistake.id} = ${twin.mistake.id}`);
  }
  return undefined;
}

function equalOptions({ choices, params }: Program, scope: Scope): Outcome | undefined {
  if (params.length === 0) return undefined; // then the file itself is at fault, whatever is drawn
  for (const locale of locales) {
    const texts = choices.map(({ text }) => renderTemplate(text[locale], scope));
    const twin = texts.findIndex((text, i) => texts.indexOf(text) < i);
    if (twin >= 0) return rejected('equal-options', texts[twin]!);
  }
  return undefined;
}
