import { draw, loadBank, type Variant } from '../bank/index.ts';
import { keyOf, printAnswer } from '../bank/key.ts';
import type { Locale, Text } from '../compute/index.ts';
import { previewOnPage } from './bank-page.ts';
import type { Terminal } from './terminal.ts';

/** Prints a question as a learner meets it: what is asked, what each answer brings, and the worked solution. */
export async function previewCommand(
  terminal: Terminal,
  questionsDir: string,
  { id, seed, locale, page }: { id: string; seed: number; locale: Locale; page: boolean },
): Promise<number> {
  const { bank, faults } = await loadBank(questionsDir);
  const question = bank.questions.get(id);
  if (!question) {
    const own = faults.filter(({ file }) => file === `${id}.yaml`);
    for (const { file, line, field, reason } of own) terminal.complain(`${file}:${line} ${field}: ${reason}`);
    if (own.length === 0) terminal.complain(`there is no question ${id}`);
    return 1;
  }
  const variant = draw(question, seed);
  terminal.print(preview(variant, locale));
  return page ? previewOnPage(terminal, bank, variant, locale) : 0;
}

const letter = (position: number): string => String.fromCodePoint('A'.codePointAt(0)! + position);

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ['', `── ${title}`, ...lines];

/** A variant as plain text, the key included. */
function preview(variant: Variant, locale: Locale): string {
  const { question, seed, params, prompt, hint, display, explanation, followUps, options, steps } = variant;
  const say = (text: Text) => text[locale];
  const choices = [...options, ...steps];
  return [
    `${question.id}  ${question.kind}, level ${question.level}, seed ${seed}, version ${question.version}`,
    ...(Object.keys(params).length > 0 ? [JSON.stringify(params)] : []),
    ...section('prompt', [
      say(prompt),
      ...display.map((index, position) => `${letter(position)}. ${say(choices[index]!.text)}`),
    ]),
    ...section('hint', hint ? [say(hint)] : []),
    ...section('right answer', keyOf(variant).map(say)),
    ...section('wrong answers', outcomesOf(variant, locale)),
    ...section('explanation', [say(explanation)]),
    ...section(
      'worked solution',
      variant.solution().flatMap(({ caption, latex }) => [say(caption), `    ${latex}`]),
    ),
    ...section('follow-ups', followUps.map(say)),
    ...section('sources', question.content.sources),
  ].join('\n');
}

function outcomesOf({ options, display, mistakes, spec }: Variant, locale: Locale): readonly string[] {
  const tolerance = 'tolerance' in spec ? spec.tolerance : undefined;
  const named = mistakes.map(({ id, value, says }) => {
    const shown = typeof value === 'string' ? value : printAnswer(value, tolerance);
    return `${shown}  (${id}) ${says[locale]}`;
  });
  const wrong = display.flatMap((index, position) => {
    const says = options[index]?.says;
    return says ? [`${letter(position)}. ${says[locale]}`] : [];
  });
  return [...wrong, ...named];
}
