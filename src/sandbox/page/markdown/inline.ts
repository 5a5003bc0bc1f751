/** Discord's inline markdown, read into a tree; nothing here knows of a page. */

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'break' }
  | { type: 'code'; text: string }
  | { type: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler'; children: Inline[] }
  | { type: 'link'; url: string; children: Inline[] }
  | { type: 'user' | 'role' | 'channel'; id: string }
  | { type: 'everyone'; text: string }
  | { type: 'command'; name: string }
  | { type: 'timestamp'; time: number; style: string }
  | { type: 'emoji'; name: string };

type Rule = [pattern: RegExp, read: (match: RegExpExecArray) => Inline[]];

const wrap = (type: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler', text: string): Inline[] => [
  { type, children: parseInline(text) },
];
const plain = (text: string): Inline => ({ type: 'text', text });

/** Tried in this order where a special character stands; all sticky. */
const rules: Rule[] = [
  [/\\([^\p{L}\p{N}\s])/uy, (match) => [plain(match[1]!)]],
  [/(`+)([^]*?[^`])\1(?!`)/y, (match) => [{ type: 'code', text: match[2]!.trim() }]],
  [
    /\*\*\*(?=\S)((?:\\[^]|[^\\])+?)\*\*\*(?!\*)/y,
    (match) => [{ type: 'strong', children: wrap('emphasis', match[1]!) }],
  ],
  [/\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/y, (match) => wrap('strong', match[1]!)],
  [/__((?:\\[^]|[^\\])+?)__(?!_)/y, (match) => wrap('underline', match[1]!)],
  [
    /\*(?=\S)((?:\*\*|\\[^]|\s+(?:\\[^]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y,
    (match) => wrap('emphasis', match[1]!),
  ],
  [/(?<![\p{L}\p{N}_])_((?:__|\\[^]|[^\\_])+?)_(?![\p{L}\p{N}_])/uy, (match) => wrap('emphasis', match[1]!)],
  [/~~((?:\\[^]|[^\\])+?)~~/y, (match) => wrap('strike', match[1]!)],
  [/\|\|((?:\\[^]|[^\\])+?)\|\|/y, (match) => wrap('spoiler', match[1]!)],
  [
    /\[((?:\\.|[^\]\\\n])+)\]\(<?(https?:\/\/[^\s<>]+?)>?\)/y,
    (match) => [{ type: 'link', url: match[2]!, children: parseInline(match[1]!) }],
  ],
  [/<(https?:\/\/[^\s<>]+)>/y, (match) => [{ type: 'link', url: match[1]!, children: [plain(match[1]!)] }]],
  [
    /https?:\/\/[^\s<>\u3000-\u303f\uff00-\uffef]*[^\s<>\u3000-\u303f\uff00-\uffef.,:;"'\])]/y,
    (match) => [{ type: 'link', url: match[0], children: [plain(match[0])] }],
  ],
  [/<@!?(\d+)>/y, (match) => [{ type: 'user', id: match[1]! }]],
  [/<@&(\d+)>/y, (match) => [{ type: 'role', id: match[1]! }]],
  [/<#(\d+)>/y, (match) => [{ type: 'channel', id: match[1]! }]],
  [/<\/([^:<>\n]+):\d+>/y, (match) => [{ type: 'command', name: match[1]! }]],
  [/@(?:everyone|here)\b/y, (match) => [{ type: 'everyone', text: match[0] }]],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    (match) => [{ type: 'timestamp', time: Number(match[1]) * 1000, style: match[2] ?? 'f' }],
  ],
  [/<a?:(\w+):\d+>/y, (match) => [{ type: 'emoji', name: match[1]! }]],
  [/\n/y, () => [{ type: 'break' }]],
];

/** Where a rule may begin; all between is plain. */
const special = /[\\`*_~|[<@\n]|https?:\/\//g;

export const parseInline = (text: string): Inline[] => {
  const result: Inline[] = [];
  const push = (node: Inline) => {
    const last = result.at(-1);
    if (node.type === 'text' && last?.type === 'text') last.text += node.text;
    else result.push(node);
  };
  let position = 0;
  while (position < text.length) {
    let found: RegExpExecArray | null = null;
    for (const [pattern, read] of rules) {
      pattern.lastIndex = position;
      found = pattern.exec(text);
      if (!found) continue;
      read(found).forEach(push);
      break;
    }
    if (found) {
      position += found[0].length;
      continue;
    }
    special.lastIndex = position + 1;
    const next = special.exec(text)?.index ?? text.length;
    push(plain(text.slice(position, next)));
    position = next;
  }
  return result;
};
