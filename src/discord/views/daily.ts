import type { Figure } from '../../figures/index.ts';
import { markdownToDiscord } from '../../figures/text.ts';
import { longDate, percent, type Messages } from '../../i18n/index.ts';
import type { DailyPost, Reveal } from '../../quiz/daily.ts';
import { customId } from '../custom-id.ts';
import type { Context } from './context.ts';
import { LETTERS } from './ask.ts';
import {
  accent,
  buttons,
  card,
  escape,
  line,
  picture,
  text,
  when,
  type Block,
  type View,
} from './message.ts';
import { bar, heading, inDiscord, small, traits } from './text.ts';
import { isRight } from './verdict.ts';

/** The public post: what the question is about and how many have answered, never the question's own numbers. */
export function dailyView(post: DailyPost, answered: number, closesAt: string, context: Context): View {
  const { daily, server } = post;
  const { messages, locale } = context;
  return card(
    accent.neutral,
    server.role_id !== null && text(`<@&${server.role_id}>`),
    text(heading(messages.daily.title(longDate(daily.local_date, locale)))),
    text(`${topicLine(post, context)}\n${messages.daily.invitation}`),
    text(small(`${messages.daily.answered(answered)} · ${messages.daily.closes(when(closesAt))}`)),
    ...buttons({ id: dailyButton(daily), label: messages.daily.answer, style: 'primary' }),
  );
}

/** What the post becomes when it closes: the distribution, the mistakes, the explanation, who keeps a streak. */
export function revealView(post: DailyPost, reveal: Reveal, context: Context): View {
  const { daily, question } = post;
  const { messages, locale } = context;
  const { variant } = reveal;
  const rows = distributionOf(post, reveal, context);
  const mistakes = reveal.mistakes.slice(0, 3).flatMap(({ id, count }) => {
    const says = variant.mistakes.find((mistake) => mistake.id === id)?.says;
    return says ? [`- ${inDiscord(says, locale)} (${count})`] : [];
  });
  return card(
    accent.quiet,
    text(heading(messages.daily.title(longDate(daily.local_date, locale)))),
    text(topicLine(post, context)),
    text(inDiscord(variant.prompt, locale)),
    line(),
    text(`**${messages.daily.distribution}**\n${distribution(rows, messages)}`),
    reveal.answered > 0 && picture('distribution', drawDistribution(post, rows, context)),
    mistakes.length > 0 && text(`**${messages.daily.topMistakes}**\n${mistakes.join('\n')}`),
    text(`**${messages.daily.explanation}**\n${inDiscord(variant.explanation, locale)}`),
    Object.keys(variant.params).length > 0 && text(small(messages.daily.example)),
    text(small(messages.verdict.sources(question.content.sources.map(escape).join('; ')))),
    ...streaks(reveal, messages),
    text(
      small(
        reveal.answered > 0
          ? `${messages.daily.closed} · ${messages.daily.answered(reveal.answered)}`
          : messages.daily.closed,
      ),
    ),
    ...buttons({ id: dailyButton(daily), label: messages.daily.practise }),
  );
}

/** The button names the daily; a post of unknown fate is recognised by it. */
export const dailyButton = ({ guild_id, local_date }: DailyPost['daily']): string =>
  customId('daily', guild_id, local_date);

const topicLine = ({ question }: DailyPost, { epoch, locale, messages }: Context): string =>
  traits(question, epoch.bank, locale, messages);

interface Share {
  readonly key?: string;
  readonly label: string;
  readonly count: number;
  readonly share: number;
  readonly right: boolean;
}

/** How often each option was chosen; where there are none, how many were right, partly right and wrong. */
function distributionOf({ question }: DailyPost, reveal: Reveal, { locale, messages }: Context): Share[] {
  const { variant, answered, outcomes } = reveal;
  if (answered === 0) return [];
  if (question.kind === 'choice' || question.kind === 'multi') {
    return variant.options.map(({ text: label }, index) => {
      const count = reveal.options[index] ?? 0;
      return {
        key: LETTERS[index]!,
        label: label[locale],
        count,
        share: count / answered,
        right: isRight(variant, index),
      };
    });
  }
  return (['correct', 'partial', 'wrong'] as const).map((outcome) => ({
    label: messages.outcomes[outcome],
    count: outcomes[outcome],
    share: outcomes[outcome] / answered,
    right: outcome === 'correct',
  }));
}

const distribution = (rows: readonly Share[], { daily }: Messages): string =>
  rows.length === 0
    ? daily.nobody
    : rows
        .map(
          ({ label, count, share, right }) =>
            `\`${bar(share)}\` ${count} · ${right ? '✅ ' : ''}${markdownToDiscord(label)}`,
        )
        .join('\n');

const drawDistribution = (
  { daily }: DailyPost,
  rows: readonly Share[],
  { draw, locale, messages }: Context,
): Promise<Figure | undefined> =>
  draw('distribution', {
    title: messages.daily.title(longDate(daily.local_date, locale)),
    subtitle: messages.daily.distribution,
    rows: rows.map(({ count, share, ...row }) => ({
      ...row,
      share,
      text: `${count} · ${percent(share, locale)}`,
    })),
    legend: { right: messages.outcomes.correct },
  });

function streaks({ streaks }: Reveal, { daily, list }: Messages): Block[] {
  if (streaks.length === 0) return [];
  const names = streaks.map(({ name, days }) => daily.streakOf(escape(name), days));
  return [text(`🔥 ${daily.streaks(list(names))}`)];
}
