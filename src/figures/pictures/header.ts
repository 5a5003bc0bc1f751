import { write, type Context } from '../canvas.ts';
import { PADDING, SIZE, WIDTH, type Palette } from '../theme.ts';

/** The height that {@link drawHeader} takes, padding above included. */
export const headerHeight = (subtitle: string | undefined): number =>
  PADDING + SIZE.title + (subtitle === undefined ? 18 : 42);

/** Title and subtitle of a card; `room` is what stands at the right of the title. */
export const drawHeader = (
  ctx: Context,
  palette: Palette,
  title: string,
  subtitle: string | undefined,
  width = WIDTH,
  room = 0,
): void => {
  const most = width - 2 * PADDING;
  write(
    ctx,
    title,
    PADDING,
    PADDING + SIZE.title * 0.86,
    { size: SIZE.title, weight: 'bold', color: palette.ink },
    most - room,
  );
  if (subtitle !== undefined) {
    write(ctx, subtitle, PADDING, PADDING + SIZE.title + 21, { size: SIZE.label, color: palette.soft }, most);
  }
};
