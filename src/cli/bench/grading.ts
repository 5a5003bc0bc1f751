import { grade, type AnswerSpec } from '../../grading/index.ts';
import { perSecond, type Experiment } from './experiment.ts';

const numeric: AnswerSpec = {
  kind: 'numeric',
  value: 0.822,
  tolerance: { decimals: 3 },
  mistakes: [
    { id: 'plain-average', value: 3 },
    { id: 'swapped', value: 3.078 },
  ],
};

const formula: AnswerSpec = {
  kind: 'formula',
  expression: 'exp(z_1)/sum(exp(z))',
  variables: { z: { min: -3, max: 3, length: 4 } },
};

/** What people type: right, mistaken, in other notations, and unreadable. */
const numbers = [
  '0.822',
  '3',
  '8.22e-1',
  '822/1000',
  '82.2%',
  '0.9*0.58+0.1*3',
  '０.８２２',
  '0,822',
  'abc',
  '-0.822',
];

const formulas = [
  'exp(z_1)/sum(exp(z))',
  'p = exp(z_1 - max(z)) / sum(exp(z - max(z)))',
  String.raw`\frac{\exp(z_1)}{\sum_j \exp(z_j)}`,
  '1/(1+exp(z_2-z_1)+exp(z_3-z_1)+exp(z_4-z_1))',
  'exp(z_1)/mean(exp(z))',
  'z_1/sum(z)',
  'exp(z_1)/sum(exp(y))',
  'exp(z_1',
];

const grades = (spec: AnswerSpec, submissions: readonly string[]) => {
  let next = 0;
  return () => {
    grade(spec, submissions[next % submissions.length]!);
    next += 1;
  };
};

/** Submissions made to be slow. */
const hostile = [
  '9'.repeat(100_000),
  '('.repeat(100_000),
  '+-'.repeat(50_000),
  '9^'.repeat(84) + '9',
  `${'sum('.repeat(60)}z${')'.repeat(60)}`,
  `${'exp('.repeat(40)}z_1${')'.repeat(40)}`,
  `z_1${'!'.repeat(100)}`,
  String.raw`\frac`.repeat(40),
  `${String.raw`\sqrt{`.repeat(30)}z_1${'}'.repeat(30)}`,
  '1:1e8',
  'z_1 + '.repeat(40) + 'z_1',
  '\uD800'.repeat(200),
  '\u200B\u202E'.repeat(50_000),
];

/** The longest that any one of the hostile submissions takes, in ms. */
function slowest(): number {
  const times = [numeric, formula].flatMap((spec) =>
    hostile.map((submission) => {
      const started = performance.now();
      grade(spec, submission);
      return performance.now() - started;
    }),
  );
  return Math.max(...times);
}

export const grading: Experiment = {
  rows: [
    {
      name: 'grade-numeric',
      what: 'numeric answers graded, ten notations in turn',
      unit: '/s',
      aim: { at: 'least', value: 200_000 },
    },
    {
      name: 'grade-formula',
      what: 'formula answers graded, eight of them in turn',
      unit: '/s',
      aim: { at: 'least', value: 5000 },
    },
    {
      name: 'grade-hostile',
      what: 'the slowest of 26 hostile submissions',
      unit: 'ms',
      aim: { at: 'most', value: 20 },
    },
  ],
  measure: async (quick) => {
    const ms = quick ? 500 : 2000;
    return [
      { ours: perSecond(grades(numeric, numbers), ms) },
      { ours: perSecond(grades(formula, formulas), ms) },
      { ours: slowest() },
    ];
  },
};
