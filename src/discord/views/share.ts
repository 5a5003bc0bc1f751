import { longDate, type Messages } from '../../i18n/index.ts';
import type { Locale } from '../../compute/index.ts';
import type { Grid } from '../../quiz/after.ts';
import { accent, card, escape, text, type View } from './message.ts';

const squares = { correct: '🟩', partial: '🟨', wrong: '🟥' };

/** What a learner shows of the daily: a square for each of the last ones, nothing about the question. */
export function shareView(grid: Grid, name: string, locale: Locale, { share }: Messages): View {
  const date = grid.days.at(-1)?.date;
  const row = grid.days.map(({ outcome }) => (outcome === null ? '⬛' : squares[outcome])).join('');
  const streak = grid.streak > 1 ? ` 🔥 ${share.streak(grid.streak)}` : '';
  return card(
    accent.neutral,
    text(
      `**${share.title(escape(name), date === undefined ? '' : longDate(date, locale))}**\n${row}${streak}`,
    ),
  );
}
