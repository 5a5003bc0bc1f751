import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { search } from '../../src/sandbox/page/fuzzy.ts';
import { parseMarkdown, plainText, type Block } from '../../src/sandbox/page/markdown/blocks.ts';
import { parseInline, type Inline } from '../../src/sandbox/page/markdown/inline.ts';

/** A short form to compare with: `strong(a emphasis(b))`. */
const inline = (nodes: readonly Inline[]): string =>
  nodes
    .map((node) => {
      if (node.type === 'text') return node.text;
      if (node.type === 'link') return `link<${node.url}>(${inline(node.children)})`;
      if ('children' in node) return `${node.type}(${inline(node.children)})`;
      const { type, ...rest } = node;
      return `${type}[${Object.values(rest).join(' ')}]`;
    })
    .join('');

const block = (node: Block): string => {
  switch (node.type) {
    case 'code':
      return `code[${node.language}](${node.text})`;
    case 'quote':
      return `quote(${node.children.map(block).join(' ')})`;
    case 'list':
      return `list${node.start ?? ''}(${node.items.map((item) => item.map(block).join(' ')).join(' | ')})`;
    case 'heading':
      return `h${node.level}(${inline(node.children)})`;
    default:
      return node.type === 'subtext' ? `subtext(${inline(node.children)})` : inline(node.children);
  }
};

describe('inline markdown', () => {
  test.each([
    ['**a**', 'strong(a)'],
    ['*a* _b_', 'emphasis(a) emphasis(b)'],
    ['***a***', 'strong(emphasis(a))'],
    ['**a *b* c**', 'strong(a emphasis(b) c)'],
    ['__a__ ~~b~~ ||c||', 'underline(a) strike(b) spoiler(c)'],
    ['`**a**`', 'code[**a**]'],
    ['``a ` b``', 'code[a ` b]'],
    [String.raw`\*a\* \_b\_`, '*a* _b_'],
    ['snake_case_name 2 * 3 * 4', 'snake_case_name 2 * 3 * 4'],
    ['训练时**不更新**。', '训练时strong(不更新)。'],
    ['[a *b*](https://x.org/y_z)', 'link<https://x.org/y_z>(a emphasis(b))'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
    ['see https://x.org/a,b. Then', 'see link<https://x.org/a,b>(https://x.org/a,b). Then'],
    ['见https://x.org/a。然后', '见link<https://x.org/a>(https://x.org/a)。然后'],
    ['<https://x.org>', 'link<https://x.org>(https://x.org)'],
    ['<@12> <@!12> <@&3> <#4>', 'user[12] user[12] role[3] channel[4]'],
    ['@everyone </settings daily:5>', 'everyone[@everyone] command[settings daily]'],
    ['<t:60> <t:60:R>', 'timestamp[60000 f] timestamp[60000 R]'],
    ['<:ok:1>', 'emoji[ok]'],
    ['a\nb', 'abreak[]b'],
    ['**open and *never closed', '**open and *never closed'],
  ])('%s', (text, tree) => {
    expect(inline(parseInline(text))).toBe(tree);
  });

  test('loses no letter, whatever is typed', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', ' ', '-', '*', '_', '~', '|', '`', '<', '>', '[', ']', '\n'),
    });
    fc.assert(
      fc.property(letters, (text) => {
        const kept = (nodes: readonly Inline[]): string =>
          nodes
            .map((node) => ('children' in node ? kept(node.children) : 'text' in node ? node.text : ''))
            .join('');
        expect(kept(parseInline(text)).replaceAll(/[^a]/g, '')).toBe(text.replaceAll(/[^a]/g, ''));
      }),
    );
  });

  test('stays fast on long runs of marks', () => {
    const start = performance.now();
    for (const mark of ['*', '_', '**a ', '||', '`', '[a](', '* '.repeat(3)]) parseInline(mark.repeat(1500));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('blocks', () => {
  test.each([
    ['# A\n## B\n### C\n#### D', 'h1(A) / h2(B) / h3(C) / #### D'],
    ['-# small', 'subtext(small)'],
    ['- a\n- b\n  - c\n- d', 'list(a | b list(c) | d)'],
    ['3. a\n4. b', 'list3(a | b)'],
    ['- a\n1. b', 'list(a) / list1(b)'],
    ['> a\n> **b**\nc', 'quote(abreak[]strong(b)) / c'],
    ['>>> a\n- b', 'quote(a list(b))'],
    ['a\n\nb', 'a / b'],
    ['```ts\nx < *y*\n```', 'code[ts](x < *y*)'],
    ['a ```b``` c', 'a  / code[](b) /  c'],
  ])('%s', (text, tree) => {
    expect(parseMarkdown(text).map(block).join(' / ')).toBe(tree);
  });

  test('as plain text', () => {
    expect(plainText('## A\n- **b**\n- `c`\n> d')).toBe('A b c d');
  });
});

const found = (query: string, ...names: string[]) =>
  search(query, names, (name) => ({ names: [name], descriptions: [`about ${name}`] }));

describe('search', () => {
  test('puts the beginning before the middle, and letters in order last', () => {
    expect(found('qu', 'liquid', 'quiz', 'q-u')).toEqual(['quiz', 'liquid', 'q-u']);
    expect(found('qz', 'quiz', 'daily')).toEqual(['quiz']);
  });

  test('finds by description, ignores case and width, and keeps the order otherwise', () => {
    expect(found('about', 'b', 'a')).toEqual(['b', 'a']);
    expect(found('ＱUIZ', 'quiz')).toEqual(['quiz']);
    expect(found('', 'b', 'a')).toEqual(['b', 'a']);
    expect(found('zzz', 'quiz')).toEqual([]);
  });
});
