/** One labelled input of a modal. */
import { h, type ComponentChild } from 'preact';
import { choicesOf } from '../components/choices.ts';
import { Select } from '../components/select.ts';
import { ComponentType, type SelectMenu } from '../components/wire.ts';
import { useGuild } from '../current.ts';
import { InlineMarkdown } from '../markdown/view.ts';
import { useStore } from '../store.ts';
import { textLength } from '../text-length.ts';
import { useTexts } from '../texts.ts';
import { isRequired, isSelect, rangeOf, type InputComponent, type InputState } from './inputs.ts';

interface FieldProps {
  id: string;
  label: string;
  description: string | null;
  input: InputComponent;
  state: InputState;
  fault: string | null;
  onChange: (patch: Partial<InputState>) => void;
}

const ModalSelect = ({ input, state, onChange, fault, id }: FieldProps) => {
  const world = useStore((all) => all.world);
  const me = useStore((all) => all.me);
  const guild = useGuild();
  return h(Select, {
    choices: choicesOf(input as unknown as SelectMenu, { world, guild, me }),
    values: state.values,
    ...rangeOf(input),
    placeholder: input.placeholder,
    labelledBy: `${id}-label`,
    describedBy: `${id}-notes`,
    invalid: fault !== null,
    onChange: (values) => onChange({ values }),
  });
};

const TextInput = ({ id, input, state, fault, onChange }: FieldProps) => {
  const texts = useTexts();
  const { max_length: max, style } = input;
  const common = {
    id,
    class: 'text-input',
    value: state.value,
    placeholder: input.placeholder ?? '',
    maxLength: max ?? 4000,
    'aria-required': isRequired(input),
    'aria-invalid': fault !== null,
    'aria-describedby': `${id}-notes`,
  };
  return h(
    'div',
    { class: 'text-field' },
    style === 2
      ? h('textarea', {
          ...common,
          rows: 4,
          onInput: (event: { currentTarget: HTMLTextAreaElement }) =>
            onChange({ value: event.currentTarget.value }),
        })
      : h('input', {
          ...common,
          type: 'text',
          autocomplete: 'off',
          onInput: (event) => onChange({ value: event.currentTarget.value }),
        }),
    max !== undefined && (style === 2 || max <= 200)
      ? h('span', { class: 'counter', 'aria-hidden': 'true' }, texts.characters(textLength(state.value), max))
      : null,
  );
};

const Group = ({ id, input, state, onChange }: FieldProps) => {
  const single = input.type === ComponentType.radioGroup;
  const { max } = rangeOf(input);
  const toggle = (value: string) => {
    if (single) return onChange({ values: [value] });
    const without = state.values.filter((other) => other !== value);
    if (without.length < state.values.length) onChange({ values: without });
    else if (without.length < max) onChange({ values: [...without, value] });
  };
  return h(
    'div',
    { class: 'group', role: single ? 'radiogroup' : 'group', 'aria-labelledby': `${id}-label` },
    (input.options ?? []).map((option) =>
      h(
        'label',
        { key: option.value, class: 'group-option' },
        h('input', {
          type: single ? 'radio' : 'checkbox',
          name: id,
          value: option.value,
          checked: state.values.includes(option.value),
          onChange: () => toggle(option.value),
        }),
        h(
          'span',
          null,
          option.label,
          option.description == null ? null : h('small', null, option.description),
        ),
      ),
    ),
  );
};

const Input = (props: FieldProps): ComponentChild => {
  const texts = useTexts();
  const { input, state, onChange, label } = props;
  if (input.type === ComponentType.textInput) return h(TextInput, props);
  if (isSelect(input.type)) return h(ModalSelect, props);
  if (input.type === ComponentType.radioGroup || input.type === ComponentType.checkboxGroup)
    return h(Group, props);
  if (input.type === ComponentType.checkbox)
    return h(
      'label',
      { class: 'group-option' },
      h('input', {
        type: 'checkbox',
        checked: state.checked,
        onChange: (event) => onChange({ checked: event.currentTarget.checked }),
      }),
      h('span', null, label),
    );
  return h('p', { class: 'hint' }, texts.noUpload);
};

export const ModalField = (props: FieldProps) => {
  const { id, label, description, input, fault } = props;
  const texts = useTexts();
  const isText = input.type === ComponentType.textInput;
  return h(
    'div',
    { class: fault === null ? 'field' : 'field field-wrong' },
    h(
      isText ? 'label' : 'div',
      { class: 'field-label', id: `${id}-label`, ...(isText ? { for: id } : {}) },
      label,
      isRequired(input)
        ? h('span', { class: 'required-mark', 'aria-hidden': 'true', title: texts.required }, ' *')
        : null,
    ),
    h(
      'div',
      { id: `${id}-notes`, class: 'field-notes' },
      description === null ? null : h('p', null, h(InlineMarkdown, { text: description })),
      fault === null ? null : h('p', { class: 'failure', role: 'alert' }, fault),
    ),
    h(Input, props),
  );
};
