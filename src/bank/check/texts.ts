import type { Locale, Text } from '../../compute/index.ts';
import type { Problem } from '../computation.ts';
import type { Variant } from '../draw.ts';
import { locales } from '../template.ts';
import { latexOf } from './latex.ts';

/** What is wrong with a LaTeX formula, if anything. */
export type LatexFault = (latex: string) => string | undefined;

/** Discord takes 4000 characters of text in a message; the rest is for headings, the verdict and its notes. */
const MESSAGE = 3500;
/** A picture's alt text holds the LaTeX. */
const FORMULA = 1000;
/** A message's galleries hold ten pictures each; more formulas than this crowd a phone. */
const DISPLAYS = 10;

interface Shown {
  readonly field: string;
  readonly text: Text;
  /** A text that must differ between the languages and be in each: not a number or a name. */
  readonly prose: boolean;
}

/** Everything a learner may read of a variant. */
export function checkTexts(variant: Variant, latexFault: LatexFault): readonly Problem[] {
  const shown = textsOf(variant);
  return [
    ...shown.flatMap((each) => checkText(each, latexFault)),
    ...stepsOf(variant).flatMap(({ latex, caption }) => {
      const reason = latexFault(latex);
      return reason === undefined
        ? []
        : [{ field: 'answer', reason: `solution, ${caption['en-US']}: ${reason}` }];
    }),
    ...checkMessages(variant),
  ];
}

const prose = (field: string, text: Text | undefined): readonly Shown[] =>
  text === undefined ? [] : [{ field, text, prose: true }];

function textsOf(variant: Variant): readonly Shown[] {
  const { question, prompt, hint, options, steps, mistakes, explanation, followUps, spec } = variant;
  const places = 'mistakes' in question.content ? (question.content.mistakes ?? []).map(({ id }) => id) : [];
  return [
    ...prose('prompt', prompt),
    ...prose('hint', hint),
    ...options.flatMap(({ text, says }, i) => [
      { field: `options[${i}].text`, text, prose: false },
      ...prose(`options[${i}].says`, says),
    ]),
    ...steps.map(({ text }, i) => ({ field: `steps[${i}].text`, text, prose: false })),
    ...mistakes.flatMap(({ id, says }) => prose(`mistakes[${places.indexOf(id)}].says`, says)),
    ...(spec.kind === 'open'
      ? spec.rubric.flatMap(({ point }, i) => prose(`rubric[${i}].point`, point))
      : []),
    ...prose('explanation', explanation),
    ...followUps.flatMap((text, i) => prose(`followUps[${i}]`, text)),
  ];
}

/** A text on its own: its language and its LaTeX. */
export function checkText({ field, text, prose }: Shown, latexFault: LatexFault): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (locale: Locale, reason: string) => problems.push({ field: `${field}.${locale}`, reason });
  if (prose && text['zh-CN'] === text['en-US']) add('en-US', 'the same as the Chinese text');
  else if (prose && !/\p{Script=Han}/u.test(text['zh-CN'])) add('zh-CN', 'no Chinese in it');
  if (!/\p{Script=Han}/u.test(text['en-US']) && /[，。；：？！（）、]/.test(text['en-US'])) {
    add('en-US', 'Chinese punctuation');
  }
  for (const locale of locales) {
    const { formulas, fault } = latexOf(text[locale]);
    if (fault !== undefined) add(locale, fault);
    if (formulas.filter(({ display }) => display).length > DISPLAYS) {
      add(locale, `more than ${DISPLAYS} display formulas`);
    }
    for (const { latex } of formulas) {
      const reason = latex.length > FORMULA ? `a formula of over ${FORMULA} characters` : latexFault(latex);
      if (reason !== undefined) add(locale, `$${latex.slice(0, 60)}$: ${reason}`);
    }
    const words = formulas.reduce((rest, { latex }) => rest.replace(latex, ''), text[locale]);
    const odd = /\{\{|\}\}|\bNaN\b|\bundefined\b/.exec(words);
    if (odd) add(locale, `${odd[0]} in the text`);
  }
  return problems;
}

const stepsOf = (variant: Variant) => {
  try {
    return variant.solution();
  } catch {
    return []; // the self-test reports it
  }
};

/** The messages that a variant's texts go into together. */
function checkMessages({ question, prompt, options, steps, mistakes, explanation, followUps }: Variant) {
  const problems: Problem[] = [];
  for (const locale of locales) {
    const length = (texts: readonly Text[]) => texts.reduce((sum, text) => sum + text[locale].length + 4, 0);
    const asked = length([prompt, ...[...options, ...steps].map(({ text }) => text)]);
    if (asked > MESSAGE) {
      problems.push({
        field: `prompt.${locale}`,
        reason: `${asked} characters with its options; want ${MESSAGE}`,
      });
    }
    const said = [...options, ...mistakes].map(({ says }) => says?.[locale].length ?? 0);
    const sources = question.content.sources.join('').length;
    const answered = length([explanation, ...followUps]) + Math.max(0, ...said) + sources;
    if (answered > MESSAGE) {
      problems.push({
        field: `explanation.${locale}`,
        reason: `${answered} characters with follow-ups, sources and what a mistake says; want ${MESSAGE}`,
      });
    }
  }
  return problems;
}
