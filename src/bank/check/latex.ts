export interface Formula {
  readonly latex: string;
  readonly display: boolean;
}

/** The formulas of a text, in order; `fault` where a delimiter is left open or a formula is empty. */
export function latexOf(text: string): {
  readonly formulas: readonly Formula[];
  readonly fault: string | undefined;
} {
  const formulas: Formula[] = [];
  const plain = text.replace(/`+[^`]*`+/g, '').replaceAll('\\$', '');
  const rest = plain
    .replace(/\$\$([\s\S]*?)\$\$/g, (_, latex: string) => {
      formulas.push({ latex: latex.trim(), display: true });
      return '';
    })
    .replace(/\$([^$]*)\$/g, (_, latex: string) => {
      formulas.push({ latex: latex.trim(), display: false });
      return '';
    });
  if (rest.includes('$')) return { formulas, fault: 'a $ without its partner (a plain dollar is \\$)' };
  if (formulas.some(({ latex }) => latex === '')) return { formulas, fault: 'an empty formula' };
  const torn = formulas.some(({ latex, display }) => !display && /\n\s*\n/.test(latex));
  return { formulas, fault: torn ? 'a $formula$ over two paragraphs' : undefined };
}

/** The least that holds for any LaTeX: braces and environments in pairs. */
export function unbalanced(latex: string): string | undefined {
  let depth = 0;
  for (const [brace] of latex.replace(/\\[{}\\]/g, '').matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return 'a } too many';
  }
  if (depth > 0) return 'a { left open';
  const open: string[] = [];
  for (const [, word, name] of latex.matchAll(/\\(begin|end)\{(\w+\*?)\}/g)) {
    if (word === 'begin') open.push(name!);
    else if (open.pop() !== name) return `\\end{${name}} without its \\begin`;
  }
  return open.length > 0 ? `\\begin{${open[0]}} without its \\end` : undefined;
}
