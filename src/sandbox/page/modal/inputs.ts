/** The inputs of a modal: what each holds at first, what may be wrong with it, and how it is sent. */
import type { FieldValue } from '../../operator-api.ts';
import { defaultValues } from '../components/choices.ts';
import { ComponentType } from '../components/wire.ts';
import type { Modal } from '../../operator-api.ts';
import { textLength } from '../text-length.ts';
import type { Texts } from '../texts.ts';

export interface GroupOption {
  value: string;
  label: string;
  description?: string | null;
  default?: boolean;
}

/** An interactive component of a modal, with what Discord leaves optional still optional. */
export interface InputComponent {
  type: number;
  custom_id: string;
  /** Of a text input in an action row, the older form. */
  label?: string;
  style?: number;
  placeholder?: string;
  value?: string;
  required?: boolean;
  min_length?: number;
  max_length?: number;
  min_values?: number;
  max_values?: number;
  options?: GroupOption[];
  default_values?: { id: string }[];
  default?: boolean;
}

export type ModalRow =
  | { kind: 'text'; content: string }
  | { kind: 'input'; label: string; description: string | null; input: InputComponent };

/** The rows of a modal, whether its inputs stand in labels or, as formerly, in action rows. */
export const rowsOf = (modal: Modal): ModalRow[] =>
  (modal.components as unknown as Record<string, unknown>[]).flatMap((component): ModalRow[] => {
    if (component['type'] === ComponentType.textDisplay)
      return [{ kind: 'text', content: component['content'] as string }];
    if (component['type'] === ComponentType.label)
      return [
        {
          kind: 'input',
          label: component['label'] as string,
          description: (component['description'] as string | null | undefined) ?? null,
          input: component['component'] as InputComponent,
        },
      ];
    const inputs = (component['components'] as InputComponent[] | undefined) ?? [];
    return inputs.map((input) => ({ kind: 'input', label: input.label ?? '', description: null, input }));
  });

/** What an input holds: `values` for what is chosen, `value` for what is written. */
export interface InputState {
  value: string;
  values: string[];
  checked: boolean;
}

export const isSelect = (type: number): boolean =>
  type === ComponentType.stringSelect ||
  (type >= ComponentType.userSelect && type <= ComponentType.channelSelect);

export const initialState = (input: InputComponent): InputState => {
  const chosen = defaultValues(input);
  return { value: input.value ?? '', values: chosen, checked: input.default === true };
};

export const isRequired = (input: InputComponent): boolean =>
  input.type !== ComponentType.checkbox && input.required !== false;

/** How many of an input's values must and may be chosen. */
export const rangeOf = (input: InputComponent): { min: number; max: number } => {
  const required = isRequired(input);
  if (input.type === ComponentType.radioGroup) return { min: required ? 1 : 0, max: 1 };
  if (input.type === ComponentType.checkboxGroup)
    return {
      min: input.min_values ?? (required ? 1 : 0),
      max: input.max_values ?? input.options?.length ?? 1,
    };
  return { min: required ? (input.min_values ?? 1) : 0, max: input.max_values ?? 1 };
};

export const faultOf = (input: InputComponent, state: InputState, texts: Texts): string | null => {
  const faults = texts.faultOf;
  if (input.type === ComponentType.textInput) {
    const length = textLength(state.value);
    if (length === 0) return isRequired(input) ? faults.required : null;
    if (input.min_length !== undefined && length < input.min_length)
      return faults.minLength(input.min_length);
    const max = input.max_length ?? 4000;
    return length > max ? faults.maxLength(max) : null;
  }
  if (input.type === ComponentType.checkbox || input.type === ComponentType.fileUpload) return null;
  const { min, max } = rangeOf(input);
  const count = state.values.length;
  if (count === 0 && !isRequired(input)) return null;
  if (count < min) return min === 1 ? faults.required : faults.atLeast(min);
  return count > max ? faults.atMost(max) : null;
};

export const toFieldValue = (input: InputComponent, state: InputState): FieldValue => {
  const customId = input.custom_id;
  switch (input.type) {
    case ComponentType.textInput:
      return { customId, value: state.value };
    case ComponentType.radioGroup:
      return { customId, value: state.values[0] ?? null };
    case ComponentType.checkbox:
      return { customId, checked: state.checked };
    default:
      return { customId, values: state.values };
  }
};
