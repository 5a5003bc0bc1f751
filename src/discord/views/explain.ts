import type { Topic } from '../../bank/index.ts';
import type { Locale } from '../../compute/index.ts';
import { markdownToDiscord } from '../../figures/text.ts';
import type { Messages } from '../../i18n/index.ts';
import { customId } from '../custom-id.ts';
import type { Context } from './context.ts';
import { displayFormulas } from './formulas.ts';
import { accent, buttons, card, line, text, type View } from './message.ts';
import { heading, small } from './text.ts';

/** Room for a page of a lesson beside its title and buttons. */
const PAGE_CHARACTERS = 3200;

/** A topic as one would explain it in two minutes; the corrections to the notes are on its last pages. */
export function lessonView(topic: Topic, page: number, context: Context): View {
  const { locale, messages } = context;
  const pages = pagesOf(lessonText(topic, locale, messages));
  const shown = Math.min(Math.max(1, Math.trunc(page) || 1), pages.length);
  const markdown = pages[shown - 1]!;
  return card(
    accent.neutral,
    text(heading(topic.title[locale])),
    text(markdownToDiscord(markdown)),
    ...displayFormulas(markdown, context),
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
  if (topic.errata.length === 0) return topic.lesson[locale];
  const errata = topic.errata.map(
    ({ id, notes, right, source }) =>
      `**${id}** ${explain.erratum(notes[locale], right[locale])}\n${small(verdict.sources(source))}`,
  );
  return `${topic.lesson[locale]}\n\n**${explain.errata}**\n\n${errata.join('\n\n')}`;
}

/** Splits at blank lines, so that no formula or list is torn. */
function pagesOf(markdown: string): string[] {
  const pages: string[] = [];
  let page = '';
  for (const paragraph of markdown.split(/\n{2,}/)) {
    const longer = page === '' ? paragraph : `${page}\n\n${paragraph}`;
    if (page !== '' && markdownToDiscord(longer).length > PAGE_CHARACTERS) {
      pages.push(page);
      page = paragraph;
    } else {
      page = longer;
    }
  }
  return page === '' ? pages : [...pages, page];
}
