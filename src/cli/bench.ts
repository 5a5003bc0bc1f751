import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { batchNorm } from './bench/compute.ts';
import { median, type Experiment, type Measured, type Row } from './bench/experiment.ts';
import { grading } from './bench/grading.ts';
import { leaderboards } from './bench/leaderboards.ts';
import { pictures } from './bench/pictures.ts';
import { oneShard, twoShards } from './bench/posting.ts';
import { serving } from './bench/serving.ts';

const experiments: readonly Experiment[] = [
  serving,
  leaderboards,
  grading,
  batchNorm,
  pictures,
  oneShard,
  twoShards,
];

const RUNS = 3;

const usage = `npm run bench                every figure, the median of ${RUNS} runs, as a table and as JSON
npm run bench -- --quick     one short run each
npm run bench -- <name>      one figure: ${experiments.flatMap(({ rows }) => rows.map(({ name }) => name)).join(', ')}`;

interface Figure {
  readonly name: string;
  readonly what: string;
  readonly ours: number;
  readonly unit: string;
  readonly beside: number | null;
  /** How many times the figure beside it; the median of the runs' ratios. */
  readonly times: number | null;
  readonly aim: string;
  readonly met: boolean;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false } },
  });
  const [wanted] = positionals;
  const isWanted = ({ name }: { readonly name: string }) => wanted === undefined || name === wanted;
  const chosen = experiments.filter(({ rows }) => rows.some(isWanted));
  if (chosen.length === 0) {
    console.error(usage);
    return 1;
  }
  const runs = values.quick ? 1 : RUNS;
  const bar = new SingleBar({
    format: '{bar} {value}/{total} {duration_formatted} {name}',
    stream: process.stderr,
    noTTYOutput: false,
  });
  bar.start(chosen.length * runs, 0, { name: '' });
  const figures: Figure[] = [];
  for (const experiment of chosen) {
    const measured: (readonly Measured[])[] = [];
    for (let run = 0; run < runs; run += 1) {
      bar.update({ name: experiment.rows.map(({ name }) => name).join(', ') });
      measured.push(await experiment.measure(values.quick));
      bar.increment();
    }
    const found = experiment.rows.map((row, index) =>
      figureOf(
        row,
        measured.map((run) => run[index]!),
      ),
    );
    figures.push(...found.filter(isWanted));
  }
  bar.stop();
  print(figures, runs);
  return figures.every(({ met }) => met) ? 0 : 1;
}

function figureOf({ name, what, unit, aim }: Row, runs: readonly Measured[]): Figure {
  const compared = runs.flatMap(({ ours, beside }) => (beside === undefined ? [] : [{ ours, beside }]));
  const beside = compared.length > 0 ? round(median(compared.map((run) => run.beside))) : null;
  const times = compared.length > 0 ? round(median(compared.map((run) => run.ours / run.beside))) : null;
  const ours = round(median(runs.map((run) => run.ours)));
  const reached = aim.times ? times! : ours;
  return {
    name,
    what,
    ours,
    unit,
    beside,
    times,
    aim: `${aim.at === 'least' ? '>=' : '<='} ${aim.value} ${aim.times ? 'times' : unit}`,
    met: aim.at === 'least' ? reached >= aim.value : reached <= aim.value,
  };
}

const round = (value: number): number => Number(value.toPrecision(4));

function print(figures: readonly Figure[], runs: number): void {
  const machine = `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.versions.node}`;
  console.log(machine);
  console.table(Object.fromEntries(figures.map(({ name, ...rest }) => [name, rest])));
  console.log(JSON.stringify({ machine, runs, figures }));
}

process.exitCode = await main();
