/** Checks bodies of responses against Discord's specification. */
import * as spec from 'discord-api-spec/zod';
import { expect } from 'vitest';
import { compile, validate, type Schema } from '../../src/sandbox/validation/compile.ts';

const schemas = spec as unknown as Record<string, Schema>;

/** Fails unless the body is what the specification calls `name`, with no property more. */
export const expectSpecified = (name: string, body: unknown): void => {
  const schema = schemas[`${name}Schema`];
  if (!schema) throw new Error(`discord-api-spec has no ${name}`);
  const faults = validate(compile(schema), body).map(
    ({ path, code, message }) => `${path.join('.')}: ${code} ${message}`,
  );
  expect(faults).toEqual([]);
};
