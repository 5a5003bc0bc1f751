import { ratesOf } from '../bank/check/rates.ts';
import { statisticsOf } from '../bank/check/statistics.ts';
import { type Bank, loadBank } from '../bank/index.ts';
import type { Terminal } from './terminal.ts';

type Row = readonly (string | number)[];

/** Prints coverage, biases and draw rates of the bank as tables. */
export async function statsCommand(terminal: Terminal, questionsDir: string, seeds: number): Promise<number> {
  const { bank, faults } = await loadBank(questionsDir);
  if (faults.length > 0) terminal.complain(`${faults.length} faults: the files at fault are not counted`);
  terminal.print(statsText(bank, seeds));
  return 0;
}

function statsText(bank: Bank, seeds: number): string {
  const { topics, questions, byKind, byLevel, templates, errataRecorded, errataUntested, choices } =
    statisticsOf(bank);
  return [
    `${questions} questions in ${topics.length} topics`,
    '',
    table([
      ['topic', 'questions', 'drawn', 'kinds', '1', '2', '3', '4', '5'],
      ...topics.map((topic) => [topic.slug, topic.questions, topic.drawn, topic.kinds, ...topic.byLevel]),
      ['all', questions, topics.reduce((sum, { drawn }) => sum + drawn, 0), '', ...byLevel],
    ]),
    '',
    table([Object.keys(byKind), Object.values(byKind)]),
    '',
    `templates with a question: ${templates.length}${listed(templates)}`,
    `errata recorded: ${errataRecorded.length}, without a question: ${errataUntested.length}${listed(errataUntested)}`,
    '',
    `choice: the right option is the longest in ${percent(choices.longest)} of ${choices.count} (chance ${percent(choices.longestByChance)}),`,
    `  ${choices.lengthRatio.toFixed(2)} times as long as a wrong one; shown at ${choices.positions.map((share, i) => `${String.fromCodePoint(65 + i)} ${percent(share)}`).join(', ')}`,
    '',
    ratesTable(bank, seeds),
  ].join('\n');
}

const listed = (names: readonly string[]): string => (names.length === 0 ? '' : `: ${names.join(' ')}`);
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** How draws fare, the most rejected question first. */
function ratesTable({ questions }: Bank, seeds: number): string {
  const rated = [...questions.values()].flatMap((question) => {
    const { rates } = ratesOf(question, seeds);
    return rates ? [{ question, rates }] : [];
  });
  const rows = rated
    .toSorted((a, b) => a.rates.accepted - b.rates.accepted)
    .map(({ question, rates }): Row => {
      const collisions = rates.rejections
        .filter(({ what }) => what.startsWith('collision'))
        .reduce((sum, { draws }) => sum + draws, 0);
      const worst = rates.rejections[0];
      return [
        question.id,
        question.content.template ?? '',
        percent(1 - rates.accepted / rates.draws),
        percent(collisions / rates.draws),
        rates.distinct,
        worst ? `${worst.what} (${percent(worst.draws / rates.draws)})` : '',
      ];
    });
  return table([
    ['drawn question', 'template', 'rejected', 'collisions', 'distinct', 'most often in the way'],
    ...rows,
  ]);
}

const isNumber = (entry: string | number) => typeof entry === 'number' || /^\d+( %)?$/.test(entry);

/** Columns padded to their widest entry: words to the left, numbers to the right. */
function table(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => String(row[i] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((entry, i) =>
          isNumber(entry) ? String(entry).padStart(widths[i]!) : entry.toString().padEnd(widths[i]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
