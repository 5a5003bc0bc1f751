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

/** LaTeX that cannot be read; the message is TeX's own, in English. */
export class LatexError extends Error {
  readonly latex: string;

  constructor(message: string, latex: string) {
    super(message);
    this.name = 'LatexError';
    this.latex = latex;
  }
}

/** The longest formula that is read at all, in UTF-16 units. */
export const LONGEST_LATEX = 4000;

const extensions = ['ams', 'boldsymbol', 'cancel', 'color', 'configmacros', 'mathtools', 'textmacros'];

/**
 * What both the text twins and the pictures read. No `newcommand` (a definition would outlive its formula),
 * no `noundefined` and no `noerrors` (bad LaTeX must be an error, not red text).
 */
export const texComponents = ['input/tex-base', ...extensions.map((name) => `[tex]/${name}`)];
export const texOptions = {
  packages: ['base', ...extensions],
  macros: {
    bm: ['\\boldsymbol{#1}', 1],
    argmax: '\\operatorname*{arg\\,max}',
    argmin: '\\operatorname*{arg\\,min}',
  },
  formatError: (_jax: unknown, error: Error) => {
    throw error;
  },
};

/** MathJax's node build wants `require` and itself as globals while it loads; `require` is taken away again. */
export const loadMathJax = async <T>(config: object): Promise<T> => {
  const had = 'require' in globalThis;
  const { init } = await import('mathjax');
  const loaded = await init<T>(config);
  if (!had) Reflect.deleteProperty(globalThis, 'require');
  return loaded;
};

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
    // TeX's own errors are no Error, but have a message all the same.
    throw new LatexError((error as { message: string }).message, latex);
  }
};
