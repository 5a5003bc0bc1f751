import type { Locale } from '../compute/operation.ts';
import { enUS } from './en-US.ts';
import { zhCN, type Messages } from './zh-CN.ts';

export type { HelpTopic, Messages } from './zh-CN.ts';

const messages: Readonly<Record<Locale, Messages>> = { 'zh-CN': zhCN, 'en-US': enUS };

export const messagesIn = (locale: Locale): Messages => messages[locale];

/** The language for a Discord locale: zh-* is zh-CN, everything else en-US. */
export const localeOf = (discordLocale: string): Locale => (/^zh\b/i.test(discordLocale) ? 'zh-CN' : 'en-US');

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<F extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  const known = formats.get(key);
  if (known) return known as F;
  const format = make();
  formats.set(key, format);
  return format;
}

/** A share such as 0.923 as `92%`. */
export const percent = (share: number, locale: Locale): string =>
  cached(`percent ${locale}`, () => new Intl.NumberFormat(locale, { style: 'percent' })).format(share);

/** A local date `YYYY-MM-DD` as people write it: `11月24日`, `November 24`. */
export const longDate = (localDate: string, locale: Locale): string =>
  cached(
    `date ${locale}`,
    () => new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' }),
  ).format(new Date(`${localDate}T00:00:00Z`));

/** A local date in its shortest form: `11/24`. */
export const shortDate = (localDate: string, locale: Locale): string =>
  cached(
    `short ${locale}`,
    () => new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', timeZone: 'UTC' }),
  ).format(new Date(`${localDate}T00:00:00Z`));

const inUtc = (locale: Locale, part: 'weekday' | 'month', dates: readonly number[]): string[] => {
  const format = new Intl.DateTimeFormat(locale, {
    [part]: part === 'weekday' && locale === 'zh-CN' ? 'narrow' : 'short',
    timeZone: 'UTC',
  });
  return dates.map((date) => format.format(date));
};

/** Monday first, short. */
export const weekdayNames = (locale: Locale): string[] =>
  inUtc(
    locale,
    'weekday',
    Array.from({ length: 7 }, (_, day) => Date.UTC(2024, 0, 1 + day)),
  );

/** January first, short. */
export const monthNames = (locale: Locale): string[] =>
  inUtc(
    locale,
    'month',
    Array.from({ length: 12 }, (_, month) => Date.UTC(2024, month, 1)),
  );
