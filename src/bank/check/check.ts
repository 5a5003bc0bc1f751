import type { Bank, Question, Topic } from '../bank.ts';
import type { Problem } from '../computation.ts';
import { draw, DrawError, type Variant } from '../draw.ts';
import { locales } from '../template.ts';
import { unbalanced } from './latex.ts';
import { checkLeaks } from './leak.ts';
import { type Rates, ratesOf } from './rates.ts';
import { selfTest } from './self-test.ts';
import { similarQuestions } from './similar.ts';
import { checkText, checkTexts, type LatexFault } from './texts.ts';

export interface CheckOptions {
  /** How many draws the rates rest on; a twentieth of them, at least ten, are answered and read. */
  readonly seeds: number;
  /** What is wrong with a formula; without it only braces and environments are matched. */
  readonly latexFault?: LatexFault;
}

export interface Checked {
  readonly problems: readonly Problem[];
  /** Of a question that draws its numbers. */
  readonly rates: Rates | undefined;
}

const FEWEST_ANSWERED = 10;
/** Texts vary little between draws: two tell. */
const READ = 2;

/** Checks one question by drawing it, answering it and reading it. */
export function checkQuestion(question: Question, { seeds, latexFault = unbalanced }: CheckOptions): Checked {
  const { rates, problems } = ratesOf(question, seeds);
  const draws = question.program.params.length > 0 ? Math.max(FEWEST_ANSWERED, Math.floor(seeds / 20)) : 1;
  const variants: Variant[] = [];
  const found = [...problems];
  try {
    for (let seed = 0; seed < draws; seed += 1) variants.push(draw(question, seed));
  } catch (error) {
    if (!(error instanceof DrawError)) throw error;
    found.push({ field: 'params', reason: error.message });
  }
  found.push(
    ...variants.flatMap(selfTest),
    ...variants.slice(0, READ).flatMap((variant) => checkTexts(variant, latexFault)),
    ...checkLeaks(variants),
    ...variants.slice(0, 1).flatMap(checkOptions),
  );
  return { problems: oneByField(found), rates };
}

/** Choices that are equal, or a right one that stands out by its length. */
function checkOptions({ options, spec }: Variant): readonly Problem[] {
  return locales.flatMap((locale) => {
    const texts = options.map(({ text }) => text[locale].normalize('NFKC').toLowerCase().trim());
    const equal = texts.flatMap((text, i) => {
      const twin = texts.indexOf(text);
      return twin < i
        ? [{ field: `options[${i}].text.${locale}`, reason: `the same as option ${twin}` }]
        : [];
    });
    if (spec.kind !== 'choice') return equal;
    const right = texts[spec.correct]!.length;
    const wrong = Math.max(...texts.filter((_, i) => i !== spec.correct).map((text) => text.length));
    const gap = locale === 'zh-CN' ? 8 : 20;
    return right > 1.5 * wrong && right > wrong + gap
      ? [
          ...equal,
          {
            field: `options[${spec.correct}].text.${locale}`,
            reason: `the right option stands out: ${right} characters, the longest wrong one ${wrong}`,
          },
        ]
      : equal;
  });
}

/** Many draws find the same fault: the first of each field and kind is enough. */
const oneByField = (problems: readonly Problem[]): readonly Problem[] => {
  const first = new Map<string, Problem>();
  for (const problem of problems) {
    const key = `${problem.field} ${problem.reason.split(/[(:]/)[0]}`;
    if (!first.has(key)) first.set(key, problem);
  }
  return [...first.values()];
};

/** Checks what a topic says. */
export const checkTopic = (
  { title, lesson, errata }: Topic,
  { latexFault = unbalanced }: CheckOptions,
): readonly Problem[] =>
  oneByField([
    ...checkText({ field: 'title', text: title, prose: false }, latexFault),
    ...checkText({ field: 'lesson', text: lesson, prose: true }, latexFault),
    ...errata.flatMap(({ notes, right }, i) => [
      ...checkText({ field: `errata[${i}].notes`, text: notes, prose: true }, latexFault),
      ...checkText({ field: `errata[${i}].right`, text: right, prose: true }, latexFault),
    ]),
  ]);

/** Checks questions against one another. */
export const checkTogether = ({
  questions,
}: Bank): readonly { readonly id: string; readonly problem: Problem }[] =>
  similarQuestions(questions.values()).map(({ id, like, similarity }) => ({
    id,
    problem: { field: 'prompt', reason: `${Math.round(similarity * 100)} % the same as ${like}` },
  }));
