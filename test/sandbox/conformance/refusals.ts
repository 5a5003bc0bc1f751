import type { RawReply } from '../raw-bot.ts';

interface Tree {
  [key: string]: Tree | { code: string; message: string }[];
}

const flatten = (tree: Tree, path: string[] = []): string[] =>
  Object.entries(tree).flatMap(([key, inner]) =>
    Array.isArray(inner)
      ? inner.map(({ code }) => `${path.join('.')}: ${code}`)
      : flatten(inner, [...path, key]),
  );

/** Why a form was refused, as `path: CODE` in order; anything but Discord's refusal of a form is told as it is. */
export const faultsOf = ({ status, body }: RawReply): string[] =>
  status === 400 && body.code === 50_035 && body.message === 'Invalid Form Body'
    ? flatten(body.errors as Tree)
    : [`${status} ${JSON.stringify(body)}`];
