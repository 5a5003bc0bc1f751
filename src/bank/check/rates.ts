import type { Question } from '../bank.ts';
import type { Problem } from '../computation.ts';
import { randomOf } from '../random.ts';
import { tryDraw } from '../solve.ts';

/** What became of one draw for each of many seeds. */
export interface Rates {
  readonly draws: number;
  readonly accepted: number;
  /** How many different sets of parameters were accepted. */
  readonly distinct: number;
  /** Rejected draws by what was in the way, most frequent first: `where: mu != 3`, `collision: swapped = the answer`. */
  readonly rejections: readonly { readonly what: string; readonly draws: number }[];
  /** By mistake, in how many accepted draws its condition held. */
  readonly mistakes: Readonly<Record<string, number>>;
}

/** Draws a question with numbers of its own once for each seed; undefined for one without. */
export function ratesOf(
  question: Question,
  seeds: number,
): { readonly rates: Rates | undefined; readonly problems: readonly Problem[] } {
  if (question.program.params.length === 0) return { rates: undefined, problems: [] };
  const rejections = new Map<string, number>();
  const distinct = new Set<string>();
  const mistakes = Object.fromEntries(question.program.mistakes.map(({ id }) => [id, 0]));
  let failure: string | undefined;
  let accepted = 0;
  for (let seed = 0; seed < seeds; seed += 1) {
    const outcome = tryDraw(question, randomOf(seed, `${question.id} numbers`));
    if (outcome.ok) {
      accepted += 1;
      distinct.add(JSON.stringify(outcome.solution.params));
      for (const { mistake } of outcome.solution.mistakes) mistakes[mistake.id]! += 1;
    } else {
      const { code, detail } = outcome.rejection;
      if (code === 'failed') failure ??= `fails for the first draw at seed ${seed}: ${detail}`;
      const what = code === 'equal-options' ? code : `${code}: ${detail}`;
      rejections.set(what, (rejections.get(what) ?? 0) + 1);
    }
  }
  const rates: Rates = {
    draws: seeds,
    accepted,
    distinct: distinct.size,
    rejections: [...rejections]
      .map(([what, draws]) => ({ what, draws }))
      .toSorted((a, b) => b.draws - a.draws),
    mistakes,
  };
  return { rates, problems: problemsOf(rates, question, failure) };
}

const FEWEST_ACCEPTED = 0.1;

function problemsOf(rates: Rates, question: Question, failure: string | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  if (failure !== undefined) problems.push({ field: 'params', reason: failure });
  if (rates.accepted < FEWEST_ACCEPTED * rates.draws) {
    const worst = rates.rejections[0];
    problems.push({
      field: 'params',
      reason: `${rates.accepted} of ${rates.draws} draws are accepted; most often in the way: ${worst?.what ?? 'nothing'}`,
    });
  }
  question.program.mistakes.forEach(({ id }, i) => {
    if (rates.accepted > 0 && rates.mistakes[id] === 0) {
      problems.push({
        field: `mistakes[${i}].when`,
        reason: `${id} applies to none of ${rates.accepted} draws`,
      });
    }
  });
  return problems;
}
