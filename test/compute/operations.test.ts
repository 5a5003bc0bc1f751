import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AnyOperation,
  ComputeError,
  findOperation,
  operations,
  type Outputs,
  type Step,
} from '../../src/compute/index.ts';
import { anyInput } from './any-input.ts';

type Input = Record<string, unknown>;

const all = Object.keys(operations).map((name): [string, AnyOperation] => [name, findOperation(name)!]);

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
};

const hasNaN = (value: unknown): boolean => (Array.isArray(value) ? value.some(hasNaN) : Number.isNaN(value));

const refusal = (operation: AnyOperation, input: unknown) => {
  const thrown = [() => operation.run(input), () => operation.explain(input)].map((solve) => {
    try {
      solve();
      return undefined;
    } catch (error) {
      return error;
    }
  });
  expect(thrown[0]).toBeInstanceOf(ComputeError);
  expect(thrown[1]).toEqual(thrown[0]);
  return thrown[0] as ComputeError;
};

/** The outputs, or the refusal; any other error fails. */
const outcome = (operation: AnyOperation, input: unknown): Outputs | ComputeError => {
  try {
    return operation.run(input);
  } catch {
    return refusal(operation, input);
  }
};

const expectGoodLatex = (latex: string) => {
  let depth = 0;
  for (const brace of latex.replaceAll(/\\[{}]/g, '').match(/[{}]/g) ?? []) {
    depth += brace === '{' ? 1 : -1;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  expect(latex.match(/\\left(?!arrow)/g)?.length).toBe(latex.match(/\\right(?!arrow)/g)?.length);
  expect(latex.match(/\\begin\{/g)?.length).toBe(latex.match(/\\end\{/g)?.length);
  expect(latex).not.toMatch(/\^\{[^{}]*\}\^/);
  expect(latex).not.toMatch(/NaN|undefined|null(?!})|\[object|--|\+ -|\d(\.\d+)?e[+-]?\d/);
};

const expectWorkedSolution = (steps: readonly Step[], outputs: Readonly<Record<string, unknown>>) => {
  for (const [name, value] of Object.entries(outputs)) {
    const last = steps.findLast((step) => step.output === name);
    if (value === null) expect(last).toBeUndefined();
    else expect({ [name]: last?.value }).toEqual({ [name]: value });
  }
  for (const step of steps) {
    expect(step.caption['zh-CN']).not.toBe('');
    expect(step.caption['en-US']).not.toBe('');
    if (step.output !== undefined) expect(Object.keys(outputs)).toContain(step.output);
    expectGoodLatex(step.latex);
  }
};

test('the list names every operation by its own name', () => {
  expect(all.map(([name, operation]) => [name, operation.name])).toEqual(all.map(([name]) => [name, name]));
  expect(findOperation('toString')).toBeUndefined();
  expect(findOperation('__proto__')).toBeUndefined();
});

describe.each(all)('%s', (_, operation) => {
  const example = operation.example as Input;

  test('the example runs and its worked solution reaches every output', () => {
    const outputs = operation.run(example);
    expect(hasNaN(Object.values(outputs))).toBe(false);
    expectWorkedSolution(operation.explain(example), outputs);
  });

  test('the form lists the fields of the input', () => {
    expect(operation.form.map((field) => field.name).toSorted()).toEqual(Object.keys(example).toSorted());
    expect(operation.title['zh-CN']).not.toBe('');
    expect(operation.title['en-US']).not.toBe('');
  });

  test('the input is left alone, and the same input gives the same result', () => {
    const frozen = deepFreeze(structuredClone(example));
    expect(operation.run(frozen)).toEqual(operation.run(example));
    expect(operation.explain(frozen)).toEqual(operation.explain(example));
  });

  test('changing a result changes neither the input nor the next result', () => {
    const input = structuredClone(example);
    const before = structuredClone(operation.run(input));
    const spoil = (value: unknown) => {
      if (!Array.isArray(value)) return;
      value.forEach(spoil);
      if (typeof value[0] === 'number') value[0] += 1;
    };
    Object.values(operation.run(input)).forEach(spoil);
    expect(input).toEqual(example);
    expect(operation.run(input)).toEqual(before);
  });

  test('an unknown field is refused by name', () => {
    expect(refusal(operation, { ...example, surplus: 1 })).toMatchObject({
      path: 'surplus',
      got: 'an unknown field',
    });
  });

  test.each(operation.form.map((field) => field.name))('%s is required', (field) => {
    const { [field]: _removed, ...rest } = example;
    expect(refusal(operation, rest)).toMatchObject({ path: field, got: 'nothing' });
  });

  test.each(operation.form)('$name must be a $kind', ({ name: field, kind, nullable }) => {
    const wrong: unknown[] = [undefined, {}, NaN, Infinity, [], [[]], [NaN], [[Infinity]]];
    if (!nullable) wrong.push(null);
    if (kind !== 'text') wrong.push('Infinity');
    const paths = wrong.map((value) => refusal(operation, { ...example, [field]: value }).path);
    expect(paths.map((path) => path.replace(/\[.*/, ''))).toEqual(wrong.map(() => field));
  });

  test.each([null, undefined, 1, 'x', [], [1]])('%j is not an input', (input) => {
    expect(refusal(operation, input).path).toBe('input');
  });

  test('any input gives numbers with a worked solution, or a reason', () => {
    let solved = 0;
    fc.assert(
      fc.property(anyInput(operation.form), (input) => {
        const outputs = outcome(operation, input);
        if (outputs instanceof ComputeError) return;
        solved++;
        expect(hasNaN(Object.values(outputs))).toBe(false);
        expectWorkedSolution(operation.explain(input), outputs);
      }),
      { numRuns: 60, seed: 1 },
    );
    expect(solved).toBeGreaterThan(0);
  });
});
