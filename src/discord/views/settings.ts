import type { Bank } from '../../bank/index.ts';
import type { Locale } from '../../compute/index.ts';
import { localeOf, type Messages } from '../../i18n/index.ts';
import type { ServerRow } from '../../storage/schema.ts';
import { accent, card, text, when, type View } from './message.ts';
import { heading, topicTitle } from './text.ts';

/** A server's settings; `notice` says what has just changed. */
export function settingsView(
  server: ServerRow,
  bank: Bank,
  locale: Locale,
  { settings, languages, list }: Messages,
  notice?: string,
): View {
  const topics = (JSON.parse(server.topics) as string[]).map((slug) => topicTitle(bank, slug, locale));
  const levels = (JSON.parse(server.levels) as number[]).map(String);
  return card(
    accent.neutral,
    notice !== undefined && text(notice),
    text(heading(settings.title)),
    text(
      [
        settings.state(server.paused_at === null ? settings.running : settings.paused),
        settings.channel(server.channel_id === null ? settings.notSet : `<#${server.channel_id}>`),
        settings.time(server.daily_time ?? settings.notSet, server.zone),
        settings.language(languages[localeOf(server.locale)]),
        settings.role(server.role_id === null ? settings.none : `<@&${server.role_id}>`),
        settings.topics(topics.length === 0 ? settings.all : list(topics)),
        settings.levels(levels.length === 0 ? settings.all : list(levels)),
        settings.season(server.season),
        ...(server.next_at === null ? [] : [settings.next(when(server.next_at))]),
      ].join('\n'),
    ),
  );
}
