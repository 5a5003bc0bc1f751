import {
  ComputeError,
  findOperation,
  type AnyOperation,
  type Field,
  type Outputs,
  type Step,
} from '../compute/index.ts';
import { readNumber } from '../grading/index.ts';

export type Computed =
  | { readonly status: 'unknown' }
  | { readonly status: 'form'; readonly operation: AnyOperation }
  | { readonly status: 'unreadable'; readonly operation: AnyOperation; readonly part: string }
  | { readonly status: 'missing'; readonly operation: AnyOperation; readonly name: string }
  | { readonly status: 'refused'; readonly operation: AnyOperation; readonly error: ComputeError }
  | {
      readonly status: 'done';
      readonly operation: AnyOperation;
      readonly outputs: Outputs;
      readonly steps: readonly Step[];
    };

/** Runs an operation on inputs typed as `x = [1 2; 3 4]; gamma = 1, 1`; without inputs, its form is wanted. */
export function compute(name: string, typed: string | null): Computed {
  const operation = findOperation(name);
  if (!operation) return { status: 'unknown' };
  if (typed === null || typed.trim() === '') return { status: 'form', operation };
  const read = readInputs(operation.form, typed);
  if ('unreadable' in read) return { status: 'unreadable', operation, part: read.unreadable };
  const missing = operation.form.find((field) => !Object.hasOwn(read.inputs, field.name));
  if (missing) return { status: 'missing', operation, name: missing.name };
  try {
    return {
      status: 'done',
      operation,
      outputs: operation.run(read.inputs),
      steps: operation.explain(read.inputs),
    };
  } catch (error) {
    if (error instanceof ComputeError) return { status: 'refused', operation, error };
    throw error;
  }
}

type Input = number | boolean | string | null | Input[];
type Read = { readonly inputs: Record<string, Input> } | { readonly unreadable: string };

/** Reads `name = value` parts; a name the form does not have is passed on, so that the operation refuses it. */
function readInputs(form: readonly Field[], typed: string): Read {
  const inputs: Record<string, Input> = {};
  for (const part of splitOutsideBrackets(typed.normalize('NFKC'), /[;\n]/)) {
    const [name, value] = splitAtFirst(part, '=');
    const field = form.find((candidate) => candidate.name === name);
    const input = value === undefined ? undefined : readValue(field, value);
    if (input === undefined) return { unreadable: part };
    inputs[name] = input;
  }
  return { inputs };
}

function splitAtFirst(part: string, separator: string): [string, string | undefined] {
  const at = part.indexOf(separator);
  return at < 0 ? [part.trim(), undefined] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

function readValue(field: Field | undefined, value: string): Input | undefined {
  if (field?.nullable && value === 'null') return null;
  switch (field?.kind) {
    case 'flag':
      return { true: true, false: false, 是: true, 否: false }[value];
    case 'choice':
    case 'text':
      return value;
    case 'words':
      return splitOutsideBrackets(unwrap(value), /[,\s]/);
    case 'vector':
      return allRead(entries(unwrap(value)));
    case 'matrix':
    case 'vectors':
      return allRead(rows(value).map((row) => allRead(entries(row))));
    default:
      return readEntry(value);
  }
}

const unwrap = (value: string): string => /^\[(.*)\]$/s.exec(value)?.[1] ?? value;

const entries = (row: string) => splitOutsideBrackets(row, /[,\s]/).map(readEntry);

/** `[1 2; 3 4]` and `[[1, 2], [3, 4]]` alike. */
function rows(value: string): string[] {
  const inner = unwrap(value);
  return inner.includes('[')
    ? splitOutsideBrackets(inner, /[,;\s]/).map(unwrap)
    : splitOutsideBrackets(inner, /;/);
}

function readEntry(text: string): number | undefined {
  const infinity = /^([+-]?)(?:infinity|inf|∞)$/i.exec(text);
  if (infinity) return infinity[1] === '-' ? -Infinity : Infinity;
  const reading = readNumber(text);
  return reading.ok ? reading.value : undefined;
}

const allRead = <T>(values: readonly (T | undefined)[]): T[] | undefined =>
  values.length > 0 && values.every((value) => value !== undefined) ? [...values] : undefined;

/** Parts between separators that stand outside any bracket, empty ones left out. */
function splitOutsideBrackets(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if ('[('.includes(character)) depth += 1;
    if ('])'.includes(character)) depth -= 1;
    if (depth === 0 && separator.test(character)) {
      parts.push(part.trim());
      part = '';
    } else {
      part += character;
    }
  }
  return [...parts, part.trim()].filter((piece) => piece !== '');
}

/** Inputs as they are typed: what {@link compute} reads back. */
export function printInputs(form: readonly Field[], inputs: unknown): string {
  const values = inputs as Readonly<Record<string, Input>>;
  return form.map(({ name }) => `${name} = ${printInput(values[name] ?? null)}`).join('; ');
}

function printInput(value: Input): string {
  if (!Array.isArray(value)) return String(value);
  if (!value.some(Array.isArray)) return value.map(String).join(', ');
  return `[${value.map((row) => (row as Input[]).map(String).join(' ')).join('; ')}]`;
}
