/** A select menu: a button that shows what is chosen, and a list that opens below it. */
import { h, type RefObject } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { search } from '../fuzzy.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../views/icons.ts';
import { ChoiceList, choiceId } from './choice-list.ts';
import type { Choice } from './choices.ts';
import { Popover } from './popover.ts';

export interface SelectProps {
  choices: readonly Choice[];
  values: readonly string[];
  min: number;
  max: number;
  placeholder: string | undefined;
  /** Its name, where a label does not stand above it. */
  label?: string | undefined;
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean;
  disabled?: boolean;
  busy?: boolean;
  /** Called when the list closes with something else chosen, or at once where only one can be. */
  onChange: (values: string[]) => void;
}

interface OpenListProps extends SelectProps {
  id: string;
  name: string;
  /** Kept up to date with what is chosen, for a press elsewhere. */
  pending: RefObject<readonly string[]>;
  close: (values: readonly string[]) => void;
}

const OpenList = (props: OpenListProps) => {
  const { id, name, choices, max, min, pending, close } = props;
  const texts = useTexts();
  const multiple = max > 1;
  const [chosen, setChosen] = useState<readonly string[]>(props.values);
  pending.current = chosen;
  const [query, setQuery] = useState('');
  const shown = useMemo(
    () =>
      search(query, choices, (choice) => ({
        names: [choice.label],
        descriptions: [choice.description ?? ''],
      })),
    [query, choices],
  );
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      choices.findIndex(({ value }) => props.values.includes(value)),
    ),
  );

  const pick = (choice: Choice) => {
    const isChosen = chosen.includes(choice.value);
    if (!multiple) return close(isChosen && min === 0 ? [] : [choice.value]);
    if (isChosen) setChosen(chosen.filter((value) => value !== choice.value));
    else if (chosen.length < max) setChosen([...chosen, choice.value]);
  };
  const move = (to: number) => setActive(Math.max(0, Math.min(shown.length - 1, to)));
  const onKeyDown = (event: KeyboardEvent) => {
    const current = shown[active];
    if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(shown.length - 1);
    else if (event.key === 'Escape' || event.key === 'Tab') close(chosen);
    else if (event.key === 'Enter' || (event.key === ' ' && query === '')) {
      if (current) pick(current);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return h(
    'div',
    { class: 'select-open' },
    h(
      'div',
      { class: 'select-search' },
      h('input', {
        type: 'text',
        role: 'combobox',
        placeholder: texts.search,
        'aria-label': `${name}: ${texts.search}`,
        'aria-autocomplete': 'list',
        'aria-expanded': 'true',
        'aria-controls': id,
        'aria-activedescendant': shown.length > 0 ? choiceId(id, active) : undefined,
        value: query,
        onInput: (event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        },
        onKeyDown,
      }),
      multiple
        ? h(
            'span',
            { class: 'select-count', role: 'status' },
            `${texts.selected(chosen.length)} · ${texts.pickRange(min, Math.min(max, choices.length))}`,
          )
        : null,
    ),
    shown.length > 0
      ? h(ChoiceList, {
          id,
          label: name,
          choices: shown,
          active,
          chosen,
          multiple,
          onPick: pick,
          onHover: setActive,
        })
      : h('p', { id, class: 'hint' }, texts.pickNone),
  );
};

export const Select = (props: SelectProps) => {
  const { choices, values, placeholder, disabled = false, busy = false, invalid = false } = props;
  const texts = useTexts();
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const chosen = values.flatMap((value) => choices.find((choice) => choice.value === value) ?? []);
  const name = props.label ?? placeholder ?? texts.pick;
  const pending = useRef<readonly string[]>(values);
  const close = (next: readonly string[]) => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
    const changed = next.length !== values.length || next.some((value) => !values.includes(value));
    if (changed && next.length >= Math.min(props.min, choices.length)) props.onChange([...next]);
  };
  const isOpen = open && !disabled && !busy;
  return h(
    'div',
    { class: 'select' },
    h(
      'button',
      {
        ref: button,
        type: 'button',
        class: 'select-button',
        role: 'combobox',
        'aria-haspopup': 'listbox',
        'aria-expanded': isOpen,
        'aria-controls': isOpen ? id : undefined,
        'aria-label': props.labelledBy === undefined ? name : undefined,
        'aria-labelledby': props.labelledBy,
        'aria-describedby': props.describedBy,
        'aria-invalid': invalid ? 'true' : undefined,
        'aria-disabled': busy ? 'true' : undefined,
        disabled,
        onClick: () => {
          if (busy) return;
          setOpen(!isOpen);
        },
        onKeyDown: (event: KeyboardEvent) => {
          if (isOpen || busy || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
          event.preventDefault();
          setOpen(true);
        },
      },
      h(
        'span',
        { class: chosen.length > 0 ? 'select-value' : 'select-value select-placeholder' },
        chosen.length > 0
          ? chosen.map((choice) =>
              h(
                'span',
                { key: choice.value, class: props.max > 1 ? 'pill' : '' },
                choice.emoji === null ? null : `${choice.emoji} `,
                choice.label,
              ),
            )
          : (placeholder ?? texts.pick),
      ),
      busy ? h('span', { class: 'spinner' }) : h(Icon, { name: 'down', size: 18 }),
    ),
    isOpen
      ? h(Popover, {
          anchor: () => button.current,
          onClose: () => close(pending.current),
          children: h(OpenList, { ...props, id, name, pending, close }),
        })
      : null,
  );
};
