import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { checkQuestion, checkTogether, checkTopic } from '../bank/check/check.ts';
import { type Bank, type Fault, loadBank } from '../bank/index.ts';
import { linesOf } from '../bank/parse.ts';
import { latexFault } from './latex-fault.ts';
import type { Terminal } from './terminal.ts';

/** A bank, and which of its files were asked about: those whose path in the bank starts so. */
interface Target {
  readonly dir: string;
  readonly prefix: string;
}

/** Prints every fault of the questions under a path, `file:line field: reason`; answers with the exit code. */
export async function checkCommand(
  terminal: Terminal,
  questionsDir: string,
  path: string | undefined,
  seeds: number,
): Promise<number> {
  const started = performance.now();
  const target =
    path === undefined ? { dir: questionsDir, prefix: '' } : await targetOf(resolve(terminal.cwd, path));
  const { bank, faults } = await loadBank(target.dir);
  const found = faults.filter(({ file }) => file.startsWith(target.prefix));
  const { faults: more, checked } = await checkBank(bank, target, seeds);
  found.push(...more);
  found.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  for (const { file, line, field, reason } of found) {
    terminal.print(`${relative(terminal.cwd, join(target.dir, file))}:${line} ${field}: ${reason}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  terminal.print(
    `${checked} questions in ${bank.topics.length} topics, ${found.length} faults, ${seconds} s`,
  );
  return found.length > 0 ? 1 : 0;
}

/** The bank a path lies in: the bank itself, one of its topics, or one file. */
async function targetOf(path: string): Promise<Target> {
  const isFolder = (await stat(path)).isDirectory();
  if (!isFolder)
    return { dir: dirname(dirname(path)), prefix: `${basename(dirname(path))}/${basename(path)}` };
  const isTopic = await stat(join(path, 'topic.yaml')).then(
    () => true,
    () => false,
  );
  return isTopic ? { dir: dirname(path), prefix: `${basename(path)}/` } : { dir: path, prefix: '' };
}

async function checkBank(bank: Bank, { dir, prefix }: Target, seeds: number) {
  const faults: Fault[] = [];
  const add = async (file: string, problems: readonly { field: string; reason: string }[]) => {
    if (problems.length === 0) return;
    const lineOf = linesOf(await readFile(join(dir, file), 'utf8'));
    for (const { field, reason } of problems) faults.push({ file, line: lineOf(field), field, reason });
  };
  const isAsked = (file: string) => file.startsWith(prefix);
  const questions = [...bank.questions.values()].filter(({ id }) => isAsked(`${id}.yaml`));
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} {id}', hideCursor: true, clearOnComplete: true, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(questions.length, 0, { id: '' });
  for (const topic of bank.topics.filter(({ slug }) => isAsked(`${slug}/topic.yaml`))) {
    await add(`${topic.slug}/topic.yaml`, checkTopic(topic, { seeds, latexFault }));
  }
  for (const question of questions) {
    await add(`${question.id}.yaml`, checkQuestion(question, { seeds, latexFault }).problems);
    bar.increment({ id: question.id });
  }
  for (const { id, problem } of checkTogether(bank)) {
    if (isAsked(`${id}.yaml`)) await add(`${id}.yaml`, [problem]);
  }
  bar.stop();
  return { faults, checked: questions.length };
}
