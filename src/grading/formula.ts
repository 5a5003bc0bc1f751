import { type Compiled, compile, type Scope } from './expression/compile.ts';
import { UnreadableFormula } from './expression/expression.ts';
import { printExpression } from './expression/print.ts';
import { readFormula } from './expression/read.ts';
import { samplePoints } from './expression/sample.ts';
import type { AnswerSpec, Note, Submission, Verdict } from './types.ts';
import { invalid, scored } from './verdict.ts';

type Formula = Extract<AnswerSpec, { kind: 'formula' }>;

/** One entry of a formula at one point: its value and a bound on its rounding error; null where it is undefined. */
type Sample = { readonly value: number; readonly error: number } | null;

interface Key {
  readonly length: number | null;
  readonly points: readonly Scope[];
  /** By entry, then by point; a scalar has one entry. */
  readonly samples: readonly (readonly Sample[])[];
  /** The largest value of each entry. */
  readonly scales: readonly number[];
  readonly mistakes: readonly { readonly id: string; readonly samples: readonly (readonly Sample[])[] }[];
}

const pointCount = 24;
const relative = 1e-9;
/** How many times its bound on the rounding error a difference may be. */
const safety = 4;
/** Rounding errors above this share of an entry's scale hide whether two values agree. */
const blur = 1e-5;

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
  const entries = key.samples.map((samples, i) =>
    compareEntry(samples, key.scales[i]!, key.points, (point) => sampleAt(submitted, point, i)),
  );
  if (entries.includes('blurred') && !entries.includes('different')) return invalid('precision');
  const hits = entries.filter((entry) => entry === 'same').length;
  if (hits === entries.length) return scored(1, [], reading);
  return scored(hits / entries.length, diagnose(key, submitted, entries), reading);
};

type Comparison = 'same' | 'different' | 'undefined' | 'blurred';

/** Stops at the first point that refutes. */
const compareEntry = (
  samples: readonly Sample[],
  scale: number,
  points: readonly Scope[],
  sample: (point: Scope, k: number) => Sample,
): Comparison => {
  let compared = 0;
  let blurred = 0;
  let lost = 0;
  for (const [k, wanted] of samples.entries()) {
    // Where the key itself is undefined there is nothing to compare with.
    if (wanted === null) continue;
    const got = sample(points[k]!, k);
    if (got === null) {
      lost += 1;
      continue;
    }
    const noise = safety * (wanted.error + got.error);
    const allowed = relative * Math.max(Math.abs(wanted.value), Math.abs(got.value)) + noise;
    if (Math.abs(wanted.value - got.value) > allowed) return 'different';
    if (noise > blur * scale) blurred += 1;
    else compared += 1;
  }
  if (lost > 0 || compared + blurred === 0) return 'undefined';
  return blurred > compared ? 'blurred' : 'same';
};

const sampleAt = ({ evaluate }: Compiled, point: Scope, entry: number): Sample => {
  point.undefined = false;
  const value = evaluate(point, entry);
  return point.undefined || !Number.isFinite(value) ? null : { value, error: point.error };
};

const sampleAll = (compiled: Compiled, points: readonly Scope[]): Sample[][] =>
  Array.from({ length: compiled.length ?? 1 }, (_, i) => points.map((point) => sampleAt(compiled, point, i)));

/** A known mistake, a domain in which the formula is not defined, or the sign. */
const diagnose = (key: Key, submitted: Compiled, entries: readonly Comparison[]): Note[] => {
  const mistake = key.mistakes.find(({ samples }) => agrees(key, samples, submitted, 1));
  if (mistake !== undefined) return [{ code: 'mistake', id: mistake.id }];
  if (entries.includes('undefined') && !entries.includes('different')) return [{ code: 'domain' }];
  return agrees(key, key.samples, submitted, -1) ? [{ code: 'sign' }] : [];
};

/** Whether the submission, or its opposite, agrees with other samples at the key's points. */
const agrees = (
  { points }: Key,
  samples: readonly (readonly Sample[])[],
  submitted: Compiled,
  sign: 1 | -1,
): boolean =>
  samples.every((wanted, i) => {
    const compared = compareEntry(wanted, scaleOf(wanted), points, (point) => {
      const sample = sampleAt(submitted, point, i);
      return sample && { ...sample, value: sign * sample.value };
    });
    return compared === 'same';
  });

/** The largest value of an entry; 1 for one that is zero throughout. */
const scaleOf = (samples: readonly Sample[]): number =>
  Math.max(...samples.map((sample) => Math.abs(sample?.value ?? 0))) || 1;

const keys = new WeakMap<Formula, Key>();

/** Compiles and samples a key once; the spec is never changed. */
const keyOf = (spec: Formula): Key => {
  const known = keys.get(spec);
  if (known !== undefined) return known;
  const key = makeKey(spec);
  keys.set(spec, key);
  return key;
};

const makeKey = ({ expression, variables, mistakes = [] }: Formula): Key => {
  const compiled = compile(readFormula(expression, variables), variables);
  const points = samplePoints(variables, pointCount, expression);
  const samples = sampleAll(compiled, points);
  return {
    length: compiled.length,
    points,
    samples,
    scales: samples.map(scaleOf),
    mistakes: mistakes.flatMap(({ id, value }) => {
      const wrong = attempt(() => compile(readFormula(value, variables), variables));
      return wrong === null || wrong.length !== compiled.length
        ? []
        : [{ id, samples: sampleAll(wrong, points) }];
    }),
  };
};

/** A mistake that cannot be read names nothing; checking the bank is what reports it. */
const attempt = (read: () => Compiled): Compiled | null => {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableFormula) return null;
    throw error;
  }
};
