/** Discord's block markdown: headings, subtext, quotes, lists and code blocks around inline text. */
import { parseInline, type Inline } from './inline.ts';

export type Block =
  | { type: 'paragraph' | 'subtext'; children: Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3; children: Inline[] }
  | { type: 'code'; language: string; text: string }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; start: number | null; items: Block[][] };

const fence = /```(?:([\w+\-.#]*)\n)?\n*([^]*?)\n*```/g;
const bullet = /^( *)([-*]|\d{1,9}\.) +(.*)$/;

interface Item {
  indent: number;
  start: number | null;
  lines: string[];
}

/** Items that are indented further than the first of their run become a list inside the item before. */
const nest = (items: readonly Item[]): Block => {
  const [first] = items;
  const runs: { item: Item; inner: Item[] }[] = [];
  for (const item of items) {
    if (item.indent > first!.indent && runs.length > 0) runs.at(-1)!.inner.push(item);
    else runs.push({ item, inner: [] });
  }
  return {
    type: 'list',
    start: first!.start,
    items: runs.map(({ item, inner }) => [
      { type: 'paragraph', children: parseInline(item.lines.join('\n')) },
      ...(inner.length > 0 ? [nest(inner)] : []),
    ]),
  };
};

const readList = (lines: readonly string[], from: number): { block: Block; next: number } => {
  const items: Item[] = [];
  let index = from;
  for (; index < lines.length; index++) {
    const line = lines[index]!;
    const match = bullet.exec(line);
    const start = match && /\d/.test(match[2]!) ? Number.parseInt(match[2]!, 10) : null;
    const outermost = items[0];
    if (match) {
      const indent = match[1]!.length;
      // A list of the other sort, on the outermost level, is a new list.
      if (outermost && indent <= outermost.indent && (start === null) !== (outermost.start === null)) break;
      items.push({ indent, start, lines: [match[3]!] });
    } else if (outermost && /^ +\S/.test(line)) {
      items.at(-1)!.lines.push(line.trim());
    } else {
      break;
    }
  }
  return { block: nest(items), next: index };
};

const heading = /^(#{1,3}) +(.+)$/;
const subtext = /^-# +(.+)$/;
const quoted = /^> (.*)$|^>$/;

const parseLines = (lines: readonly string[]): Block[] => {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', children: parseInline(paragraph.join('\n')) });
    paragraph = [];
  };
  for (let index = 0; index < lines.length;) {
    const line = lines[index]!;
    const title = heading.exec(line);
    const small = subtext.exec(line);
    if (line.startsWith('>>> ')) {
      flush();
      blocks.push({ type: 'quote', children: parseLines([line.slice(4), ...lines.slice(index + 1)]) });
      return blocks;
    }
    if (quoted.test(line)) {
      flush();
      const inside: string[] = [];
      for (; index < lines.length && quoted.test(lines[index]!); index++) inside.push(lines[index]!.slice(2));
      blocks.push({ type: 'quote', children: parseLines(inside) });
      continue;
    }
    if (bullet.test(line)) {
      flush();
      const { block, next } = readList(lines, index);
      blocks.push(block);
      index = next;
      continue;
    }
    if (title) {
      flush();
      const level = title[1]!.length as 1 | 2 | 3;
      blocks.push({ type: 'heading', level, children: parseInline(title[2]!) });
    } else if (small) {
      flush();
      blocks.push({ type: 'subtext', children: parseInline(small[1]!) });
    } else if (line.trim() === '') {
      flush();
    } else {
      paragraph.push(line);
    }
    index++;
  }
  flush();
  return blocks;
};

export const parseMarkdown = (text: string): Block[] => {
  const blocks: Block[] = [];
  let position = 0;
  const upTo = (end: number) => blocks.push(...parseLines(text.slice(position, end).split('\n')));
  for (const match of text.matchAll(fence)) {
    if (match[2]!.trim() === '') continue;
    upTo(match.index);
    blocks.push({ type: 'code', language: match[1] ?? '', text: match[2]! });
    position = match.index + match[0].length;
  }
  upTo(text.length);
  return blocks;
};

const inlineText = (nodes: readonly Inline[]): string =>
  nodes
    .map((node) => {
      if ('children' in node) return inlineText(node.children);
      if ('text' in node) return node.text;
      return node.type === 'break' ? ' ' : '';
    })
    .join('');

const blockText = (block: Block): string => {
  switch (block.type) {
    case 'code':
      return block.text;
    case 'quote':
      return block.children.map(blockText).join(' ');
    case 'list':
      return block.items.flat().map(blockText).join(' ');
    default:
      return inlineText(block.children);
  }
};

/** The text alone, on one line. */
export const plainText = (text: string): string =>
  parseMarkdown(text).map(blockText).join(' ').replaceAll(/\s+/g, ' ').trim();
