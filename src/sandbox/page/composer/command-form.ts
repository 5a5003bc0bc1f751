/** A command being filled in: its options as chips, hints and lists above them. */
import { h } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ChoiceList, choiceId } from '../components/choice-list.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../views/icons.ts';
import type { CommandEntry, OptionSpec } from './catalogue.ts';
import { faultOf, initialFields, newField, remainingOptions, toOptions, type Field } from './fields.ts';
import { OptionHint } from './option-hint.ts';
import { useSuggestions, type Suggestion } from './suggestions.ts';

const LIST = 'option-choices';

export const CommandForm = (props: {
  entry: CommandEntry;
  onCancel: (text: string) => void;
  onRun: (name: string, options: ReturnType<typeof toOptions>) => void;
}) => {
  const { entry } = props;
  const texts = useTexts();
  const [fields, setFields] = useState(() => initialFields(entry));
  /** The field with the focus; behind the last one comes the place where options are added. */
  const [focus, setFocus] = useState(0);
  const [active, setActive] = useState(0);
  const [tail, setTail] = useState('');
  const form = useRef<HTMLFormElement>(null);

  const field = fields[focus];
  const remaining = remainingOptions(entry, fields);
  const addable = remaining.filter(
    (spec) => spec.label.toLowerCase().includes(tail.trim().toLowerCase()) || spec.name.includes(tail.trim()),
  );
  const suggestions = useSuggestions(entry, fields, field);
  const choices = suggestions.state === 'ready' && field?.picked === null ? suggestions.choices : [];
  const listed = field ? choices.length : addable.length;

  const inputs = () => form.current!.querySelectorAll<HTMLInputElement>('.command-inputs input');
  useLayoutEffect(() => {
    inputs()[focus]?.focus();
    // In a field the first suggestion is ready to be taken; options are only added on purpose.
    setActive(field ? 0 : -1);
  }, [focus, fields.length]);
  useEffect(() => setActive(field ? 0 : -1), [field?.text, suggestions.state]);

  const change = (index: number, patch: Partial<Field>) =>
    setFields((before) => before.map((old, at) => (at === index ? { ...old, fault: null, ...patch } : old)));
  const add = (spec: OptionSpec, text = '') => {
    setTail('');
    setFields([...fields, newField(spec, text)]);
    setFocus(fields.length);
  };
  const remove = (index: number) => {
    setFields(fields.filter((_, at) => at !== index));
    setFocus(Math.max(0, index - 1));
  };
  /** To the next field that still needs a value, or behind them all. */
  const goOn = () => {
    const next = fields.findIndex((other, at) => at > focus && other.picked === null && other.text === '');
    setFocus(next === -1 ? fields.length : next);
  };
  const take = (choice: Suggestion) => {
    change(focus, { text: choice.label, picked: choice.sends });
    goOn();
  };
  const run = () => {
    const checked = fields.map((entry) => ({ ...entry, fault: faultOf(entry, texts) }));
    const wrong = checked.findIndex((entry) => entry.fault !== null);
    if (wrong === -1) return props.onRun(entry.name, toOptions(checked));
    setFields(checked);
    setFocus(wrong);
    inputs()[wrong]?.focus();
  };

  const onTab = (event: KeyboardEvent): void => {
    const choice = choices[active];
    if (field && choice && (field.text !== '' || field.spec.required)) {
      event.preventDefault();
      return take(choice);
    }
    if (field && focus < fields.length - 1) return;
    const spec = addable[Math.max(0, active)] ?? remaining[0];
    if (!spec || (field && field.text === '')) return;
    event.preventDefault();
    if (field) setFocus(fields.length);
    else add(spec, addable.includes(spec) ? '' : tail.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (event.isComposing) return;
    const handled = (): true => {
      event.preventDefault();
      return true;
    };
    if (event.key === 'ArrowDown' && listed > 0) setActive(handled() && (active + 1) % listed);
    else if (event.key === 'ArrowUp' && listed > 0)
      setActive(handled() && (active <= 0 ? listed : active) - 1);
    else if (event.key === 'Tab' && !event.shiftKey) onTab(event);
    else if (event.key === 'Escape') {
      handled();
      props.onCancel('');
    } else if (event.key === 'Enter') {
      handled();
      const spec = addable[active];
      const choice = choices[active];
      // An optional option that was left empty is not filled with whatever stands first.
      if (field && choice && (field.text !== '' || field.spec.required || active > 0)) take(choice);
      else if (!field && spec) add(spec);
      // What fits no option's name is meant as the value of the next option.
      else if (!field && tail.trim() !== '' && remaining[0]) add(remaining[0], tail.trim());
      else run();
    } else if (event.key === 'Backspace' && input.value === '') {
      handled();
      if (field && !field.spec.required) remove(focus);
      else if (focus > 0) setFocus(focus - 1);
      else props.onCancel(`/${entry.label}`);
    }
  };

  return h(
    'div',
    { class: 'command' },
    h(
      'div',
      { class: 'menu' },
      h(OptionHint, { entry, field, state: suggestions.state }),
      choices.length > 0
        ? h(ChoiceList, {
            id: LIST,
            label: field!.spec.label,
            choices,
            active,
            onPick: (choice) => take(choice as Suggestion),
            onHover: setActive,
          })
        : null,
      !field && addable.length > 0
        ? h(ChoiceList, {
            id: LIST,
            label: texts.options,
            choices: addable.map((spec) => ({
              value: spec.name,
              label: spec.label,
              description: spec.description,
              emoji: null,
              kind: 'text' as const,
              color: 0,
            })),
            active,
            onPick: (choice) => add(remaining.find((spec) => spec.name === choice.value)!),
            onHover: setActive,
          })
        : null,
    ),
    h(
      'form',
      {
        ref: form,
        class: 'composer-box',
        'aria-label': `/${entry.label}`,
        onSubmit: (event: SubmitEvent) => {
          event.preventDefault();
          run();
        },
      },
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': texts.cancelCommand,
          title: texts.cancelCommand,
          onClick: () => props.onCancel(''),
        },
        h(Icon, { name: 'close', size: 18 }),
      ),
      h(
        'div',
        { class: 'command-inputs' },
        h('span', { class: 'command-name' }, `/${entry.label}`),
        fields.map((entry, index) =>
          h(
            'label',
            {
              key: entry.spec.name,
              class: `chip${entry.fault === null ? '' : ' chip-wrong'}`,
            },
            h('span', { class: 'chip-name' }, entry.spec.label),
            h('input', {
              type: 'text',
              role: 'combobox',
              autocomplete: 'off',
              spellcheck: false,
              value: entry.text,
              size: Math.max(3, entry.text.length + 1),
              inputMode: entry.spec.type === 4 ? 'numeric' : undefined,
              'aria-required': entry.spec.required,
              'aria-invalid': entry.fault !== null,
              'aria-describedby': 'option-hint',
              'aria-expanded': index === focus && choices.length > 0,
              'aria-controls': LIST,
              'aria-autocomplete': 'list',
              'aria-activedescendant':
                index === focus && choices[active] ? choiceId(LIST, active) : undefined,
              onFocus: () => setFocus(index),
              onInput: (event) => change(index, { text: event.currentTarget.value, picked: null }),
              onKeyDown,
            }),
          ),
        ),
        h('input', {
          type: 'text',
          role: 'combobox',
          class: remaining.length > 0 ? 'command-tail' : 'command-tail command-tail-short',
          autocomplete: 'off',
          spellcheck: false,
          value: tail,
          placeholder: remaining.length > 0 ? texts.optional(remaining.length) : '',
          'aria-label': texts.options,
          'aria-expanded': !field && addable.length > 0,
          'aria-controls': LIST,
          'aria-autocomplete': 'list',
          'aria-activedescendant': !field && addable[active] ? choiceId(LIST, active) : undefined,
          onFocus: () => setFocus(fields.length),
          onInput: (event) => {
            setTail(event.currentTarget.value);
            setActive(event.currentTarget.value === '' ? -1 : 0);
          },
          onKeyDown,
        }),
      ),
      h(
        'button',
        { type: 'submit', class: 'icon-button composer-send', 'aria-label': texts.send, title: texts.send },
        h(Icon, { name: 'send' }),
      ),
    ),
  );
};
