import { draw, type Bank } from '../../bank/index.ts';
import type { Locale } from '../../compute/index.ts';
import type { Messages } from '../../i18n/index.ts';
import type { Reported } from '../../quiz/report.ts';
import { customId } from '../custom-id.ts';
import { accent, buttons, card, clip, escape, line, text, type View } from './message.ts';
import { heading, inDiscord, plain, topicTitle } from './text.ts';

/** As many as fit into one message with their buttons. */
const SHOWN = 5;
const REASONS = 3;

/** The queue of reported questions, those reported most often first. */
export function reportsView(
  reported: readonly Reported[],
  bank: Bank,
  locale: Locale,
  { report }: Messages,
  notice?: string,
): View {
  return card(
    accent.neutral,
    notice !== undefined && text(`✅ ${notice}`),
    text(heading(report.queue)),
    reported.length === 0 && text(report.empty),
    ...reported
      .slice(0, SHOWN)
      .flatMap((item) => [
        line(),
        text(itemText(item, bank, locale, report)),
        ...buttons(
          { id: customId('resolve', item.id), label: report.resolve, style: 'success' },
          { id: customId('hide', item.id), label: report.hide, style: 'danger' },
        ),
      ]),
  );
}

function itemText(
  { questionId, count, reasons }: Reported,
  bank: Bank,
  locale: Locale,
  report: Messages['report'],
): string {
  const question = bank.questions.get(questionId);
  const about = question
    ? `**${topicTitle(bank, question.topic, locale)}** · ${clip(plain(inDiscord(draw(question, 1).prompt, locale)), 200)}`
    : `**${questionId}**`;
  const said = reasons.slice(0, REASONS).map((reason) => `> ${escape(clip(reason, 200))}`);
  return [`${about}\n-# \`${questionId}\` · ${report.count(count)}`, ...said].join('\n');
}
