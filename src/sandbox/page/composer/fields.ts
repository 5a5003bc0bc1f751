/** What is filled in behind a command, and whether it may be sent. */
import type { OptionValue } from '../../operator-api.ts';
import { textLength } from '../text-length.ts';
import type { Texts } from '../texts.ts';
import { OptionType, type CommandEntry, type OptionSpec } from './catalogue.ts';

export interface Field {
  spec: OptionSpec;
  text: string;
  /** The value behind the text, where it was picked from a list. */
  picked: string | number | boolean | null;
  fault: string | null;
}

export const newField = (spec: OptionSpec, text = ''): Field => ({ spec, text, picked: null, fault: null });

/** Required options are there from the start. */
export const initialFields = (entry: CommandEntry): Field[] =>
  entry.options.filter((spec) => spec.required).map((spec) => newField(spec));

export const remainingOptions = (entry: CommandEntry, fields: readonly Field[]): OptionSpec[] =>
  entry.options.filter((spec) => !fields.some((field) => field.spec.name === spec.name));

/** Options whose value must come from a list. */
export const mustPick = (spec: OptionSpec): boolean =>
  spec.choices.length > 0 ||
  spec.type === OptionType.boolean ||
  (spec.type >= OptionType.user && spec.type <= OptionType.mentionable);

const isNumeric = (spec: OptionSpec): boolean =>
  spec.type === OptionType.integer || spec.type === OptionType.number;

/** The value to send; null for an empty field. A number that cannot be read is NaN. */
export const valueOf = ({ spec, text, picked }: Field): OptionValue['value'] | null => {
  if (picked !== null) return picked;
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return isNumeric(spec) ? Number(trimmed) : text;
};

const rangeFault = (spec: OptionSpec, value: number, faults: Texts['faultOf']): string | null => {
  if (!Number.isFinite(value)) return spec.type === OptionType.integer ? faults.integer : faults.number;
  if (spec.type === OptionType.integer && !Number.isSafeInteger(value)) return faults.integer;
  if (spec.minValue !== null && value < spec.minValue) return faults.min(spec.minValue);
  return spec.maxValue !== null && value > spec.maxValue ? faults.max(spec.maxValue) : null;
};

/** What keeps a field from being sent, in words; null if nothing does. */
export const faultOf = (field: Field, texts: Texts): string | null => {
  const { spec } = field;
  const faults = texts.faultOf;
  if (spec.type === OptionType.attachment) return faults.attachment;
  const value = valueOf(field);
  // Discord drops an option that was opened and left empty; so does `toOptions`.
  if (value === null) return spec.required ? faults.required : null;
  if (mustPick(spec) && field.picked === null) return faults.choice;
  if (isNumeric(spec) && typeof value === 'number') return rangeFault(spec, value, faults);
  if (typeof value === 'string') {
    const length = textLength(value);
    if (spec.minLength !== null && length < spec.minLength) return faults.minLength(spec.minLength);
    if (spec.maxLength !== null && length > spec.maxLength) return faults.maxLength(spec.maxLength);
  }
  return null;
};

export const toOptions = (fields: readonly Field[]): OptionValue[] =>
  fields.flatMap((field) => {
    const value = valueOf(field);
    return value === null || Number.isNaN(value) ? [] : [{ name: field.spec.name, value }];
  });
