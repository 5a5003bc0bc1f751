/**
 * Compiles a schema of `discord-api-spec` (zod) into a strict validator that speaks Discord's error codes.
 * Running the zod schemas themselves will not do: they ignore unknown properties (their switch for strictness
 * comes after the schemas are built), a failed union says no more than "invalid input", and trying every member
 * of a union of fifteen components costs more than all else in a request. Here a union of objects is decided by
 * its `type`, and what is wrong is said at its own path.
 */
import { issue, type Issue } from './issues.ts';

type Path = (string | number)[];
export type Validator = (value: unknown, path: Path, issues: Issue[]) => void;

interface Check {
  check: string;
  minimum?: number;
  maximum?: number;
  value?: number;
  format?: string;
  pattern?: RegExp;
}
interface Def {
  type: string;
  shape?: Record<string, Schema>;
  innerType?: Schema;
  element?: Schema;
  options?: Schema[];
  values?: unknown[];
  valueType?: Schema;
  getter?: () => Schema;
  format?: string;
  checks?: { _zod: { def: Check } }[];
}
/** What the compiler needs of a zod schema. */
export interface Schema {
  _zod: { def: unknown };
}

const definition = (schema: Schema): Def => {
  // oxlint-disable-next-line no-underscore-dangle -- the name is zod's own
  const def = schema._zod.def as Def;
  return def.type === 'lazy' ? definition(def.getter!()) : def;
};

const compiled = new WeakMap<Def, Validator>();

/** The strict validator of a schema; compiled once, on first use. */
export const compile = (schema: Schema): Validator => {
  const def = definition(schema);
  const known = compiled.get(def);
  if (known) return known;
  let real: Validator | undefined;
  // Schemas refer to each other in circles, so the inside is compiled when it is first needed.
  const validator: Validator = (value, path, issues) => (real ??= build(def))(value, path, issues);
  compiled.set(def, validator);
  return validator;
};

/** All faults of `value` under a schema. */
export const validate = (validator: Validator, value: unknown): Issue[] => {
  const issues: Issue[] = [];
  validator(value, [], issues);
  return issues;
};

const build = (def: Def): Validator => {
  switch (def.type) {
    case 'object':
      return objectValidator(def.shape!);
    case 'array':
      return arrayValidator(compile(def.element!), lengthRange(def));
    case 'string':
      return stringValidator(def);
    case 'number':
      return numberValidator(def);
    case 'boolean':
      return (value, path, issues) => {
        if (typeof value !== 'boolean')
          issues.push(issue([...path], 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'));
      };
    case 'literal':
      return literalValidator(def.values!);
    case 'optional':
    case 'nullable': {
      const inner = compile(def.innerType!);
      const empty = def.type === 'optional' ? undefined : null;
      return (value, path, issues) => {
        if (value !== empty) inner(value, path, issues);
      };
    }
    case 'record':
      return recordValidator(compile(def.valueType!));
    case 'union':
      return unionValidator(def.options!);
    case 'null':
    case 'undefined':
      return literalValidator([def.type === 'null' ? null : undefined]);
    case 'unknown':
      return () => {};
    default:
      throw new Error(`The specification uses a schema type that is not compiled: ${def.type}`);
  }
};

const required = (path: Path, issues: Issue[]): void => {
  issues.push(issue([...path], 'BASE_TYPE_REQUIRED', 'This field is required'));
};

// The name is zod's own.
// oxlint-disable-next-line no-underscore-dangle
const checksOf = (def: Def): Check[] => (def.checks ?? []).map((entry) => entry._zod.def);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectValidator = (shape: Record<string, Schema>): Validator => {
  const fields = Object.entries(shape).map(([key, schema]) => [key, compile(schema)] as const);
  const known = new Set(Object.keys(shape));
  return (value, path, issues) => {
    if (value === undefined || value === null) {
      required(path, issues);
      return;
    }
    if (!isRecord(value)) {
      issues.push(issue([...path], 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'));
      return;
    }
    for (const [key, check] of fields) {
      path.push(key);
      check(value[key], path, issues);
      path.pop();
    }
    for (const key in value) {
      if (!known.has(key) && value[key] !== undefined)
        issues.push(issue([...path, key], 'UNKNOWN_FIELD', `The field "${key}" does not exist here.`));
    }
  };
};

const lengthRange = (def: Def) => {
  const range = { min: 0, max: Infinity };
  for (const check of checksOf(def)) {
    if (check.check === 'min_length') range.min = check.minimum!;
    if (check.check === 'max_length') range.max = check.maximum!;
  }
  return range;
};

const badLength = (length: number, min: number, max: number, path: Path, issues: Issue[]) => {
  if (length >= min && length <= max) return;
  if (min > 0 && max < Infinity)
    issues.push(issue([...path], 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`));
  else if (length > max)
    issues.push(issue([...path], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`));
  else issues.push(issue([...path], 'BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`));
};

const arrayValidator = (element: Validator, { min, max }: { min: number; max: number }): Validator => {
  return (value, path, issues) => {
    if (value === undefined || value === null) {
      required(path, issues);
      return;
    }
    if (!Array.isArray(value)) {
      issues.push(issue([...path], 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'));
      return;
    }
    badLength(value.length, min, max, path, issues);
    for (const [index, entry] of value.entries()) {
      path.push(index);
      element(entry, path, issues);
      path.pop();
    }
  };
};

/** Discord counts characters as code points. */
export const textLength = (text: string): number => {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) length--;
  }
  return length;
};

const schemes = ['http:', 'https:', 'discord:', 'attachment:'];

const urlFault = (text: string): [string, string] | null => {
  const url = URL.parse(text);
  if (!url) return ['URL_TYPE_INVALID_URL', 'Not a well formed URL.'];
  if (!schemes.includes(url.protocol)) {
    return [
      'URL_TYPE_INVALID_SCHEME',
      `Scheme "${url.protocol.slice(0, -1)}" must be one of ('http', 'https').`,
    ];
  }
  return null;
};

const stringValidator = (def: Def): Validator => {
  const { min, max } = lengthRange(def);
  const formats = checksOf(def).filter((check) => check.format);
  const isUrl = formats.some((check) => check.format === 'url');
  const isTime = formats.some((check) => check.format === 'datetime');
  const pattern = formats.find((check) => check.format === 'regex')?.pattern;
  return (value, path, issues) => {
    if (value === undefined || value === null) {
      required(path, issues);
      return;
    }
    if (typeof value !== 'string') {
      issues.push(
        issue([...path], 'STRING_TYPE_CONVERT', `Could not interpret ${JSON.stringify(value)} as string.`),
      );
      return;
    }
    if (max < Infinity || min > 0) badLength(textLength(value), min, max, path, issues);
    if (isUrl) {
      const fault = urlFault(value);
      if (fault) issues.push(issue([...path], ...fault));
    } else if (isTime && Number.isNaN(Date.parse(value))) {
      issues.push(issue([...path], 'DATE_TIME_TYPE_PARSE', `Could not parse ${value}.`));
    } else if (pattern && !pattern.test(value)) {
      issues.push(issue([...path], 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`));
    }
  };
};

const numberValidator = (def: Def): Validator => {
  let min = -Infinity;
  let max = Infinity;
  const integer = def.format === 'int32';
  for (const check of checksOf(def)) {
    if (check.check === 'greater_than') min = check.value!;
    if (check.check === 'less_than') max = check.value!;
  }
  return (value, path, issues) => {
    if (value === undefined || value === null) {
      required(path, issues);
      return;
    }
    if (typeof value !== 'number' || !Number.isFinite(value) || (integer && !Number.isInteger(value)))
      issues.push(issue([...path], 'NUMBER_TYPE_COERCE', `Value ${JSON.stringify(value)} is not int.`));
    else if (value < min)
      issues.push(
        issue([...path], 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`),
      );
    else if (value > max)
      issues.push(issue([...path], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`));
  };
};

const literalValidator = (values: unknown[]): Validator => {
  const allowed = new Set(values);
  return (value, path, issues) => {
    if (allowed.has(value)) return;
    if (value === undefined || value === null) {
      required(path, issues);
      return;
    }
    const list = values.map((entry) => JSON.stringify(entry)).join(', ');
    issues.push(issue([...path], 'BASE_TYPE_CHOICES', `Value must be one of {${list}}.`));
  };
};

const recordValidator = (entry: Validator): Validator => {
  return (value, path, issues) => {
    if (value === undefined || value === null) {
      required(path, issues);
      return;
    }
    if (!isRecord(value)) {
      issues.push(issue([...path], 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType'));
      return;
    }
    for (const [key, inner] of Object.entries(value)) {
      path.push(key);
      entry(inner, path, issues);
      path.pop();
    }
  };
};

const typeLiterals = (option: Schema): number[] | null => {
  const type = definition(option).shape?.['type'];
  const def = type && definition(type);
  return def?.type === 'literal' ? (def.values as number[]) : null;
};

/** Whether `a` says more about what was meant: it goes wrong further inside, or in fewer places. */
const isCloser = (a: Issue[], b: Issue[] | undefined, level: number): boolean => {
  if (!b) return true;
  const inside = (issues: Issue[]) => issues.some((entry) => entry.path.length > level);
  return inside(a) === inside(b) ? a.length < b.length : inside(a);
};

const unionValidator = (options: Schema[]): Validator => {
  const validators = options.map(compile);
  const types = options.map(typeLiterals);
  if (types.every((literals) => literals !== null)) {
    const byType = new Map(types.flatMap((literals, i) => literals.map((type) => [type, validators[i]!])));
    const list = [...byType.keys()].toSorted((a, b) => a - b).join(', ');
    return (value, path, issues) => {
      if (!isRecord(value)) {
        validators[0]!(value, path, issues);
        return;
      }
      const chosen = byType.get(value['type'] as number);
      if (chosen) chosen(value, path, issues);
      else if (value['type'] === undefined) required([...path, 'type'], issues);
      else {
        const message = `Value of field "type" must be one of (${list}).`;
        issues.push(issue([...path, 'type'], 'UNION_TYPE_CHOICES', message));
      }
    };
  }
  return (value, path, issues) => {
    let closest: Issue[] | undefined;
    for (const validator of validators) {
      const found: Issue[] = [];
      validator(value, path, found);
      if (found.length === 0) return;
      if (isCloser(found, closest, path.length)) closest = found;
    }
    issues.push(...closest!);
  };
};
