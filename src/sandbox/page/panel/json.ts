/** JSON as a tree that opens and closes; text nodes only. */
import { h, type ComponentChild } from 'preact';

const OPEN_DEPTH = 2;

const entriesOf = (value: object): [string, unknown][] => Object.entries(value);

const Leaf = ({ value }: { value: unknown }) =>
  h(
    'span',
    { class: `json-${value === null ? 'null' : typeof value}` },
    JSON.stringify(value) ?? 'undefined',
  );

const Node = ({
  name,
  value,
  depth,
}: {
  name: string | null;
  value: unknown;
  depth: number;
}): ComponentChild => {
  const key = name === null ? null : h('span', { class: 'json-key' }, `${name}: `);
  if (typeof value !== 'object' || value === null)
    return h('div', { class: 'json-row' }, key, h(Leaf, { value }));
  const entries = entriesOf(value);
  const isList = Array.isArray(value);
  if (entries.length === 0) return h('div', { class: 'json-row' }, key, isList ? '[]' : '{}');
  return h(
    'details',
    { open: depth < OPEN_DEPTH },
    h(
      'summary',
      null,
      key,
      h('span', { class: 'json-size' }, isList ? `[${entries.length}]` : `{${entries.length}}`),
    ),
    entries.map(([inner, item]) => h(Node, { key: inner, name: inner, value: item, depth: depth + 1 })),
  );
};

export const Json = ({ value }: { value: unknown }) =>
  h('div', { class: 'json' }, h(Node, { name: null, value, depth: 0 }));
