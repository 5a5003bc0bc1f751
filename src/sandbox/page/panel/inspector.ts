/** What goes over the wire, what can be broken, and what time it is. */
import { h } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { resetView } from '../actions.ts';
import { useStore } from '../store.ts';
import { useTexts } from '../texts.ts';
import { Clock } from './clock.ts';
import { Faults } from './faults.ts';
import { Log } from './log.ts';

const tabs = { log: Log, faults: Faults, clock: Clock } as const;
type Tab = keyof typeof tabs;
const names = Object.keys(tabs) as Tab[];

export const Inspector = () => {
  const texts = useTexts();
  const faults = useStore((state) => state.world.faults.length);
  const [open, setOpen] = useState<Tab>('log');
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = names[(names.indexOf(open) + step + names.length) % names.length]!;
    setOpen(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return h(
    'div',
    { class: 'inspector' },
    h(
      'div',
      { ref: list, class: 'tabs', role: 'tablist', 'aria-label': texts.inspector, onKeyDown },
      names.map((name) =>
        h(
          'button',
          {
            key: name,
            id: `tab-${name}`,
            type: 'button',
            role: 'tab',
            'aria-selected': name === open,
            'aria-controls': 'tab-panel',
            tabIndex: name === open ? 0 : -1,
            onClick: () => setOpen(name),
          },
          texts[name],
          name === 'faults' && faults > 0 ? h('span', { class: 'badge' }, faults) : null,
        ),
      ),
    ),
    h(
      'div',
      { id: 'tab-panel', class: 'tab-panel', role: 'tabpanel', 'aria-labelledby': `tab-${open}` },
      h(tabs[open], null),
    ),
    h(
      'footer',
      { class: 'panel-foot' },
      h('button', { type: 'button', class: 'text-button', onClick: resetView }, texts.resetView),
    ),
  );
};
