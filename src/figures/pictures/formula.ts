import type { Canvas } from '@napi-rs/canvas';
import { createCard } from '../canvas.ts';
import type { FormulaData } from '../data.ts';
import { layoutFormula } from '../formula-layout.ts';
import { dark, light, PADDING, WIDTH } from '../theme.ts';

const SIZE = 24;

/** One formula in the middle of a card; a long one breaks into lines. Throws `LatexError`. */
export const drawFormula = async ({ latex, theme }: FormulaData): Promise<Canvas> => {
  const palette = theme === 'light' ? light : dark;
  const formula = await layoutFormula(latex, SIZE, true, WIDTH - 2 * PADDING);
  const height = Math.max(formula.ascent + formula.descent, SIZE) + 2 * PADDING;
  const { canvas, ctx } = createCard(height, palette);
  const top = (height - formula.ascent - formula.descent) / 2;
  formula.draw(ctx, (WIDTH - formula.width) / 2, top + formula.ascent, palette.ink);
  return canvas;
};
