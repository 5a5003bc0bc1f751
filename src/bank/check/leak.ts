import type { Problem } from '../computation.ts';
import type { Variant } from '../draw.ts';
import { mentions } from '../../grading/open.ts';
import { printAnswer } from '../key.ts';
import { locales } from '../template.ts';
import type { Value } from '../../compute/index.ts';

/**
 * Whether the prompt or the hint gives the answer away. A number of one or two digits turns up by chance, so it counts
 * only where nearly every draw shows it.
 */
export function checkLeaks(variants: readonly Variant[]): readonly Problem[] {
  const [first] = variants;
  if (!first) return [];
  const { spec } = first;
  if (spec.kind === 'numeric' || spec.kind === 'vector' || spec.kind === 'matrix')
    return numberLeaks(variants);
  return (['prompt', 'hint'] as const).flatMap((field) => {
    const text = first[field];
    if (text === undefined) return [];
    return locales.flatMap((locale) => {
      const leak = wordLeak(first, text[locale], locale, field);
      return leak === undefined ? [] : [{ field: `${field}.${locale}`, reason: leak }];
    });
  });
}

function wordLeak(
  { spec, options }: Variant,
  text: string,
  locale: 'zh-CN' | 'en-US',
  field: 'prompt' | 'hint',
): string | undefined {
  const shown = folded(text);
  const holds = (word: string) => folded(word).length >= 4 && shown.includes(folded(word));
  switch (spec.kind) {
    case 'choice': {
      const inPrompt = options.map((option) => holds(option.text[locale]));
      return inPrompt[spec.correct] === true && inPrompt.filter(Boolean).length === 1
        ? 'holds the right option and no wrong one'
        : undefined;
    }
    case 'short': {
      const word = [spec.accept].flat().flatMap(({ text: words }) => words.filter(holds))[0];
      return word === undefined ? undefined : `holds the answer, ${word}`;
    }
    case 'formula':
      return folded(spec.expression).length >= 6 && holds(spec.expression) ? 'holds the formula' : undefined;
    case 'open': {
      const given = spec.rubric.flatMap(({ phrases }) =>
        phrases.filter((phrase) => mentions(text, phrase)).slice(0, 1),
      );
      // A hint may point to a part of the answer; what repeats the prompt must earn nothing.
      const most = field === 'prompt' ? 0 : spec.rubric.length / 2;
      return given.length > most ? `holds phrases of the rubric: ${given.join(', ')}` : undefined;
    }
    default:
      return undefined;
  }
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

const SOME = 0.3;
const NEARLY_ALL = 0.9;

function numberLeaks(variants: readonly Variant[]): readonly Problem[] {
  return (['prompt', 'hint'] as const).flatMap((field) => {
    const leaks = variants.filter((variant) => shows(variant, field));
    const telling = leaks.filter(({ spec }) => digitsOf(spec) >= 3);
    const keys = new Set(variants.map(({ spec }) => ('value' in spec ? JSON.stringify(spec.value) : '')));
    const always = keys.size >= 10 && leaks.length >= NEARLY_ALL * variants.length;
    if (!always && telling.length <= SOME * variants.length) return [];
    const example = (telling[0] ?? leaks[0])!;
    const { spec } = example;
    const shown = 'value' in spec ? printAnswer(spec.value as Value, spec.tolerance) : '';
    return [
      {
        field,
        reason: `shows the answer in ${leaks.length} of ${variants.length} draws: ${shown} at seed ${example.seed}`,
      },
    ];
  });
}

/** Whether a text shows every number of the key. */
const shows = (variant: Variant, field: 'prompt' | 'hint'): boolean => {
  const { spec } = variant;
  const text = variant[field]?.['en-US'];
  if (text === undefined || !('value' in spec)) return false;
  const shown = numbersIn(text);
  return keysOf(spec.value).every((key) =>
    shown.some((number) => Math.abs(number - Math.abs(key)) <= 1e-9 * Math.abs(key)),
  );
};

const numbersIn = (text: string): readonly number[] =>
  (text.replaceAll('{,}', '').match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((digits) =>
    Number(digits.replaceAll(',', '')),
  );

const keysOf = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.flatMap(keysOf) : [value as number];

/** The significant digits of a key; of a vector or matrix, its entries count as one each at least. */
const digitsOf = (spec: Variant['spec']): number =>
  'value' in spec
    ? keysOf(spec.value).reduce(
        (sum, key) =>
          sum +
          Math.max(
            1,
            String(Math.abs(key))
              .replace(/e.*|\.|^0+/g, '')
              .replace(/^0+|0+$/g, '').length,
          ),
        0,
      )
    : 0;
