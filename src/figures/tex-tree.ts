import {
  asLatexError,
  LatexError,
  loadMathJax,
  LONGEST_LATEX,
  texComponents,
  texOptions,
} from './mathjax.ts';

/** A node of MathJax's internal MathML tree, as far as we read it. */
export interface MathNode {
  readonly kind: string;
  readonly texClass: number | null;
  readonly childNodes: readonly MathNode[];
  readonly attributes: { get(name: string): unknown; getExplicit(name: string): unknown };
  /** Settles the class of every atom below, e.g. that a leading minus is no binary operator. */
  setTeXclass(previous: MathNode | null): MathNode;
  /** Only on nodes of kind `text`. */
  getText?(): string;
}

interface Loaded {
  startup: { document: { convert(latex: string, options: object): MathNode } };
  _: { core: { MathItem: { STATE: { COMPILED: number } } } };
}

const mathjax = await loadMathJax<Loaded>({
  loader: { load: texComponents },
  tex: texOptions,
  startup: { typeset: false },
});

/** Reads one formula in display style. Throws {@link LatexError}. */
export const readLatex = (latex: string): MathNode => {
  if (latex.length > LONGEST_LATEX) {
    throw new LatexError(`longer than ${LONGEST_LATEX} characters`, latex);
  }
  try {
    const root = mathjax.startup.document.convert(latex, {
      display: true,
      end: mathjax._.core.MathItem.STATE.COMPILED,
    });
    root.setTeXclass(null);
    return root;
  } catch (error) {
    throw asLatexError(error, latex);
  }
};
