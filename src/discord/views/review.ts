import { longDate, shortDate, weekdayNames } from '../../i18n/index.ts';
import { weekday, type Forecast } from '../../study/index.ts';
import type { Context } from './context.ts';
import { accent, card, line, picture, text, type View } from './message.ts';
import { bar } from './text.ts';

/** How many cards fall due on each of the next days, for when there is nothing to review now. */
export function forecastView(forecast: Forecast, why: string, { draw, locale, messages }: Context): View {
  const { review } = messages;
  const most = Math.max(1, ...forecast.days.map(({ due }) => due));
  const coming = forecast.days.filter(({ due }) => due > 0);
  const rows = coming.map(({ date, due }) => `\`${bar(due / most)}\` ${longDate(date, locale)} · ${due}`);
  return card(
    accent.neutral,
    text(why),
    rows.length > 0 && line(),
    rows.length > 0 && text(`**${review.ahead}**\n${rows.join('\n')}`),
    rows.length > 0 &&
      picture(
        'forecast',
        draw('forecast', {
          title: review.ahead,
          days: forecast.days.map(({ date, due }, index) => ({
            label: dayLabel(date, index, locale),
            weekday: weekdayNames(locale)[weekday(date) - 1]!,
            count: due,
            today: index === 0,
          })),
          ...(forecast.backlog > 0 ? { backlog: { label: review.backlog, count: forecast.backlog } } : {}),
        }),
      ),
  );
}

/** The day of the month; with the month where one begins. */
const dayLabel = (date: string, index: number, locale: Context['locale']): string =>
  index === 0 || date.endsWith('-01') ? shortDate(date, locale) : String(Number(date.slice(-2)));
