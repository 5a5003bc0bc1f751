import {
  compareEntry,
  type Comparison,
  lazySamples,
  type Sample,
  sampleAll,
  type Samples,
} from './expression/compare.ts';
import { type Compiled, compile, type Scope } from './expression/compile.ts';
import { UnreadableFormula } from './expression/expression.ts';
import { printExpression } from './expression/print.ts';
import { readFormula } from './expression/read.ts';
import { samplePoints } from './expression/sample.ts';
import type { AnswerSpec, Note, Submission, Verdict } from './types.ts';
import { invalid, scored } from './verdict.ts';

type Formula = Extract<AnswerSpec, { kind: 'formula' }>;

interface Key {
  readonly length: number | null;
  readonly points: readonly Scope[];
  readonly samples: readonly Samples[];
  readonly mistakes: readonly { readonly id: string; readonly samples: readonly Samples[] }[];
}

/**
 * The submission is a formula in mathjs syntax or LaTeX. It is right where it agrees with the key at every sampled
 * point of the declared domains; the score of a vector is the share of its entries that agree.
 */
export const gradeFormula = (spec: Formula, submission: Submission): Verdict => {
  if (typeof submission !== 'string') return invalid('type');
  try {
    const key = keyOf(spec);
    const expression = readFormula(submission, spec.variables);
    return compareWithKey(key, compile(expression, spec.variables), printExpression(expression));
  } catch (error) {
    if (!(error instanceof UnreadableFormula)) throw error;
    return invalid(error.reason, error.at, error.allowed);
  }
};

const compareWithKey = (key: Key, submitted: Compiled, reading: string): Verdict => {
  if (submitted.length !== key.length) {
    return scored(0, [{ code: 'length', got: submitted.length ?? 1, want: key.length ?? 1 }], reading);
  }
  const got = lazySamples(submitted, key.points);
  const entries = key.samples.map((wanted, i) => compareEntry(wanted, (k) => got(i, k)));
  if (entries.includes('blurred') && !entries.includes('different')) return invalid('precision');
  const hits = entries.filter((entry) => entry === 'same').length;
  if (hits === entries.length) return scored(1, [], reading);
  return scored(hits / entries.length, diagnose(key, got, entries), reading);
};

/** A known mistake, a domain in which the formula is not defined, or the sign. */
const diagnose = (
  key: Key,
  got: (entry: number, k: number) => Sample,
  entries: readonly Comparison[],
): Note[] => {
  const agrees = (samples: readonly Samples[], sign?: 1 | -1) =>
    samples.every((wanted, i) => compareEntry(wanted, (k) => got(i, k), sign) === 'same');
  const mistake = key.mistakes.find(({ samples }) => agrees(samples));
  if (mistake !== undefined) return [{ code: 'mistake', id: mistake.id }];
  if (entries.includes('undefined') && !entries.includes('different')) return [{ code: 'domain' }];
  return agrees(key.samples, -1) ? [{ code: 'sign' }] : [];
};

const keys = new WeakMap<Formula, Key>();

/** Compiles and samples a key once; the spec is never changed. */
const keyOf = (spec: Formula): Key => {
  const known = keys.get(spec);
  if (known !== undefined) return known;
  const key = makeKey(spec);
  keys.set(spec, key);
  return key;
};

/** Points to draw; more where a key is undefined in much of its domain. */
const pointCounts = [24, 96, 384];
const leastPoints = 12;

const definedIn = (samples: Samples): number => samples.filter((sample) => sample !== null).length;

const makeKey = ({ expression, variables, mistakes = [] }: Formula): Key => {
  const compiled = compile(readFormula(expression, variables), variables);
  let points: Scope[] = [];
  let samples: Samples[] = [];
  for (const count of pointCounts) {
    points = samplePoints(variables, count, expression);
    samples = sampleAll(compiled, points);
    if (samples.every((each) => definedIn(each) >= leastPoints)) break;
  }
  return {
    length: compiled.length,
    points,
    samples,
    mistakes: mistakes.flatMap(({ id, value }) => {
      const wrong = compileMistake(value, variables);
      return wrong?.length === compiled.length ? [{ id, samples: sampleAll(wrong, points) }] : [];
    }),
  };
};

/** A mistake that cannot be read names nothing; checking the bank is what reports it. */
const compileMistake = (expression: string, variables: Formula['variables']): Compiled | undefined => {
  try {
    return compile(readFormula(expression, variables), variables);
  } catch (error) {
    if (error instanceof UnreadableFormula) return undefined;
    throw error;
  }
};
