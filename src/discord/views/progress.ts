import { longDate, monthNames, percent, weekdayNames, type Messages } from '../../i18n/index.ts';
import type { Progress } from '../../quiz/progress.ts';
import { customId } from '../custom-id.ts';
import type { Context } from './context.ts';
import { accent, buttons, card, escape, line, picture, text, type View } from './message.ts';
import { bar, heading, topicTitle } from './text.ts';

const SHOWN_DAYS = 14;

/** How a learner is doing: totals, streak, topics and the last days. `own` adds what only they can act on. */
export function progressView(
  progress: Progress,
  { name, own }: { readonly name: string; readonly own: boolean },
  context: Context,
): View {
  const { epoch, locale, messages } = context;
  const { totals, topics, weakest } = progress;
  const title = text(heading(messages.progress.title(escape(name))));
  if (totals.answered === 0) return card(accent.neutral, title, text(messages.progress.nothing));
  const named = (slug: string) => topicTitle(epoch.bank, slug, locale);
  const topicLines = topics.map(({ topic, answered, correct }) => {
    const accuracy = correct / answered;
    return `\`${bar(accuracy)}\` ${messages.progress.topic(named(topic), answered, percent(accuracy, locale))}`;
  });
  return card(
    accent.neutral,
    title,
    text(summaryLines(progress, own, context).join('\n')),
    line(),
    text(`**${messages.progress.topics}**\n${topicLines.join('\n')}`),
    picture('readiness', drawReadiness(progress, context)),
    text(`**${messages.progress.days}**\n${recentDays(progress)}`),
    picture('calendar', drawCalendar(progress, context)),
    progress.weeks.length > 1 && picture('accuracy', drawAccuracy(progress, context)),
    own && text(messages.progress.weakest(messages.list(weakest.map(({ topic }) => named(topic))))),
    ...(own
      ? buttons(
          ...weakest.map(({ topic }, index) => ({
            id: customId('practise', topic),
            label: messages.progress.practise(named(topic)).slice(0, 80),
            style: index === 0 ? ('primary' as const) : ('secondary' as const),
          })),
        )
      : []),
  );
}

function summaryLines(
  { totals, streak, due, calibration }: Progress,
  own: boolean,
  context: Context,
): string[] {
  const { locale, messages } = context;
  const { progress } = messages;
  return [
    progress.totals(totals.answered, totals.right, totals.points),
    streak && `🔥 ${progress.streak(streak.current, streak.longest, streak.freezes)}`,
    own && due > 0 && progress.due(due),
    calibration && calibrationLine(calibration, locale, progress),
  ].filter((part) => typeof part === 'string');
}

function calibrationLine(
  { sure, unsure }: NonNullable<Progress['calibration']>,
  locale: Context['locale'],
  progress: Messages['progress'],
): string {
  const share = ({ answered, right }: { answered: number; right: number }) =>
    answered === 0 ? '–' : percent(right / answered, locale);
  return progress.calibration(share(sure), sure.answered, share(unsure), unsure.answered);
}

/** The last days as squares: nothing answered, mostly wrong, mixed, mostly right, kept by a freeze. */
const recentDays = ({ days, frozen }: Progress): string =>
  days
    .slice(-SHOWN_DAYS)
    .map(({ day, answered, correct }) => {
      if (answered === 0) return frozen.has(day) ? '🟦' : '⬛';
      const accuracy = correct / answered;
      if (accuracy < 0.4) return '🟥';
      return accuracy < 0.8 ? '🟨' : '🟩';
    })
    .join('');

const drawReadiness = ({ readiness }: Progress, { draw, epoch, locale, messages }: Context) =>
  draw('readiness', {
    title: messages.progress.readiness,
    rows: readiness.map((topic) => ({
      label: topicTitle(epoch.bank, topic.topic, locale),
      share: topic.attempted === 0 ? null : topic.readiness,
      text: topic.attempted === 0 ? '–' : percent(topic.readiness, locale),
    })),
  });

function drawCalendar({ days, frozen }: Progress, { draw, locale, messages }: Context) {
  const { progress } = messages;
  const active = days.filter(({ answered }) => answered > 0).length;
  return draw('heatmap', {
    title: progress.calendar,
    days: days.map(({ day, answered }) => ({
      date: day,
      level: intensity(answered),
      frozen: frozen.has(day),
    })),
    weekdays: weekdayNames(locale),
    months: monthNames(locale),
    legend: { less: progress.less, more: progress.more, frozen: progress.frozen },
    summary: progress.activeDays(active, days.length),
  });
}

const drawAccuracy = ({ weeks }: Progress, { draw, locale, messages }: Context) =>
  draw('line', {
    title: messages.progress.accuracy,
    subtitle: `${longDate(weeks[0]!.week, locale)} – ${longDate(weeks.at(-1)!.week, locale)}`,
    x: messages.progress.week,
    yRange: [0, 100],
    yUnit: '%',
    series: [
      {
        name: messages.progress.accuracy,
        points: weeks.map(({ accuracy }, index) => [index + 1, accuracy * 100] as const),
      },
    ],
  });

/** From none to many answers a day. */
function intensity(answered: number): 0 | 1 | 2 | 3 | 4 {
  if (answered === 0) return 0;
  if (answered <= 2) return 1;
  if (answered <= 5) return 2;
  return answered <= 10 ? 3 : 4;
}
