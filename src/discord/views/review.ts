import type { Locale } from '../../compute/index.ts';
import { longDate, type Messages } from '../../i18n/index.ts';
import type { Forecast } from '../../study/index.ts';
import { accent, card, line, text, type View } from './message.ts';
import { bar } from './text.ts';

/** How many cards fall due on each of the next days, for when there is nothing to review now. */
export function forecastView(forecast: Forecast, why: string, locale: Locale, { review }: Messages): View {
  const most = Math.max(1, ...forecast.days.map(({ due }) => due));
  const coming = forecast.days.filter(({ due }) => due > 0);
  const rows = coming.map(({ date, due }) => `\`${bar(due / most)}\` ${longDate(date, locale)} · ${due}`);
  return card(
    accent.neutral,
    text(why),
    rows.length > 0 && line(),
    rows.length > 0 && text(`**${review.ahead}**\n${rows.join('\n')}`),
  );
}
