/** A part of one of our texts: markdown with `$inline$` and `$$display$$` formulas. */
export type Part =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'inline' | 'display'; readonly latex: string };

/** Code first (a dollar in code is a dollar), then escapes, then formulas; an inline one stays in its paragraph. */
const token =
  /(?<code>```[\s\S]*?```|`[^`\n]+`)|(?<escape>\\[\s\S])|\$\$(?<display>(?:\\[\s\S]|[^$\\])+)\$\$|\$(?<inline>(?:\\[\s\S]|[^$\\\n]|\n(?!\s*\n))+)\$/g;

/** Splits a text at its formulas. A dollar without a partner, or written `\$`, is a dollar. */
export const partsOf = (text: string): Part[] => {
  const parts: Part[] = [];
  let markdown = '';
  let from = 0;
  const push = (part: Part) => {
    if (markdown !== '') parts.push({ kind: 'markdown', text: markdown });
    markdown = '';
    parts.push(part);
  };
  for (const match of text.matchAll(token)) {
    markdown += text.slice(from, match.index);
    from = match.index + match[0].length;
    const { code, escape, display, inline } = match.groups!;
    if (escape !== undefined) markdown += escape === '\\$' ? '$' : escape;
    else if (code !== undefined) push({ kind: 'code', text: code });
    else if (display !== undefined) push({ kind: 'display', latex: display.trim() });
    else push({ kind: 'inline', latex: inline!.trim() });
  }
  markdown += text.slice(from);
  if (markdown !== '') parts.push({ kind: 'markdown', text: markdown });
  return parts;
};

/** The cells of a markdown table's row, or undefined if the line is none. */
export const cellsOf = (line: string): string[] | undefined => {
  const row = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
  return row?.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
};

export const isRule = (line: string | undefined): boolean =>
  line !== undefined && /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line);

const strong = (text: string): string => (text === '' || text.includes('**') ? text : `**${text}**`);

/** One row as a list item: its first cell, then each other one under its column's name. */
const item = (cells: readonly string[], headings: readonly string[]): string => {
  const rest = cells.slice(1).map((cell, index) => {
    const heading = headings[index + 1];
    return heading && cell !== '' && cells.length > 2 ? `${heading}: ${cell}` : cell;
  });
  return `- ${[strong(cells[0]!), rest.filter((cell) => cell !== '').join(' · ')].filter((part) => part !== '').join(' — ')}`;
};

/** Tables as lists, which Discord has, with every cell under its column's name. */
export const tablesToLists = (text: string): string => {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const headings = isRule(lines[i + 1]) ? cellsOf(lines[i]!) : undefined;
    if (!headings) {
      out.push(lines[i]!);
      continue;
    }
    if (headings.length === 2 && headings.some((heading) => heading !== '')) {
      out.push(headings.map((heading) => strong(heading)).join(' — '));
    }
    for (i += 2; i < lines.length; i++) {
      const cells = cellsOf(lines[i]!);
      if (!cells) break;
      out.push(item(cells, headings));
    }
    i--;
  }
  return out.join('\n');
};

/** Text that Discord shows as it is, inside a line. */
export const escapeDiscord = (text: string): string => text.replaceAll(/[\\_*~|`]/g, '\\$&');
