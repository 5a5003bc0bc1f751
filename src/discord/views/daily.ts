import type { Locale } from '../../compute/index.ts';
import { longDate, type Messages } from '../../i18n/index.ts';
import type { DailyPost, Reveal } from '../../quiz/daily.ts';
import type { Epoch } from '../../quiz/epoch.ts';
import { customId } from '../custom-id.ts';
import { accent, buttons, card, escape, line, text, when, type Block, type View } from './message.ts';
import { bar, heading, inDiscord, small, traits } from './text.ts';
import { isRight } from './verdict.ts';

export interface PostContext {
  readonly epoch: Epoch;
  readonly locale: Locale;
  readonly messages: Messages;
}

/** The public post: what the question is about and how many have answered, never the question's own numbers. */
export function dailyView(post: DailyPost, answered: number, closesAt: string, context: PostContext): View {
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
export function revealView(post: DailyPost, reveal: Reveal, context: PostContext): View {
  const { daily, question } = post;
  const { messages, locale } = context;
  const { variant } = reveal;
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
    text(`**${messages.daily.distribution}**\n${distribution(post, reveal, context)}`),
    mistakes.length > 0 && text(`**${messages.daily.topMistakes}**\n${mistakes.join('\n')}`),
    text(`**${messages.daily.explanation}**\n${inDiscord(variant.explanation, locale)}`),
    Object.keys(variant.params).length > 0 && text(small(messages.daily.example)),
    text(small(`${messages.verdict.sources}: ${question.content.sources.map(escape).join('; ')}`)),
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

const topicLine = ({ question }: DailyPost, { epoch, locale, messages }: PostContext): string =>
  traits(question, epoch.bank, locale, messages);

function distribution({ question }: DailyPost, reveal: Reveal, { locale, messages }: PostContext): string {
  if (reveal.answered === 0) return messages.daily.nobody;
  const row = (label: string, count: number) => `\`${bar(count / reveal.answered)}\` ${count} · ${label}`;
  if (question.kind === 'choice' || question.kind === 'multi') {
    const { variant } = reveal;
    return variant.options
      .map((option, index) =>
        row(
          `${isRight(variant, index) ? '✅ ' : ''}${inDiscord(option.text, locale)}`,
          reveal.options[index] ?? 0,
        ),
      )
      .join('\n');
  }
  return (['correct', 'partial', 'wrong'] as const)
    .map((outcome) => row(messages.outcomes[outcome], reveal.outcomes[outcome]))
    .join('\n');
}

function streaks({ streaks }: Reveal, { daily, list }: Messages): Block[] {
  if (streaks.length === 0) return [];
  const names = streaks.map(({ name, days }) => daily.streakOf(escape(name), days));
  return [text(`🔥 ${daily.streaks(list(names))}`)];
}
