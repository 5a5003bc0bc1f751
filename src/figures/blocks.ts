import { box } from './canvas.ts';
import { layoutFormula } from './formula-layout.ts';
import { cellsOf, isRule, partsOf } from './markdown.ts';
import { layoutSpans, type Block, type RichStyle, type Span } from './rich-text.ts';

/** Set-aside formulas and code: private-use characters around their number. */
const aside = /(\uE000\d+\uE001)/;

interface Source {
  readonly text: string;
  readonly spans: readonly Span[];
  readonly displays: ReadonlySet<number>;
}

/** A text whose formulas and code stand aside, so that what is left can be read line by line. */
const sourceOf = (text: string): Source => {
  const spans: Span[] = [];
  const displays = new Set<number>();
  const skeleton = partsOf(text.replaceAll(/[\uE000\uE001]/g, '')).map((part) => {
    if (part.kind === 'markdown') return part.text;
    if (part.kind === 'code') {
      if (part.text.startsWith('```')) return part.text;
      return `\uE000${spans.push({ kind: 'code', text: part.text.slice(1, -1) }) - 1}\uE001`;
    }
    const index = spans.push({ kind: 'formula', latex: part.latex }) - 1;
    if (part.kind === 'inline') return `\uE000${index}\uE001`;
    displays.add(index);
    return `\n\uE000${index}\uE001\n`;
  });
  return { text: skeleton.join(''), spans, displays };
};

/** Bold, and italic as plain: markdown's marks gone. */
const spansOf = (line: string, source: Source, weight: 'regular' | 'bold' = 'regular'): Span[] =>
  line.split(/(\*\*.+?\*\*)/).flatMap((chunk) => {
    const bold = /^\*\*(.+)\*\*$/.exec(chunk)?.[1];
    return (bold ?? chunk).split(aside).flatMap((piece): Span[] => {
      const index = /^\uE000(\d+)\uE001$/.exec(piece)?.[1];
      if (index !== undefined) return [source.spans[Number(index)]!];
      const text = piece
        .replaceAll(/(?<![\p{L}\p{N}*])[*_](?=\S)(.+?)(?<=\S)[*_](?![\p{L}\p{N}*])/gu, '$1')
        .replaceAll(/\\([\\`*_{}[\]()#+.!|~>-])/g, '$1');
      return text === '' ? [] : [{ kind: 'text', text, weight: bold === undefined ? weight : 'bold' }];
    });
  });

const stack = (blocks: readonly { block: Block; gap: number; indent?: number }[]): Block => ({
  width: Math.max(0, ...blocks.map(({ block, indent = 0 }) => block.width + indent)),
  height: blocks.reduce((sum, { block, gap }, index) => sum + block.height + (index === 0 ? 0 : gap), 0),
  draw(ctx, x, y) {
    let top = y;
    for (const [index, { block, gap, indent = 0 }] of blocks.entries()) {
      if (index > 0) top += gap;
      block.draw(ctx, x + indent, top);
      top += block.height;
    }
  },
});

/** Where a display formula stands. */
type Align = 'center' | 'left';

const displayBlock = async (latex: string, style: RichStyle, most: number, align: Align): Promise<Block> => {
  const formula = await layoutFormula(latex, style.size * 1.18, true, most);
  return {
    width: most,
    height: formula.ascent + formula.descent + 8,
    draw(ctx, x, y) {
      const indent = align === 'center' ? (most - formula.width) / 2 : 0;
      formula.draw(ctx, x + indent, y + 4 + formula.ascent, style.color);
    },
  };
};

const codeBlock = async (text: string, style: RichStyle, most: number): Promise<Block> => {
  const lines = text
    .split('\n')
    .map((line): Span[] => [
      { kind: 'text', text: line.replaceAll('\t', '  ').replaceAll(' ', '\u00A0'), weight: 'code' },
    ]);
  const small = { ...style, size: style.size * 0.86 };
  const blocks = await Promise.all(lines.map((spans) => layoutSpans(spans, small, most - 24)));
  const body = stack(
    blocks.map((block) => ({
      block: { ...block, height: Math.max(block.height, small.size * 1.4) },
      gap: 0,
    })),
  );
  return {
    width: most,
    height: body.height + 16,
    draw(ctx, x, y) {
      box(ctx, x, y, most, body.height + 16, 8, style.palette.raised);
      body.draw(ctx, x + 12, y + 8);
    },
  };
};

const CELL = { x: 10, y: 6 };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** A table whose columns are as wide as they want, or share what there is. */
const tableBlock = async (
  rows: readonly string[][],
  source: Source,
  style: RichStyle,
  most: number,
): Promise<Block> => {
  const columns = rows[0]!.length;
  const small = { ...style, size: style.size * 0.94 };
  const lay = (row: number, column: number, width: number) =>
    layoutSpans(spansOf(rows[row]![column] ?? '', source, row === 0 ? 'bold' : 'regular'), small, width);
  const wanted: number[] = [];
  const least: number[] = [];
  for (let column = 0; column < columns; column++) {
    const cells = await Promise.all(rows.map((_, row) => lay(row, column, 1e5)));
    wanted.push(Math.max(24, ...cells.map((cell) => cell.width)) + 2 * CELL.x + 1);
    least.push(Math.max(24, ...cells.map((cell) => cell.least ?? 0)) + 2 * CELL.x + 1);
  }
  // Each column gets what its longest word needs, and its share of the rest of what it would like.
  const spare = (most - sum(least)) / Math.max(sum(wanted) - sum(least), 1);
  const widths =
    sum(least) > most
      ? least.map((width) => (width / sum(least)) * most)
      : wanted.map((width, column) => least[column]! + (width - least[column]!) * Math.min(spare, 1));
  const cells = await Promise.all(
    rows.map((_, row) => Promise.all(widths.map((width, column) => lay(row, column, width - 2 * CELL.x)))),
  );
  const heights = cells.map((row) => Math.max(...row.map((cell) => cell.height)) + 2 * CELL.y);
  const width = sum(widths);
  const height = sum(heights);
  return {
    width,
    height,
    draw(ctx, x, y) {
      box(ctx, x, y, width, height, 8, style.palette.raised);
      let top = y;
      for (const [row, blocks] of cells.entries()) {
        if (row > 0) {
          ctx.fillStyle = style.palette.track;
          ctx.fillRect(x, top - 0.5, width, 1);
        }
        let left = x;
        for (const [column, block] of blocks.entries()) {
          block.draw(ctx, left + CELL.x, top + (heights[row]! - block.height) / 2);
          left += widths[column]!;
        }
        top += heights[row]!;
      }
    },
  };
};

const quoted = (block: Block, style: RichStyle): Block => ({
  width: block.width + 14,
  height: block.height,
  draw(ctx, x, y) {
    box(ctx, x, y + 2, 4, block.height - 4, 2, style.palette.track);
    block.draw(ctx, x + 14, y);
  },
});

const listed = (marker: string, block: Block, style: RichStyle): Promise<Block> =>
  layoutSpans(
    [{ kind: 'text', text: marker, weight: 'regular' }],
    { ...style, color: style.palette.soft },
    60,
  ).then((bullet) => ({
    width: block.width + 22,
    height: block.height,
    draw(ctx, x, y) {
      bullet.draw(ctx, x + 2, y);
      block.draw(ctx, x + 22, y);
    },
  }));

/**
 * One of our texts, laid out within a width: paragraphs, headings, lists, quotes, code, tables, formulas in
 * lines and on their own. Throws `LatexError`.
 */
export const layoutText = async (
  text: string,
  style: RichStyle,
  most: number,
  align: Align = 'center',
): Promise<Block> => {
  const source = sourceOf(text);
  const lines = source.text.split('\n');
  const blocks: { block: Block; gap: number; indent?: number }[] = [];
  let blank = false;
  const push = (block: Block, gap: number, indent = 0) => {
    blocks.push({ block, gap: blank ? Math.max(gap, style.size * 0.5) : gap, indent });
    blank = false;
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const alone = /^\s*\uE000(\d+)\uE001\s*$/.exec(line)?.[1];
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    const item = /^(\s*)(?:[-*+]|(\d+[.)]))\s+(.*)$/.exec(line);
    const quote = /^>\s?(.*)$/.exec(line)?.[1];
    const headings = isRule(lines[i + 1]) ? cellsOf(line) : undefined;
    if (line.trim() === '') blank = true;
    else if (alone !== undefined && source.displays.has(Number(alone))) {
      const span = source.spans[Number(alone)]!;
      push(await displayBlock(span.kind === 'formula' ? span.latex : '', style, most, align), 4);
    } else if (line.startsWith('```')) {
      const end = lines.findIndex((other, at) => at > i && other.startsWith('```'));
      push(await codeBlock(lines.slice(i + 1, end < 0 ? undefined : end).join('\n'), style, most), 8);
      i = end < 0 ? lines.length : end;
    } else if (headings) {
      const rows = [headings];
      for (i += 2; i < lines.length && cellsOf(lines[i]!); i++) rows.push(cellsOf(lines[i]!)!);
      i--;
      push(await tableBlock(rows, source, style, most), 8);
    } else if (heading !== undefined) {
      push(
        await layoutSpans(spansOf(heading, source, 'bold'), { ...style, size: style.size * 1.12 }, most),
        10,
      );
    } else if (item) {
      const indent = Math.min(item[1]!.length, 6) * 6;
      const block = await layoutSpans(spansOf(item[3]!, source), style, most - 22 - indent);
      push(await listed(item[2] ?? '•', block, style), 2, indent);
    } else if (quote !== undefined) {
      push(
        quoted(
          await layoutSpans(spansOf(quote, source), { ...style, color: style.palette.soft }, most - 14),
          style,
        ),
        2,
      );
    } else push(await layoutSpans(spansOf(line, source), style, most), 2);
  }
  return stack(blocks);
};

/** A short label with formulas in it, as spans of one line. */
export const spansOfLabel = (text: string): Span[] => {
  const source = sourceOf(text);
  return spansOf(source.text.replaceAll('\n', ' '), source);
};
