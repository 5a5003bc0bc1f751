import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { computeRows } from './bench/compute.ts';
import { gradingRows } from './bench/grading.ts';
import type { Row } from './bench/row.ts';

const rows: readonly Row[] = [...gradingRows, ...computeRows];

const RUNS = 3;

const usage = `npm run bench                every figure, the median of ${RUNS} runs, as a table and as JSON
npm run bench -- --quick     shorter runs
npm run bench -- <name>      one figure: ${rows.map(({ name }) => name).join(', ')}`;

interface Figure {
  readonly name: string;
  readonly what: string;
  readonly median: number;
  readonly unit: string;
  readonly aim: string;
  readonly met: boolean;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false } },
  });
  const [wanted] = positionals;
  const chosen = rows.filter(({ name }) => wanted === undefined || name === wanted);
  if (chosen.length === 0) {
    console.error(usage);
    return 1;
  }
  const bar = new SingleBar({
    format: '{bar} {value}/{total} {name}',
    stream: process.stderr,
    noTTYOutput: false,
  });
  bar.start(chosen.length * RUNS, 0, { name: '' });
  const figures: Figure[] = [];
  for (const row of chosen)
    figures.push(await measure(row, values.quick, () => bar.increment(1, { name: row.name })));
  bar.stop();
  print(figures);
  return figures.every(({ met }) => met) ? 0 : 1;
}

async function measure(row: Row, quick: boolean, done: () => void): Promise<Figure> {
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await row.measure(quick));
    done();
  }
  const median = runs.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]!;
  const { name, what, unit, aim } = row;
  return {
    name,
    what,
    median: Number(median.toPrecision(4)),
    unit,
    aim: `${aim.at === 'least' ? '>=' : '<='} ${aim.value} ${unit}`,
    met: aim.at === 'least' ? median >= aim.value : median <= aim.value,
  };
}

function print(figures: readonly Figure[]): void {
  const machine = `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.versions.node}`;
  console.log(machine);
  console.table(Object.fromEntries(figures.map(({ name, ...rest }) => [name, rest])));
  console.log(JSON.stringify({ machine, runs: RUNS, figures }));
}

process.exitCode = await main();
