import type { Topic } from '../../bank/index.ts';
import type { Locale } from '../../compute/index.ts';
import { markdownToDiscord } from '../../figures/text.ts';
import type { Messages } from '../../i18n/index.ts';
import { customId } from '../custom-id.ts';
import { accent, buttons, card, escape, line, text, type View } from './message.ts';
import { heading, inDiscord, small } from './text.ts';

/** Room for a page of a lesson beside its title and buttons. */
const PAGE_CHARACTERS = 3200;

/** A topic as one would explain it in two minutes; the corrections to the notes are on its last pages. */
export function lessonView(topic: Topic, page: number, locale: Locale, messages: Messages): View {
  const pages = pagesOf(lessonText(topic, locale, messages));
  const shown = Math.min(Math.max(1, page), pages.length);
  return card(
    accent.neutral,
    text(heading(topic.title[locale])),
    text(pages[shown - 1]!),
    line(),
    text(
      small(
        [
          messages.explain.questions(topic.questions.length),
          pages.length > 1 && messages.explain.page(shown, pages.length),
        ]
          .filter((part) => typeof part === 'string')
          .join(' · '),
      ),
    ),
    ...buttons(
      shown > 1 && { id: customId('explain', topic.slug, shown - 1), label: messages.leaderboard.previous },
      shown < pages.length && {
        id: customId('explain', topic.slug, shown + 1),
        label: messages.leaderboard.next,
      },
      { id: customId('practise', topic.slug), label: messages.explain.practise, style: 'primary' },
    ),
  );
}

function lessonText(topic: Topic, locale: Locale, { explain, verdict }: Messages): string {
  const lesson = markdownToDiscord(topic.lesson[locale]);
  if (topic.errata.length === 0) return lesson;
  const errata = topic.errata.map(
    ({ id, notes, right, source }) =>
      `**${id}** ${explain.erratum(inDiscord(notes, locale), inDiscord(right, locale))}\n${small(`${verdict.sources}: ${escape(source)}`)}`,
  );
  return `${lesson}\n\n**${explain.errata}**\n\n${errata.join('\n\n')}`;
}

/** Splits at blank lines, so that no formula or list is torn. */
function pagesOf(content: string): string[] {
  const pages: string[] = [];
  let page = '';
  for (const paragraph of content.split(/\n{2,}/)) {
    if (page !== '' && page.length + paragraph.length + 2 > PAGE_CHARACTERS) {
      pages.push(page);
      page = '';
    }
    page += page === '' ? paragraph : `\n\n${paragraph}`;
  }
  return page === '' ? pages : [...pages, page];
}
