/** Requests of the bot and events to it, as they come. */
import { h, type ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import type { InspectorRecord } from '../../operator-api.ts';
import { clearLog } from '../actions.ts';
import { useStore } from '../store.ts';
import { useLocale, useTexts } from '../texts.ts';
import { Icon } from '../views/icons.ts';
import { Json } from './json.ts';

const SHOWN = 150;

const timeText = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(new Date(at));

/** Tokens and ids make a title unreadable; the record itself has them in full. */
const shortTitle = (title: string): string =>
  title.replaceAll(/[\w-]{40,}/g, '…').replaceAll(/\d{14,}(?=\d{4})/g, '…');

const statusClass = (status: number): string => (status < 300 ? 'good' : status < 500 ? 'warn' : 'bad');

const Data = ({ title, value }: { title: string; value: unknown }): ComponentChild | null =>
  value === null || value === undefined ? null : h('div', null, h('h3', null, title), h(Json, { value }));

const Row = ({ record }: { record: InspectorRecord }) => {
  const texts = useTexts();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const isDispatch = record.kind === 'dispatch';
  return h(
    'li',
    { class: `record record-${record.kind}` },
    h(
      'button',
      { type: 'button', class: 'record-title', 'aria-expanded': open, onClick: () => setOpen(!open) },
      h(Icon, { name: open ? 'down' : 'right', size: 14 }),
      h('span', { class: 'record-kind' }, texts[record.kind]),
      h('span', { class: 'record-name', title: record.title }, shortTitle(record.title)),
      record.fault === null ? null : h('span', { class: 'record-fault' }, record.fault),
      record.status === null
        ? null
        : h('span', { class: `record-status ${statusClass(record.status)}` }, record.status),
      h(
        'span',
        { class: 'record-time' },
        record.tookMs === null ? '' : `${record.tookMs.toFixed(record.tookMs < 10 ? 1 : 0)} ms · `,
        timeText(record.at, locale),
      ),
    ),
    open
      ? h(
          'div',
          { class: 'record-data' },
          h(Data, { title: isDispatch ? texts.receivedData : texts.sentData, value: record.sent }),
          h(Data, { title: texts.receivedData, value: record.received }),
        )
      : null,
  );
};

export const Log = () => {
  const texts = useTexts();
  const records = useStore((state) => state.records);
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const shown = records
    .filter((record) => wanted === '' || `${record.kind} ${record.title}`.toLowerCase().includes(wanted))
    .slice(-SHOWN)
    .toReversed();
  return h(
    'div',
    { class: 'log' },
    h(
      'div',
      { class: 'log-tools' },
      h('input', {
        type: 'search',
        class: 'text-input',
        placeholder: texts.filter,
        'aria-label': texts.filter,
        value: filter,
        onInput: (event) => setFilter(event.currentTarget.value),
      }),
      h('button', { type: 'button', class: 'button button-secondary', onClick: clearLog }, texts.clear),
    ),
    shown.length === 0
      ? h('p', { class: 'hint' }, texts.noRecords)
      : h(
          'ul',
          { class: 'records' },
          shown.map((record) => h(Row, { key: record.seq, record })),
        ),
  );
};
