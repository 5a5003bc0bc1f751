import { h } from 'preact';
import { useTexts } from '../texts.ts';
import type { CommandEntry } from './catalogue.ts';
import type { Field } from './fields.ts';
import type { Suggestions } from './suggestions.ts';

/** What the command, or the option with the focus, is for; and what is wrong with it. */
export const OptionHint = (props: {
  entry: CommandEntry;
  field: Field | undefined;
  state: Suggestions['state'];
}) => {
  const { entry, field, state } = props;
  const texts = useTexts();
  return h(
    'div',
    { class: 'menu-title option-hint' },
    h(
      'span',
      { id: 'option-hint' },
      h('strong', null, field ? field.spec.label : `/${entry.label}`),
      ' ',
      field ? field.spec.description : entry.description,
      field?.spec.required === true ? h('span', { class: 'required' }, texts.required) : null,
    ),
    h('kbd', null, texts.runHint),
    h(
      'div',
      { class: 'option-state', role: 'status' },
      field?.fault != null
        ? h('span', { class: 'failure' }, field.fault)
        : state === 'loading'
          ? texts.loadingChoices
          : state === 'failed'
            ? h('span', { class: 'failure' }, texts.choicesFailed)
            : null,
    ),
  );
};
