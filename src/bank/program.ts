import { type CompiledComputation, compileComputation, type Problem } from './computation.ts';
import { compileExpression, type Expression } from './expression.ts';
import { compileParam, namesOfParam, type Sampler } from './params.ts';
import { type Computation, isComputed, type QuestionContent } from './schema.ts';
import { compileText, locales, type TextTemplate } from './template.ts';
import type { Text } from '../compute/index.ts';

export interface CompiledMistake {
  readonly id: string;
  readonly when: Expression | undefined;
  readonly value: Expression | CompiledComputation;
  readonly says: TextTemplate;
}

/** Everything of a question that depends on its draw, compiled. */
export interface Program {
  readonly params: readonly { readonly name: string; readonly sample: Sampler }[];
  readonly lets: readonly { readonly name: string; readonly expression: Expression }[];
  readonly where: readonly Expression[];
  readonly prompt: TextTemplate;
  readonly hint: TextTemplate | undefined;
  readonly explanation: TextTemplate;
  readonly followUps: readonly TextTemplate[];
  /** The options of a choice or multi, the steps of an order, in file order. */
  readonly choices: readonly { readonly text: TextTemplate; readonly says: TextTemplate | undefined }[];
  readonly answer: CompiledComputation | undefined;
  readonly mistakes: readonly CompiledMistake[];
  /** Of a formula: its expressions do not depend on the draw, what they say may. */
  readonly formulaMistakes: readonly {
    readonly id: string;
    readonly expression: string;
    readonly says: TextTemplate;
  }[];
}

/** Names that the bank gives a value to: the key and, for computed questions, all outputs of its operation. */
const reserved = ['answer', 'outputs'];

/** Compiles a question. All problems are reported; with any, there is no program. */
export function compileQuestion(content: QuestionContent): {
  readonly program: Program | undefined;
  readonly problems: readonly Problem[];
} {
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
  const use = <T extends { readonly names: ReadonlySet<string> }>(compiled: T | undefined): T | undefined => {
    compiled?.names.forEach((name) => used.add(name));
    return compiled;
  };
  const expression = (field: string, source: string, names: ReadonlySet<string> = declared) =>
    use(attempt(field, () => compileExpression(source, names)));
  const text = (field: string, source: Text, names: ReadonlySet<string> = declared) => {
    const compiled = attempt(field, () => compileText(source, names));
    if (compiled) for (const locale of locales) use(compiled[locale]);
    return compiled;
  };
  const declare = (field: string, name: string) => {
    if (reserved.includes(name)) problems.push({ field, reason: `${name} is a name of the bank's own` });
    if (declared.has(name)) problems.push({ field, reason: `${name} is declared twice` });
    declared.add(name);
  };
  const computation = (field: string, source: Computation, names: ReadonlySet<string> = declared) =>
    use(compileComputation(source, names, field, problems));

  const params = Object.entries(content.params ?? {}).map(([name, param]) => {
    const field = `params.${name}`;
    const sample = attempt(field, () => {
      namesOfParam(param, declared).forEach((other) => used.add(other));
      return compileParam(param, declared);
    });
    declare(field, name);
    return sample && { name, sample };
  });
  const lets = Object.entries(content.let ?? {}).map(([name, source]) => {
    const field = `let.${name}`;
    const compiled = expression(field, source);
    declare(field, name);
    return compiled && { name, expression: compiled };
  });
  const where = (content.where ?? []).map((source, i) => expression(`where[${i}]`, source));
  const prompt = text('prompt', content.prompt);
  const hint = content.hint && text('hint', content.hint);

  const afterwards = isComputed(content) ? new Set([...declared, ...reserved]) : declared;
  const answer = isComputed(content) ? computation('answer', content.answer) : undefined;
  const mistakes = (isComputed(content) ? (content.mistakes ?? []) : []).map(
    ({ id, value, when, says }, i) => {
      const field = `mistakes[${i}]`;
      const condition = when === undefined ? undefined : expression(`${field}.when`, when, afterwards);
      const compiled =
        typeof value === 'object'
          ? computation(`${field}.value`, value, afterwards)
          : expression(`${field}.value`, String(value), afterwards);
      const said = text(`${field}.says`, says, afterwards);
      return compiled && said && { id, when: condition, value: compiled, says: said };
    },
  );
  const formulas = content.kind === 'formula' ? (content.mistakes ?? []) : [];
  const formulaMistakes = formulas.map(({ id, expression, says }, i) => {
    const said = text(`mistakes[${i}].says`, says);
    return said && { id, expression, says: said };
  });
  const choices = choicesOf(content).map(({ field, text: shown, says }) => {
    const compiled = text(`${field}.text`, shown);
    return compiled && { text: compiled, says: says && text(`${field}.says`, says) };
  });
  const explanation = text('explanation', content.explanation, afterwards);
  const followUps = (content.followUps ?? []).map((source, i) => text(`followUps[${i}]`, source, afterwards));

  for (const [place, names] of [
    ['params', Object.keys(content.params ?? {})],
    ['let', Object.keys(content.let ?? {})],
  ] as const) {
    for (const name of names.filter((name) => !used.has(name))) {
      problems.push({ field: `${place}.${name}`, reason: 'never used' });
    }
  }
  problems.push(...repeated(content));
  if (problems.length > 0) return { program: undefined, problems };
  return {
    problems,
    program: {
      params: present(params),
      lets: present(lets),
      where: present(where),
      prompt: prompt!,
      hint,
      explanation: explanation!,
      followUps: present(followUps),
      choices: present(choices),
      answer,
      mistakes: present(mistakes),
      formulaMistakes: present(formulaMistakes),
    },
  };
}

const present = <T>(items: readonly (T | undefined)[]): readonly T[] =>
  items.filter((item): item is T => item !== undefined);

const choicesOf = (
  content: QuestionContent,
): readonly { field: string; text: Text; says: Text | undefined }[] => {
  if (content.kind === 'choice' || content.kind === 'multi') {
    return content.options.map(({ text, says }, i) => ({ field: `options[${i}]`, text, says }));
  }
  if (content.kind === 'order') {
    return content.steps.map(({ text }, i) => ({ field: `steps[${i}]`, text, says: undefined }));
  }
  return [];
};

/** Ids that name two mistakes or two steps. */
function repeated(content: QuestionContent): readonly Problem[] {
  const [field, items] =
    content.kind === 'order'
      ? ['steps', content.steps]
      : ['mistakes', 'mistakes' in content ? (content.mistakes ?? []) : []];
  return items.flatMap(({ id }, i) =>
    items.findIndex((other) => other.id === id) < i
      ? [{ field: `${field}[${i}].id`, reason: `${id} is used twice` }]
      : [],
  );
}
