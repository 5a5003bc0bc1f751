import type { Locale } from '../../compute/index.ts';
import { percent, type Messages } from '../../i18n/index.ts';
import type { Leaderboard, Place } from '../../quiz/leaderboard.ts';
import { ACCURACY_MINIMUM } from '../../storage/score.ts';
import { customId } from '../custom-id.ts';
import type { Context } from './context.ts';
import { accent, buttons, card, escape, line, picture, text, type View } from './message.ts';
import { heading, small } from './text.ts';

const medals = ['🥇', '🥈', '🥉'];

/** A page of a leaderboard, the reader's own place always below it. */
export function leaderboardView(board: Leaderboard, context: Context): View {
  const { locale, messages } = context;
  const { leaderboard } = messages;
  const { scope, period, by, page, pages } = board;
  const title = leaderboard.title(leaderboard.scopes[scope], leaderboard.periods[period], leaderboard.by[by]);
  const rows = board.places.map((place) => placeLine(place, board, locale, messages));
  const turn = (to: number) => customId('board', scope, period, by, to);
  return card(
    accent.neutral,
    text(heading(title)),
    text(rows.length > 0 ? rows.join('\n') : leaderboard.empty),
    rows.length > 0 && picture('leaderboard', drawBoard(board, title, context)),
    line(),
    text(ownLine(board, locale, messages)),
    text(small(footnotes(board, messages).join(' · '))),
    ...buttons(
      page > 1 && { id: turn(page - 1), label: leaderboard.previous },
      page < pages && { id: turn(page + 1), label: leaderboard.next },
    ),
  );
}

function drawBoard(board: Leaderboard, title: string, { draw, locale, messages }: Context) {
  const { places, own, page, pages, size } = board;
  const rowOf = (place: Place, name: string | null) => ({
    rank: place.rank,
    name: name ?? messages.leaderboard.someone,
    value: String(board.by === 'streak' ? place.streak : place.points),
    ...(board.by === 'streak' ? {} : { detail: percent(place.accuracy, locale), share: place.accuracy }),
    own: place.userId === own?.userId,
  });
  const onPage = places.some(({ userId }) => userId === own?.userId);
  return draw('leaderboard', {
    title,
    subtitle: `${messages.leaderboard.people(size)} · ${messages.leaderboard.page(page, pages)}`,
    rows: places.map((place) => rowOf(place, place.name)),
    ...(own && !onPage ? { below: rowOf(own, messages.leaderboard.yourself) } : {}),
  });
}

function placeLine(place: Place, board: Leaderboard, locale: Locale, messages: Messages): string {
  const own = place.userId === board.own?.userId;
  const name = escape(place.name ?? messages.leaderboard.someone);
  const mark = medals[place.rank - 1] ?? `${place.rank}.`;
  return `${mark} ${own ? `**${name}**` : name} · ${figures(place, board, locale, messages)}`;
}

const figures = (place: Place, board: Leaderboard, locale: Locale, { leaderboard }: Messages): string =>
  board.by === 'streak'
    ? leaderboard.streakRow(place.streak)
    : leaderboard.row(place.points, place.answered, percent(place.accuracy, locale));

function ownLine(board: Leaderboard, locale: Locale, messages: Messages): string {
  const { leaderboard } = messages;
  if (!board.own) return leaderboard.youAreNot;
  return `**${leaderboard.you(board.own.rank, board.size)}** · ${figures(board.own, board, locale, messages)}`;
}

function footnotes({ scope, by, page, pages }: Leaderboard, { leaderboard }: Messages): string[] {
  return [
    leaderboard.page(page, pages),
    ...(by === 'accuracy' ? [leaderboard.minimum(ACCURACY_MINIMUM)] : []),
    ...(scope === 'global' ? [leaderboard.optIn] : []),
  ];
}
