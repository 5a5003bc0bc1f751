import type { Text } from '../compute/index.ts';
import { type Compiler, createCompiler } from './compiler.ts';
import type { CompiledComputation, Problem } from './computation.ts';
import type { Expression } from './expression.ts';
import type { Sampler } from './params.ts';
import { isComputed, type QuestionContent } from './schema.ts';
import type { TextTemplate } from './template.ts';

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

/** Compiles a question. All problems are reported; with any, there is no program. */
export function compileQuestion(content: QuestionContent): {
  readonly program: Program | undefined;
  readonly problems: readonly Problem[];
} {
  const compiler = createCompiler();
  const { problems } = compiler;
  // In the order in which a draw computes: each part may use the names before it.
  const params = compileParams(content, compiler);
  const lets = compileLets(content, compiler);
  const where = (content.where ?? []).map((source, i) => compiler.expression(`where[${i}]`, source));
  const prompt = compiler.text('prompt', content.prompt);
  const hint = content.hint && compiler.text('hint', content.hint);
  const choices = choicesOf(content).map(({ field, text: shown, says }) => {
    const text = compiler.text(`${field}.text`, shown);
    return text && { text, says: says && compiler.text(`${field}.says`, says) };
  });
  const answer = isComputed(content) ? compiler.computation('answer', content.answer) : undefined;
  if (isComputed(content)) compiler.declareSolution();
  const mistakes = compileMistakes(content, compiler);
  const formulaMistakes = compileFormulaMistakes(content, compiler);
  const explanation = compiler.text('explanation', content.explanation);
  const followUps = (content.followUps ?? []).map((source, i) => compiler.text(`followUps[${i}]`, source));

  problems.push(...unused(content, compiler), ...repeated(content));
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

const compileParams = ({ params = {} }: QuestionContent, compiler: Compiler) =>
  Object.entries(params).map(([name, param]) => {
    const sample = compiler.param(`params.${name}`, param);
    compiler.declare(`params.${name}`, name);
    return sample && { name, sample };
  });

const compileLets = (content: QuestionContent, compiler: Compiler) =>
  Object.entries(content.let ?? {}).map(([name, source]) => {
    const expression = compiler.expression(`let.${name}`, source);
    compiler.declare(`let.${name}`, name);
    return expression && { name, expression };
  });

const compileMistakes = (content: QuestionContent, compiler: Compiler) =>
  (isComputed(content) ? (content.mistakes ?? []) : []).map(({ id, value, when, says }, i) => {
    const field = `mistakes[${i}]`;
    const condition = when === undefined ? undefined : compiler.expression(`${field}.when`, when);
    const compiled =
      typeof value === 'object'
        ? compiler.computation(`${field}.value`, value)
        : compiler.expression(`${field}.value`, String(value));
    const said = compiler.text(`${field}.says`, says);
    return compiled && said && { id, when: condition, value: compiled, says: said };
  });

const compileFormulaMistakes = (content: QuestionContent, compiler: Compiler) =>
  (content.kind === 'formula' ? (content.mistakes ?? []) : []).map(({ id, expression, says }, i) => {
    const said = compiler.text(`mistakes[${i}].says`, says);
    return said && { id, expression, says: said };
  });

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

/** Parameters and derived values that nothing uses. */
const unused = (content: QuestionContent, compiler: Compiler): readonly Problem[] =>
  (['params', 'let'] as const).flatMap((place) =>
    Object.keys(content[place] ?? {})
      .filter((name) => compiler.isUnused(name))
      .map((name) => ({ field: `${place}.${name}`, reason: 'never used' })),
  );

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
