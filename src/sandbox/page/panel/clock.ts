import { h } from 'preact';
import { attempt } from '../actions.ts';
import { api } from '../api.ts';
import { useStore } from '../store.ts';
import { useLocale, useTexts, type Texts } from '../texts.ts';
import { useTick, virtualNow } from '../time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const distance = (ms: number, texts: Texts): string => {
  const parts = [
    ms >= DAY ? texts.days(Math.floor(ms / DAY)) : '',
    ms % DAY >= HOUR ? texts.hours(Math.floor((ms % DAY) / HOUR)) : '',
    ms % HOUR >= MINUTE ? texts.minutes(Math.floor((ms % HOUR) / MINUTE)) : '',
  ];
  return parts.filter(Boolean).join(' ');
};

export const Clock = () => {
  const texts = useTexts();
  const locale = useLocale();
  const { offsetMs } = useStore((state) => state.world.clock);
  useTick(1000);
  const now = virtualNow();
  const steps: [string, number][] = [
    [texts.plusMinute, MINUTE],
    [texts.plusHour, HOUR],
    [texts.nextDay, DAY],
  ];
  const show = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options).format(now);
  return h(
    'div',
    { class: 'panel-scroll' },
    h('p', { class: 'hint' }, texts.clockText),
    h(
      'div',
      { class: 'clock-face' },
      h(
        'time',
        { class: 'clock-time', dateTime: new Date(now).toISOString() },
        show({ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }),
      ),
      h('span', null, show({ dateStyle: 'full' })),
      h('small', null, offsetMs >= MINUTE ? texts.ahead(distance(offsetMs, texts)) : texts.realTime),
    ),
    h(
      'div',
      { class: 'button-grid button-grid-3' },
      steps.map(([title, ms]) =>
        h(
          'button',
          {
            key: title,
            type: 'button',
            class: ms === DAY ? 'button button-primary' : 'button button-secondary',
            onClick: () => void attempt(() => api.advanceClock(ms)),
          },
          title,
        ),
      ),
    ),
  );
};
