import type { Text } from '../compute/index.ts';
import { type CompiledComputation, compileComputation, type Problem } from './computation.ts';
import { compileExpression, type Expression } from './expression.ts';
import { compileParam, namesOfParam, type Sampler } from './params.ts';
import type { Computation, Param } from './schema.ts';
import { compileText, locales, type TextTemplate } from './template.ts';

/** Names that the bank gives a value to: the key and, for computed questions, all outputs of its operation. */
const reserved = ['answer', 'outputs'];

/** Compiles the parts of one question, and gathers what is wrong with each instead of stopping at the first. */
export interface Compiler {
  readonly problems: Problem[];
  /** Makes a name known to everything compiled after it. */
  declare(field: string, name: string): void;
  /** Makes `answer` and `outputs` known: they exist once the question is solved. */
  declareSolution(): void;
  param(field: string, param: Param): Sampler | undefined;
  expression(field: string, source: string): Expression | undefined;
  text(field: string, source: Text): TextTemplate | undefined;
  computation(field: string, source: Computation): CompiledComputation | undefined;
  /** Declared, but used by nothing that was compiled. */
  isUnused(name: string): boolean;
}

export function createCompiler(): Compiler {
  const problems: Problem[] = [];
  const declared = new Set<string>();
  const used = new Set<string>();

  const attempt = <T>(field: string, compile: () => T): T | undefined => {
    try {
      return compile();
    } catch (error) {
      problems.push({ field, reason: (error as Error).message });
      return undefined;
    }
  };
  const using = <T extends { readonly names: ReadonlySet<string> }>(compiled: T | undefined) => {
    compiled?.names.forEach((name) => used.add(name));
    return compiled;
  };

  return {
    problems,
    declare: (field, name) => {
      if (reserved.includes(name)) problems.push({ field, reason: `${name} is a name of the bank's own` });
      if (declared.has(name)) problems.push({ field, reason: `${name} is declared twice` });
      declared.add(name);
    },
    declareSolution: () => reserved.forEach((name) => declared.add(name)),
    param: (field, param) =>
      attempt(field, () => {
        namesOfParam(param, declared).forEach((name) => used.add(name));
        return compileParam(param, declared);
      }),
    expression: (field, source) => using(attempt(field, () => compileExpression(source, declared))),
    text: (field, source) => {
      const compiled = attempt(field, () => compileText(source, declared));
      if (compiled) for (const locale of locales) using(compiled[locale]);
      return compiled;
    },
    computation: (field, source) => using(compileComputation(source, declared, field, problems)),
    isUnused: (name) => !used.has(name),
  };
}
