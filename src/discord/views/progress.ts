import type { Locale } from '../../compute/index.ts';
import { longDate, percent, type Messages } from '../../i18n/index.ts';
import type { Epoch } from '../../quiz/epoch.ts';
import type { Progress } from '../../quiz/progress.ts';
import { customId } from '../custom-id.ts';
import { accent, buttons, card, escape, line, text, type View } from './message.ts';
import { bar, heading, topicTitle } from './text.ts';

/** How a learner is doing: totals, streak, topics and the last days. `own` adds what only they can act on. */
export function progressView(
  progress: Progress,
  { name, own }: { name: string; own: boolean },
  { epoch, locale, messages }: { epoch: Epoch; locale: Locale; messages: Messages },
): View {
  const { totals, streak, topics, days, due, weakest } = progress;
  const title = text(heading(messages.progress.title(escape(name))));
  if (totals.answered === 0) return card(accent.neutral, title, text(messages.progress.nothing));
  const named = (slug: string) => topicTitle(epoch.bank, slug, locale);
  const topicLines = topics.map(({ topic, answered, correct }) => {
    const accuracy = correct / answered;
    return `\`${bar(accuracy)}\` ${messages.progress.topic(named(topic), answered, percent(accuracy, locale))}`;
  });
  const calendar = days.map(({ answered, correct }) => square(answered, correct)).join('');
  const span = `${longDate(days[0]!.day, locale)} – ${longDate(days.at(-1)!.day, locale)}`;
  return card(
    accent.neutral,
    title,
    text(
      [
        messages.progress.totals(totals.answered, totals.right, totals.points),
        streak && `🔥 ${messages.progress.streak(streak.current, streak.longest, streak.freezes)}`,
        own && due > 0 && messages.progress.due(due),
      ]
        .filter((part) => typeof part === 'string')
        .join('\n'),
    ),
    line(),
    text(`**${messages.progress.topics}**\n${topicLines.join('\n')}`),
    text(`**${messages.progress.days}** (${span})\n${calendar}`),
    own && weakest !== undefined && text(messages.progress.weakest(named(weakest.topic))),
    ...buttons(
      own &&
        weakest !== undefined && {
          id: customId('practise', weakest.topic),
          label: messages.progress.practise,
          style: 'primary',
        },
    ),
  );
}

/** A day: nothing answered, mostly wrong, mixed, mostly right. */
function square(answered: number, correct: number): string {
  if (answered === 0) return '⬛';
  const accuracy = correct / answered;
  if (accuracy < 0.4) return '🟥';
  return accuracy < 0.8 ? '🟨' : '🟩';
}
