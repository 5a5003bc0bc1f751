import type { Text, Value } from '../compute/index.ts';
import type { Tolerance } from '../grading/types.ts';
import type { Variant } from './draw.ts';
import { printNumber, printValue } from './number.ts';

/** A computed answer as a person types it at the stated precision: `0.822`, `[0.1, 0.9]`, `[1 2; 3 4]`. */
export function printAnswer(value: Value, tolerance: Tolerance | undefined): string {
  if (typeof value === 'number') return printEntry(value, tolerance);
  const entries = value.map((entry) =>
    typeof entry === 'number'
      ? printEntry(entry, tolerance)
      : entry.map((inner) => printEntry(inner, tolerance)).join(' '),
  );
  return `[${entries.join(Array.isArray(value[0]) ? '; ' : ', ')}]`;
}

const printEntry = (value: number, tolerance: Tolerance | undefined): string => {
  if (tolerance?.decimals !== undefined) return printNumber(value, { decimals: tolerance.decimals }, false);
  if (tolerance?.significant !== undefined) return String(Number(value.toPrecision(tolerance.significant)));
  return printValue(value, {}, false);
};

const same = (text: string): Text => ({ 'zh-CN': text, 'en-US': text });

/** The right answer of a variant for whoever has answered it: one text for each option, step or point. */
export function keyOf({ spec, options, steps }: Variant): readonly Text[] {
  switch (spec.kind) {
    case 'choice':
      return [options[spec.correct]!.text];
    case 'multi':
      return spec.correct.map((index) => options[index]!.text);
    case 'order':
      return steps.map(({ text }) => text);
    case 'formula':
      return [same(spec.expression)];
    case 'short':
      return [same([spec.accept].flat()[0]!.text[0]!)];
    case 'open':
      return spec.rubric.map(({ point }) => point);
    default: {
      const unit = spec.kind === 'numeric' && spec.unit !== undefined ? ` ${spec.unit}` : '';
      return [same(printAnswer(spec.value as Value, spec.tolerance) + unit)];
    }
  }
}
