/** A list to choose from; whoever holds the focus points into it with aria-activedescendant. */
import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from '../views/avatar.ts';
import { Icon } from '../views/icons.ts';
import { roleStyle } from '../world.ts';
import type { Choice } from './choices.ts';

export const choiceId = (listId: string, index: number): string => `${listId}-${index}`;

const Mark = ({ choice }: { choice: Choice }) => {
  if (choice.emoji !== null) return h('span', { class: 'choice-emoji' }, choice.emoji);
  switch (choice.kind) {
    case 'user':
    case 'bot':
      return h(Avatar, { id: choice.value, name: choice.label, bot: choice.kind === 'bot', size: 24 });
    case 'role':
      return h('span', { ...roleStyle(choice.color), 'aria-hidden': 'true' }, h('i', { class: 'role-dot' }));
    case 'channel':
    case 'announcement':
      return h(Icon, { name: choice.kind === 'channel' ? 'hash' : 'announcement', size: 18 });
    default:
      return null;
  }
};

export interface ChoiceListProps {
  id: string;
  label: string;
  choices: readonly Choice[];
  active: number;
  /** Chosen values; absent where a choice is taken at once. */
  chosen?: readonly string[] | undefined;
  multiple?: boolean;
  onPick: (choice: Choice) => void;
  onHover: (index: number) => void;
}

export const ChoiceList = (props: ChoiceListProps) => {
  const { id, label, choices, active, chosen, multiple = false, onPick, onHover } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, choices]);
  return h(
    'div',
    {
      ref: list,
      id,
      class: 'choice-list',
      role: 'listbox',
      'aria-label': label,
      'aria-multiselectable': multiple ? 'true' : undefined,
    },
    choices.map((choice, index) => {
      const selected = chosen ? chosen.includes(choice.value) : index === active;
      return h(
        'div',
        {
          key: choice.value,
          id: choiceId(id, index),
          class: 'choice',
          role: 'option',
          'aria-selected': selected,
          'data-active': index === active,
          // The focus stays where it is.
          onPointerDown: (event: PointerEvent) => event.preventDefault(),
          onPointerMove: () => onHover(index),
          onClick: () => onPick(choice),
        },
        h(Mark, { choice }),
        h(
          'span',
          { class: 'choice-text' },
          h('span', { class: 'choice-label' }, choice.label),
          choice.description === null ? null : h('small', null, choice.description),
        ),
        chosen && (multiple || selected)
          ? h(
              'span',
              { class: multiple ? 'tick tick-box' : 'tick' },
              selected ? h(Icon, { name: 'check', size: 16 }) : null,
            )
          : null,
      );
    }),
  );
};
