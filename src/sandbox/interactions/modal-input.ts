/** What a user typed into a modal: what a Discord client checks, and how it is sent. */
import type { FieldValue, OperatorError } from '../operator-api.ts';
import { textLength } from '../validation/compile.ts';
import { ComponentType, isSelect, walkComponents, type Json } from '../validation/component-rules.ts';
import type { Guild, World } from '../world.ts';
import { Refusal } from './refusal.ts';
import type { Resolved } from './resolved.ts';
import { selectFault } from './selects.ts';

interface ModalContext {
  world: World;
  guild: Guild | null;
  userId: string;
  resolved: Resolved;
}

const textFault = (input: Json, value: string): string | null => {
  const length = textLength(value);
  const max = (input['max_length'] as number | null | undefined) ?? 4000;
  const min = (input['min_length'] as number | null | undefined) ?? 0;
  if (length === 0) return input['required'] === false ? null : 'is required';
  if (length < min) return `must have at least ${min} characters`;
  return length > max ? `must have at most ${max} characters` : null;
};

const groupFault = (group: Json, values: readonly string[]): string | null => {
  const options = (group['options'] as { value: string }[]).map((option) => option.value);
  const required = group['required'] !== false;
  const max = (group['max_values'] as number | null | undefined) ?? options.length;
  const min = (group['min_values'] as number | null | undefined) ?? (required ? 1 : 0);
  const wrong = values.find((value) => !options.includes(value));
  if (wrong !== undefined) return `does not offer "${wrong}"`;
  if (values.length === 0 && !required) return null;
  if (values.length < min) return min === 1 ? 'is required' : `needs at least ${min} values`;
  return values.length > max ? `takes at most ${max} values` : null;
};

/** A component's submitted form, or a string that says what is wrong. */
const submit = (component: Json, field: FieldValue | undefined, context: ModalContext): Json | string => {
  const type = component['type'] as number;
  const base = { type, id: component['id'], custom_id: component['custom_id'] };
  if (type === ComponentType.textInput) {
    const value = field?.value ?? '';
    return textFault(component, value) ?? { ...base, value };
  }
  if (isSelect(type)) {
    const values = field?.values ?? [];
    return selectFault(component, values, context) ?? { ...base, values };
  }
  if (type === ComponentType.radioGroup) {
    const value = field?.value ?? null;
    const fault = groupFault({ ...component, max_values: 1 }, value === null ? [] : [value]);
    return fault ?? { ...base, value };
  }
  if (type === ComponentType.checkboxGroup) {
    const values = field?.values ?? [];
    return groupFault(component, values) ?? { ...base, values };
  }
  if (type === ComponentType.checkbox) return { ...base, value: field?.checked ?? false };
  // A file upload: nothing can be uploaded from here.
  return component['required'] === false
    ? { ...base, values: [] }
    : 'needs a file, which cannot be sent from here';
};

/** A copy of the modal whose components all have ids, as Discord numbers them. */
export const withIds = (modal: Json): Json => {
  const copy = structuredClone(modal);
  const components = copy['components'] as Json[];
  const taken = new Set<unknown>();
  walkComponents(components, [], (component) => void taken.add(component['id']));
  let next = 1;
  walkComponents(components, [], (component) => {
    if (typeof component['id'] === 'number' && component['id'] !== 0) return;
    while (taken.has(next)) next++;
    component['id'] = next++;
  });
  return copy;
};

/**
 * The components of a modal's submission. Throws a Refusal that names every wrong field.
 * `modal` is as `withIds` returns it.
 */
export const submitModal = (modal: Json, fields: readonly FieldValue[], context: ModalContext): Json[] => {
  const problems: NonNullable<OperatorError['problems']> = [];
  const used = new Set<string>();
  const fill = (component: Json): Json => {
    const customId = component['custom_id'] as string;
    used.add(customId);
    const result = submit(
      component,
      fields.find((field) => field.customId === customId),
      context,
    );
    if (typeof result !== 'string') return result;
    problems.push({ field: customId, reason: result });
    return {};
  };
  const sent = (modal['components'] as Json[]).map((component): Json => {
    const base = { type: component['type'], id: component['id'] };
    if (component['type'] === ComponentType.label)
      return { ...base, component: fill(component['component'] as Json) };
    if (component['type'] === ComponentType.actionRow)
      return { ...base, components: (component['components'] as Json[]).map(fill) };
    return base;
  });
  for (const field of fields)
    if (!used.has(field.customId))
      problems.push({ field: field.customId, reason: 'is not a field of this modal' });
  if (problems.length > 0) throw new Refusal('The form is not right.', problems);
  return sent;
};
