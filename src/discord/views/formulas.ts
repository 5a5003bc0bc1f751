import { displayFormulasOf } from '../../figures/text.ts';
import type { Context } from './context.ts';
import { picture, type Drawing } from './message.ts';

/** As many as a message should carry. */
const MOST = 6;

/** The display formulas of a text as pictures; their text twins stand in the text itself. */
export const displayFormulas = (markdown: string, { draw }: Pick<Context, 'draw'>): Drawing[] =>
  displayFormulasOf(markdown)
    .slice(0, MOST)
    .map((latex, index) => picture(`formula-${index + 1}`, draw('formula', { latex })));
