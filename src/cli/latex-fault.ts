import { readLatex } from '../figures/tex-tree.ts';

const known = new Map<string, string | undefined>();

/** What is wrong with a formula, as the bot will read it. */
export function latexFault(latex: string): string | undefined {
  if (!known.has(latex)) known.set(latex, faultOf(latex));
  return known.get(latex);
}

const faultOf = (latex: string): string | undefined => {
  try {
    readLatex(latex);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};
