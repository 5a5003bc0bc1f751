/** Rules between the fields of components, which Discord's specification file does not hold. */
import { textLength } from './compile.ts';
import { issue, type Issue } from './issues.ts';

export type Json = Record<string, unknown>;
type Path = (string | number)[];

export const ComponentType = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

export const isSelect = (type: unknown): boolean =>
  typeof type === 'number' && (type === ComponentType.stringSelect || (type >= 5 && type <= 8));

/** Calls `visit` for every component below `components`, nested ones and accessories included. */
export const walkComponents = (
  components: readonly Json[],
  path: Path,
  visit: (component: Json, path: Path) => void,
): void => {
  for (const [index, component] of components.entries()) {
    const here = [...path, index];
    visit(component, here);
    if (Array.isArray(component['components']))
      walkComponents(component['components'] as Json[], [...here, 'components'], visit);
    for (const single of ['accessory', 'component']) {
      const inner = component[single];
      if (typeof inner === 'object' && inner !== null) {
        visit(inner as Json, [...here, single]);
      }
    }
  }
};

const buttonIssues = (button: Json, path: Path, issues: Issue[]): void => {
  const style = button['style'];
  const has = (field: string) => button[field] !== undefined && button[field] !== null;
  const wrong = (field: string, code: string, message: string) =>
    issues.push(issue([...path, field], code, message));
  if (style === 5) {
    if (!has('url')) wrong('url', 'BASE_TYPE_REQUIRED', 'A url is required');
    if (has('custom_id'))
      wrong(
        'custom_id',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
  } else if (style === 6) {
    if (!has('sku_id')) wrong('sku_id', 'BASE_TYPE_REQUIRED', 'A sku id is required');
    for (const field of ['custom_id', 'label', 'url', 'emoji'])
      if (has(field))
        wrong(field, 'BUTTON_COMPONENT_PREMIUM_FIELDS', `A premium button cannot have a ${field}`);
    return;
  } else {
    if (!has('custom_id'))
      wrong('custom_id', 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
    if (has('url'))
      wrong(
        'url',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
  }
  if (has('sku_id')) wrong('sku_id', 'BUTTON_COMPONENT_SKU_ID', 'Only a premium button can have a sku id');
  if (!has('emoji') && (!has('label') || button['label'] === ''))
    wrong('label', 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required');
};

const emojiIssues = (emoji: unknown, path: Path, issues: Issue[]): void => {
  if (typeof emoji !== 'object' || emoji === null) return;
  const { id, name } = emoji as { id?: string | null; name?: string };
  if (id != null) {
    issues.push(issue([...path, 'id'], 'BUTTON_COMPONENT_INVALID_EMOJI', 'Invalid emoji'));
  } else if (
    typeof name === 'string' &&
    !/^\p{RGI_Emoji}$/v.test(name) &&
    !/^\p{Emoji}\uFE0F?$/u.test(name)
  ) {
    issues.push(issue([...path, 'name'], 'BUTTON_COMPONENT_INVALID_EMOJI', 'Invalid emoji'));
  }
};

interface SelectOption {
  value?: unknown;
  default?: unknown;
  emoji?: unknown;
}

/** Minimum and maximum against each other and against the options; values told apart; defaults within bounds. */
const choiceIssues = (component: Json, path: Path, issues: Issue[]): void => {
  const options = component['options'] as SelectOption[] | undefined;
  const single = component['type'] === ComponentType.radioGroup;
  const max = single
    ? 1
    : ((component['max_values'] as number | null | undefined) ??
      (isSelect(component['type']) ? 1 : (options?.length ?? 1)));
  const min = single ? 0 : ((component['min_values'] as number | null | undefined) ?? Math.min(1, max));
  if (min > max)
    issues.push(
      issue([...path, 'min_values'], 'SELECT_COMPONENT_MIN_ABOVE_MAX', `Must be ${max} (max_values) or less`),
    );
  const defaults = component['default_values'];
  if (
    Array.isArray(defaults) &&
    (defaults.length > max || defaults.length < (defaults.length === 0 ? 0 : min))
  )
    issues.push(
      issue(
        [...path, 'default_values'],
        'SELECT_COMPONENT_DEFAULT_VALUES_BOUNDS',
        'The number of default values must lie between min_values and max_values',
      ),
    );
  if (!options) return;
  for (const [field, value] of [
    ['min_values', min],
    ['max_values', max],
  ] as const) {
    if (value > options.length)
      issues.push(
        issue([...path, field], 'BASE_TYPE_BAD_LENGTH', `Must be ${options.length} or fewer (the options).`),
      );
  }
  const seen = new Set<unknown>();
  let chosen = 0;
  for (const [index, option] of options.entries()) {
    if (seen.has(option.value))
      issues.push(
        issue(
          [...path, 'options', index, 'value'],
          'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
          'The specified option value is already used',
        ),
      );
    seen.add(option.value);
    if (option.default === true) chosen++;
    emojiIssues(option.emoji, [...path, 'options', index, 'emoji'], issues);
  }
  if (chosen > max)
    issues.push(
      issue(
        [...path, 'options'],
        'SELECT_COMPONENT_TOO_MANY_DEFAULTS',
        'There are more default options than max_values',
      ),
    );
};

const rowIssues = (row: Json, path: Path, issues: Issue[]): void => {
  const inner = row['components'] as Json[];
  if (inner.length > 1 && inner.some((component) => component['type'] !== ComponentType.button))
    issues.push(
      issue(
        [...path, 'components'],
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      ),
    );
};

/** Faults of single components, and of custom ids and ids that occur twice. */
export const componentIssues = (components: readonly Json[], issues: Issue[], start: Path): void => {
  const customIds = new Set<string>();
  const ids = new Set<number>();
  walkComponents(components, start, (component, path) => {
    const type = component['type'];
    if (type === ComponentType.button) {
      buttonIssues(component, path, issues);
      emojiIssues(component['emoji'], [...path, 'emoji'], issues);
    } else if (type === ComponentType.actionRow) rowIssues(component, path, issues);
    else if (isSelect(type) || type === ComponentType.radioGroup || type === ComponentType.checkboxGroup)
      choiceIssues(component, path, issues);
    const customId = component['custom_id'];
    if (typeof customId === 'string') {
      if (customIds.has(customId))
        issues.push(
          issue(
            [...path, 'custom_id'],
            'COMPONENT_CUSTOM_ID_DUPLICATED',
            'Component custom id cannot be duplicated',
          ),
        );
      customIds.add(customId);
    }
    const id = component['id'];
    if (typeof id === 'number' && id !== 0) {
      if (ids.has(id))
        issues.push(issue([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated'));
      ids.add(id);
    }
  });
};

const legacyIssues = (components: readonly Json[], issues: Issue[]): void => {
  if (components.length > 5)
    issues.push(issue(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.'));
  for (const [index, component] of components.entries()) {
    if (component['type'] !== ComponentType.actionRow)
      issues.push(
        issue(
          ['components', index, 'type'],
          'UNION_TYPE_CHOICES',
          'Value of field "type" must be one of (1,).',
        ),
      );
  }
};

const MAX_COMPONENTS = 40;
const MAX_TEXT = 4000;

/** Faults of a message's components; `v2` says whether the message has the flag IS_COMPONENTS_V2. */
export const messageComponentIssues = (components: readonly Json[], v2: boolean): Issue[] => {
  const issues: Issue[] = [];
  if (!v2) legacyIssues(components, issues);
  let count = 0;
  let text = 0;
  walkComponents(components, ['components'], (component) => {
    count++;
    if (component['type'] === ComponentType.textDisplay) text += textLength(component['content'] as string);
  });
  if (v2 && count > MAX_COMPONENTS)
    issues.push(
      issue(
        ['components'],
        'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        `The total number of components exceeds the max of ${MAX_COMPONENTS} (${count})`,
      ),
    );
  if (text > MAX_TEXT)
    issues.push(
      issue(
        ['components'],
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        `The text size of displayable components exceeds the max of ${MAX_TEXT} (${text})`,
      ),
    );
  componentIssues(components, issues, ['components']);
  return issues;
};
