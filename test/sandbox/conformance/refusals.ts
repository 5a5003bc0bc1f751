import { expect } from 'vitest';
import type { RawReply } from '../raw-bot.ts';

interface Tree {
  [key: string]: Tree | { code: string; message: string }[];
}

/** The refusal's faults as `path: CODE`, in order. */
const faultsOf = (tree: Tree, path: string[] = []): string[] =>
  Object.entries(tree).flatMap(([key, inner]) =>
    Array.isArray(inner)
      ? inner.map(({ code }) => `${path.join('.')}: ${code}`)
      : faultsOf(inner, [...path, key]),
  );

/** Fails unless the reply is Discord's refusal of a form, for just these reasons. */
export const expectRefused = (reply: RawReply, ...faults: string[]): void => {
  expect(reply.body).toMatchObject({ code: 50_035, message: 'Invalid Form Body' });
  expect(faultsOf(reply.body.errors as Tree)).toEqual(faults);
  expect(reply.status).toBe(400);
};
