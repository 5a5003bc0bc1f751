import type { Bank, Question } from '../bank.ts';
import { draw } from '../draw.ts';
import { type Kind, kinds } from '../schema.ts';

/** How well the bank covers the notes, and whether its choices give themselves away. */
export interface Statistics {
  readonly questions: number;
  readonly byKind: Readonly<Record<Kind, number>>;
  readonly byLevel: readonly number[];
  readonly topics: readonly {
    readonly slug: string;
    readonly order: number;
    readonly questions: number;
    readonly byLevel: readonly number[];
    readonly kinds: number;
    readonly drawn: number;
  }[];
  /** Numeric templates of the fact sheet that have a question, and errata that no question exercises. */
  readonly templates: readonly string[];
  readonly errataRecorded: readonly string[];
  readonly errataUntested: readonly string[];
  readonly choices: {
    readonly count: number;
    /** The share of choice questions whose right option is the longest, and what chance would give. */
    readonly longest: number;
    readonly longestByChance: number;
    /** The length of right options over that of wrong ones. */
    readonly lengthRatio: number;
    /** The share of draws that show the right option at each position. */
    readonly positions: readonly number[];
  };
}

export function statisticsOf({ topics, questions }: Bank): Statistics {
  const all = [...questions.values()];
  const recorded = topics.flatMap(({ errata }) => errata.map(({ id }) => id));
  const exercised = new Set(all.flatMap(({ content }) => content.errata ?? []));
  return {
    questions: all.length,
    byKind: Object.fromEntries(
      kinds.map((kind) => [kind, all.filter((question) => question.kind === kind).length]),
    ) as Record<Kind, number>,
    byLevel: levelsOf(all),
    topics: topics.map(({ slug, order }) => {
      const own = all.filter(({ topic }) => topic === slug);
      return {
        slug,
        order,
        questions: own.length,
        byLevel: levelsOf(own),
        kinds: new Set(own.map(({ kind }) => kind)).size,
        drawn: own.filter(({ program }) => program.params.length > 0).length,
      };
    }),
    templates: [...new Set(all.flatMap(({ content }) => content.template ?? []))].toSorted(),
    errataRecorded: [...new Set(recorded)].toSorted(),
    errataUntested: [...new Set(recorded.filter((id) => !exercised.has(id)))].toSorted(),
    choices: choiceBias(all),
  };
}

const levelsOf = (questions: readonly Question[]): readonly number[] =>
  [1, 2, 3, 4, 5].map((level) => questions.filter((question) => question.level === level).length);

const SEEDS = 20;

function choiceBias(questions: readonly Question[]): Statistics['choices'] {
  const choices = questions.filter(({ kind }) => kind === 'choice');
  let longest = 0;
  let byChance = 0;
  let right = 0;
  let wrong = 0;
  const most = Math.max(0, ...choices.map(({ program }) => program.choices.length));
  const positions = Array.from({ length: most }, () => 0);
  for (const question of choices) {
    const { options, spec } = draw(question, 0);
    if (spec.kind !== 'choice') continue;
    const lengths = options.map(({ text }) => text['en-US'].length);
    const own = lengths[spec.correct]!;
    const others = lengths.filter((_, i) => i !== spec.correct);
    if (own > Math.max(...others)) longest += 1;
    byChance += 1 / options.length;
    right += own;
    wrong += others.reduce((sum, length) => sum + length, 0) / others.length;
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const position = draw(question, seed).display.indexOf(spec.correct);
      positions[position]! += 1;
    }
  }
  const count = choices.length;
  const share = (part: number) => (count === 0 ? 0 : part / count);
  return {
    count,
    longest: share(longest),
    longestByChance: share(byChance),
    lengthRatio: wrong === 0 ? 1 : right / wrong,
    positions: positions.map((seen) => share(seen / SEEDS)),
  };
}
