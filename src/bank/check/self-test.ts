import { grade } from '../../grading/index.ts';
import { allowance } from '../../grading/tolerance.ts';
import type { AnswerSpec, Submission, Tolerance, Verdict } from '../../grading/types.ts';
import type { Value } from '../../compute/index.ts';
import type { Problem } from '../computation.ts';
import type { Variant } from '../draw.ts';
import { printAnswer } from '../key.ts';
import { isComputed } from '../schema.ts';

type Outcome = Verdict['outcome'];
type ComputedSpec = Extract<AnswerSpec, { kind: 'numeric' | 'vector' | 'matrix' }>;

/** What to submit, what grading must say, and the field at fault if it does not. */
interface Trial {
  readonly what: string;
  readonly field: string;
  readonly submission: Submission;
  readonly want: readonly Outcome[];
  /** The mistake that must be named. */
  readonly names?: string;
}

/** Answers a variant in every way its file foresees: the key, each mistake, noise and nothing at all. */
export function selfTest(variant: Variant): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { what, field, submission, want, names } of trialsOf(variant)) {
    const verdict = grade(variant.spec, submission);
    const shown = typeof submission === 'string' ? submission.slice(0, 80) : JSON.stringify(submission);
    if (!want.includes(verdict.outcome)) {
      problems.push({
        field,
        reason: `${what} (${shown}) is graded ${verdict.outcome}, want ${want.join(' or ')}${drawn(variant)}`,
      });
    } else if (
      names !== undefined &&
      !verdict.notes.some((note) => note.code === 'mistake' && note.id === names)
    ) {
      problems.push({ field, reason: `${what} (${shown}) is not recognised as ${names}${drawn(variant)}` });
    }
  }
  problems.push(...testSolution(variant));
  return problems;
}

const drawn = ({ seed, params }: Variant): string =>
  Object.keys(params).length === 0 ? '' : ` at seed ${seed}: ${JSON.stringify(params)}`;

function trialsOf(variant: Variant): readonly Trial[] {
  const { spec } = variant;
  switch (spec.kind) {
    case 'choice':
      return variant.options.map((_, i): Trial => ({
        what: `option ${i}`,
        field: `options[${i}]`,
        submission: i,
        want: [i === spec.correct ? 'correct' : 'wrong'],
      }));
    case 'multi':
      return multiTrials(variant.options.length, spec.correct);
    case 'order':
      return [
        key('steps', spec.correct),
        {
          what: 'the reverse',
          field: 'steps',
          submission: spec.correct.toReversed(),
          want: ['wrong', 'partial'],
        },
        blank([]),
      ];
    case 'short':
      return [
        ...[spec.accept].flat().flatMap(({ text }) => text.map((word, i) => key(`accept[${i}]`, word))),
        noise('accept', 'qqqq'),
        blank(''),
      ];
    case 'open':
      return [
        key('rubric', spec.rubric.map(({ phrases }) => phrases[0]!).join('. ')),
        ...spec.rubric.flatMap(({ phrases }, i) =>
          phrases.map((phrase): Trial => ({
            what: 'a phrase alone',
            field: `rubric[${i}].phrases`,
            submission: phrase,
            want: ['partial', 'correct'],
          })),
        ),
        noise('rubric', 'qqqq'),
        blank(''),
      ];
    case 'formula':
      return [
        key('answer.expression', spec.expression),
        ...(spec.mistakes ?? []).map(({ id, value }, i) => mistake(i, id, value)),
        noise('answer', `(${spec.expression}) + 1`),
        { what: 'an unknown name', field: 'answer', submission: 'qqqq', want: ['invalid'] },
        blank(''),
      ];
    default:
      return computedTrials(variant, spec);
  }
}

const key = (field: string, submission: Submission): Trial => ({
  what: 'the right answer',
  field,
  submission,
  want: ['correct'],
});
const noise = (field: string, submission: Submission): Trial => ({
  what: 'noise',
  field,
  submission,
  want: ['wrong'],
});
const blank = (submission: Submission): Trial => ({
  what: 'no answer',
  field: 'answer',
  submission,
  want: ['invalid'],
});
const mistake = (i: number, id: string, submission: Submission): Trial => ({
  what: 'the mistake',
  field: `mistakes[${i}]`,
  submission,
  want: ['wrong', 'partial'],
  names: id,
});

const multiTrials = (options: number, correct: readonly number[]): readonly Trial[] => {
  const wrong = Array.from({ length: options }, (_, i) => i).filter((i) => !correct.includes(i));
  return [
    key('options', correct),
    { ...noise('options', wrong), what: 'the wrong options' },
    ...wrong.map((i): Trial => ({
      what: 'the right answer and a wrong option',
      field: `options[${i}]`,
      submission: [...correct, i],
      want: ['partial', 'wrong'],
    })),
    blank([]),
  ];
};

function computedTrials({ question, mistakes }: Variant, spec: ComputedSpec): readonly Trial[] {
  const { content } = question;
  const places = isComputed(content) ? (content.mistakes ?? []).map(({ id }) => id) : [];
  const { tolerance } = spec;
  const value = spec.value as Value;
  return [
    key('answer', printAnswer(value, tolerance)),
    ...mistakes.map(({ id, value: wrong }) =>
      mistake(places.indexOf(id), id, printAnswer(wrong as Value, tolerance)),
    ),
    { ...noise('answer', printAnswer(moved(value, tolerance, 5), tolerance)), what: 'a near miss' },
    noise('answer', printAnswer(moved(value, tolerance, 5e4), tolerance)),
    { what: 'a word', field: 'answer', submission: 'qqqq', want: ['invalid'] },
    blank(''),
  ];
}

/** Every entry moved by that many tolerances, or digits asked for where these are coarser. */
const moved = (value: Value, tolerance: Tolerance | undefined, by: number): Value =>
  Array.isArray(value)
    ? (value.map((entry) => moved(entry, tolerance, by)) as Value)
    : value + by * Math.max(allowance(value, tolerance), digit(value, tolerance), 1e-6);

const digit = (value: number, tolerance: Tolerance | undefined): number => {
  if (tolerance?.decimals !== undefined) return 10 ** -tolerance.decimals;
  if (tolerance?.significant === undefined || value === 0) return 0;
  return 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - tolerance.significant);
};

/** The worked solution exists and arrives at the key. */
function testSolution(variant: Variant): readonly Problem[] {
  const { content, program } = variant.question;
  if (!isComputed(content) || !program.answer) return [];
  try {
    const steps = variant.solution();
    const reached = steps.at(-1)?.output;
    const wanted = content.answer.output.split('[')[0];
    return reached === wanted
      ? []
      : [
          {
            field: 'answer.output',
            reason: `the worked solution ends at ${reached ?? 'nothing'}, not at ${wanted}`,
          },
        ];
  } catch (error) {
    return [{ field: 'answer', reason: `no worked solution: ${(error as Error).message}${drawn(variant)}` }];
  }
}
