import type { Value } from '../compute/index.ts';
import type { AnswerSpec } from '../grading/types.ts';
import type { QuestionContent } from './schema.ts';
import { toleranceOf } from './tolerance.ts';

type Named = readonly { readonly id: string; readonly value: Value | string }[];

/** What `grade` needs of a question: indices in file order, the key of a computed one as it was drawn. */
export function specOf(content: QuestionContent, key: Value | undefined, mistakes: Named): AnswerSpec {
  switch (content.kind) {
    case 'choice':
      return { kind: 'choice', correct: correctOf(content.options)[0]!, options: content.options.length };
    case 'multi':
      return { kind: 'multi', correct: correctOf(content.options), options: content.options.length };
    case 'numeric':
    case 'vector':
    case 'matrix': {
      const tolerance = toleranceOf(content.answer);
      const unit = content.kind === 'numeric' ? content.answer.unit : undefined;
      // The key and the mistakes have the shape of the kind: solving refuses any other.
      return {
        kind: content.kind,
        value: key,
        ...(tolerance && { tolerance }),
        ...(unit !== undefined && { unit }),
        mistakes: mistakes.map(({ id, value }) => ({ id, value })),
      } as AnswerSpec;
    }
    case 'formula':
      return {
        kind: 'formula',
        expression: content.answer.expression,
        variables: Object.fromEntries(
          Object.entries(content.answer.variables).map(([name, { min, max, integer, length }]) => [
            name,
            { min, max, ...(integer !== undefined && { integer }), ...(length !== undefined && { length }) },
          ]),
        ),
        mistakes: mistakes.map(({ id, value }) => ({ id, value: value as string })),
      };
    case 'order':
      return { kind: 'order', correct: content.steps.map(({ id }) => id) };
    case 'short':
      return { kind: 'short', accept: { text: content.accept } };
    default:
      return { kind: 'open', rubric: content.rubric };
  }
}

const correctOf = (options: readonly { readonly correct?: true | undefined }[]): number[] =>
  options.flatMap(({ correct }, i) => (correct === true ? [i] : []));
