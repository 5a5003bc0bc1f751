/** LaTeX that cannot be read; the message is TeX's own, in English. */
export class LatexError extends Error {
  readonly latex: string;

  constructor(message: string, latex: string) {
    super(message);
    this.name = 'LatexError';
    this.latex = latex;
  }
}

/** TeX's own errors are no `Error`, but have a message all the same; deep nesting overflows the stack. */
export const asLatexError = (error: unknown, latex: string): LatexError =>
  new LatexError(
    error instanceof RangeError ? 'nested too deeply' : (error as { message: string }).message,
    latex,
  );

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
    // A real tag would want a column of its own at the edge of a page.
    tag: ['\\qquad\\text{(#1)}', 1],
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
