import type { Bank, Kind } from '../../bank/index.ts';
import type { Locale, Text } from '../../compute/index.ts';
import { markdownToDiscord } from '../../figures/text.ts';
import type { Messages } from '../../i18n/index.ts';

/** One of our texts in the reader's language, as Discord's markdown, formulas as readable text. */
export const inDiscord = (text: Text, locale: Locale): string => markdownToDiscord(text[locale]);

/** Discord's markdown as it reads where Discord shows none: labels of menus and buttons. */
export const plain = (markdown: string): string =>
  markdown
    .replaceAll(/\\([\\_*~|`>#])|[*`]/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** A heading inside a card. */
export const heading = (title: string): string => `### ${title}`;

/** Small print. */
export const small = (content: string): string => `-# ${content}`;

/** A share of a whole as a bar of ten characters, for where there is no picture. */
export function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * 10);
  return '█'.repeat(filled) + '░'.repeat(10 - filled);
}

/** What a question is, in one line: topic, level, kind. */
export const traits = (
  { topic, level, kind }: { readonly topic: string; readonly level: number; readonly kind: Kind },
  bank: Bank,
  locale: Locale,
  messages: Messages,
): string => `**${topicTitle(bank, topic, locale)}** · ${messages.level(level)} · ${messages.kinds[kind]}`;

/** A topic's title; its slug, should the bank no longer have it. */
export const topicTitle = ({ topics }: Bank, slug: string, locale: Locale): string =>
  topics.find((topic) => topic.slug === slug)?.title[locale] ?? slug;
