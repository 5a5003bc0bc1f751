import type { Canvas } from '@napi-rs/canvas';
import { layoutText } from '../blocks.ts';
import { box, createCard, fit, widthOf, write } from '../canvas.ts';
import type { QuestionData } from '../data.ts';
import { dark, PADDING, RADIUS, SIZE, WIDTH } from '../theme.ts';

const INNER = WIDTH - 2 * PADDING;
const CHIP = { height: 26, padding: 10, gap: 8 };
const OPTION = { padding: 10, badge: 26, gap: 8 };

interface Chip {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Words side by side, on as many lines as they need. */
const placeChips = (words: readonly string[]): Chip[] => {
  const chips: Chip[] = [];
  let x = 0;
  let y = 0;
  for (const word of words) {
    const text = fit(word, INNER - 2 * CHIP.padding, SIZE.small + 1);
    const width = widthOf(text, SIZE.small + 1) + 2 * CHIP.padding;
    if (x > 0 && x + width > INNER) {
      x = 0;
      y += CHIP.height + CHIP.gap;
    }
    chips.push({ text, x, y, width });
    x += width + CHIP.gap;
  }
  return chips;
};

/** A question, or any of our texts, set in type. Throws `LatexError`. */
export const drawQuestion = async (data: QuestionData): Promise<Canvas> => {
  const palette = dark;
  const style = { size: SIZE.body + 1, color: palette.ink, palette };
  const body = await layoutText(data.text, style, INNER);
  const options = await Promise.all(
    (data.options ?? []).map(async ({ key, text }) => ({
      key,
      block: await layoutText(
        text,
        { ...style, size: SIZE.body },
        INNER - 2 * OPTION.padding - OPTION.badge - 12,
        'left',
      ),
    })),
  );
  const chips = placeChips(data.meta ?? []);
  const chipsHeight = chips.length > 0 ? chips.at(-1)!.y + CHIP.height + 14 : 0;
  const title = data.title === undefined ? 0 : SIZE.title + 16;
  const optionHeights = options.map(({ block }) => Math.max(block.height, OPTION.badge) + 2 * OPTION.padding);
  const optionsHeight = optionHeights.reduce((sum, height) => sum + height + OPTION.gap, 0);
  const footer = data.footer === undefined ? 0 : SIZE.label + 18;
  const { canvas, ctx } = createCard(
    2 * PADDING + chipsHeight + title + body.height + (options.length > 0 ? 10 : 0) + optionsHeight + footer,
    palette,
  );
  let y = PADDING;
  for (const chip of chips) {
    box(ctx, PADDING + chip.x, y + chip.y, chip.width, CHIP.height, CHIP.height / 2, palette.raised);
    const style = { size: SIZE.small + 1, color: palette.soft };
    write(ctx, chip.text, PADDING + chip.x + CHIP.padding, y + chip.y + 18, style);
  }
  y += chipsHeight;
  if (data.title !== undefined) {
    write(
      ctx,
      data.title,
      PADDING,
      y + SIZE.title * 0.86,
      { size: SIZE.title, weight: 'bold', color: palette.ink },
      INNER,
    );
    y += title;
  }
  body.draw(ctx, PADDING, y);
  y += body.height + (options.length > 0 ? 10 : 0);
  for (const [index, { key, block }] of options.entries()) {
    const height = optionHeights[index]!;
    y += OPTION.gap;
    box(ctx, PADDING, y, INNER, height, RADIUS.row, palette.raised);
    const middle = y + height / 2;
    box(
      ctx,
      PADDING + OPTION.padding,
      middle - OPTION.badge / 2,
      OPTION.badge,
      OPTION.badge,
      7,
      palette.track,
    );
    write(ctx, key, PADDING + OPTION.padding + OPTION.badge / 2, middle + 5.5, {
      size: SIZE.label,
      weight: 'bold',
      color: palette.ink,
      align: 'center',
    });
    block.draw(ctx, PADDING + OPTION.padding + OPTION.badge + 12, middle - block.height / 2);
    y += height;
  }
  if (data.footer !== undefined) {
    write(ctx, data.footer, PADDING, y + 16 + SIZE.label, { size: SIZE.label, color: palette.faint }, INNER);
  }
  return canvas;
};
