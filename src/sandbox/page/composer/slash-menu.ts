import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTexts } from '../texts.ts';
import type { CommandEntry } from './catalogue.ts';

export const entryId = (index: number): string => `command-${index}`;

/** The commands that match what is typed after the slash. */
export const SlashMenu = (props: {
  query: string;
  entries: readonly CommandEntry[];
  /** There are no commands at all. */
  empty: boolean;
  active: number;
  onPick: (entry: CommandEntry) => void;
  onHover: (index: number) => void;
}) => {
  const { query, entries, empty, active, onPick, onHover } = props;
  const texts = useTexts();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, entries]);
  const title = query === '' ? texts.commands : texts.commandsMatching(query);
  return h(
    'div',
    { class: 'menu' },
    h('div', { class: 'menu-title' }, h('span', null, title), h('kbd', null, texts.menuHint)),
    entries.length === 0
      ? h('p', { class: 'hint', role: 'status' }, empty ? texts.noneRegistered : texts.noCommands)
      : h(
          'div',
          {
            ref: list,
            id: 'slash-menu',
            class: 'menu-list',
            role: 'listbox',
            'aria-label': title,
            tabIndex: 0,
          },
          entries.map((entry, index) =>
            h(
              'div',
              {
                key: entry.name,
                id: entryId(index),
                class: 'menu-entry',
                role: 'option',
                'aria-selected': index === active,
                onPointerDown: (event: PointerEvent) => event.preventDefault(),
                onPointerMove: () => onHover(index),
                onClick: () => onPick(entry),
              },
              h(
                'span',
                { class: 'menu-name' },
                h('strong', null, `/${entry.label}`),
                entry.options.map((option) =>
                  h(
                    'span',
                    {
                      key: option.name,
                      class: option.required ? 'menu-option menu-option-required' : 'menu-option',
                    },
                    option.label,
                  ),
                ),
              ),
              h('small', null, entry.description),
            ),
          ),
        ),
  );
};
