/** Times as the page shows them: the sandbox's clock, in the reader's zone and language. */
import { useEffect, useState } from 'preact/hooks';
import { getState } from './store.ts';
import type { Texts, UiLocale } from './texts.ts';

/** The sandbox's present, in milliseconds. */
export const virtualNow = (): number => Date.now() + getState().world.clock.offsetMs;

/** Redraws now and then, for times relative to the present. */
export const useTick = (everyMs: number): void => {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
};

const format = (time: number, locale: UiLocale, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, options).format(time);

export const clockTime = (time: number, locale: UiLocale): string =>
  format(time, locale, { hour: '2-digit', minute: '2-digit', hour12: false });

export const longDate = (time: number, locale: UiLocale): string =>
  format(time, locale, { dateStyle: 'long' });

export const fullTime = (time: number, locale: UiLocale): string =>
  format(time, locale, { dateStyle: 'full', timeStyle: 'short' });

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** `Today at 09:00`, as beside an author's name. */
export const messageTime = (time: number, now: number, locale: UiLocale, texts: Texts): string => {
  const clock = clockTime(time, locale);
  const days = Math.round((startOfDay(now) - startOfDay(time)) / 86_400_000);
  if (days === 0) return texts.today(clock);
  if (days === 1) return texts.yesterday(clock);
  return `${format(time, locale, { dateStyle: 'short' })} ${clock}`;
};

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

export const relativeTime = (time: number, now: number, locale: UiLocale): string => {
  const distance = time - now;
  const [unit, length] = units.find(([, ms]) => Math.abs(distance) >= ms) ?? units.at(-1)!;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(distance / length), unit);
};

const styles: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** Discord's `<t:SECONDS:STYLE>`. */
export const timestampText = (time: number, style: string, now: number, locale: UiLocale): string =>
  style === 'R' ? relativeTime(time, now, locale) : format(time, locale, styles[style] ?? styles['f']!);
