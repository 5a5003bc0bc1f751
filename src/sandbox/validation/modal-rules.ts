/** Rules between the fields of a modal, which Discord's specification file does not hold. */
import { componentIssues, ComponentType, walkComponents, type Json } from './component-rules.ts';
import { issue, type Issue } from './issues.ts';

/** Faults of a modal beyond its schema; paths start at the modal. */
export const modalIssues = (modal: { components: Json[] }): Issue[] => {
  const issues: Issue[] = [];
  const start = ['components'];
  if (modal.components.length > 5)
    issues.push(issue(start, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.'));
  let fields = 0;
  walkComponents(modal.components, start, (component, path) => {
    const type = component['type'];
    const parent = path.at(-1) === 'component' ? 'label' : 'row';
    if (typeof component['custom_id'] === 'string') fields++;
    if (type === ComponentType.textInput) {
      if (parent === 'row' && typeof component['label'] !== 'string')
        issues.push(issue([...path, 'label'], 'BASE_TYPE_REQUIRED', 'This field is required'));
      if (parent === 'label' && component['label'] != null)
        issues.push(
          issue(
            [...path, 'label'],
            'TEXT_INPUT_COMPONENT_LABEL_IN_LABEL',
            'A text input inside a label cannot have a label of its own',
          ),
        );
      const { min_length: min, max_length: max, value } = component;
      if (typeof min === 'number' && typeof max === 'number' && min > max)
        issues.push(
          issue([...path, 'min_length'], 'TEXT_INPUT_COMPONENT_LENGTHS', 'Must be max_length or less'),
        );
      if (typeof value === 'string' && typeof max === 'number' && value.length > max)
        issues.push(issue([...path, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`));
    }
    if (type === ComponentType.actionRow && (component['components'] as Json[]).length > 1)
      issues.push(
        issue(
          [...path, 'components'],
          'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
          'The specified component exceeds the maximum width',
        ),
      );
    if (component['disabled'] === true)
      issues.push(
        issue([...path, 'disabled'], 'MODAL_COMPONENT_DISABLED', 'A component in a modal cannot be disabled'),
      );
  });
  if (fields === 0)
    issues.push(issue(start, 'MODAL_WITHOUT_INPUT', 'A modal must have at least one input component'));
  componentIssues(modal.components, issues, start);
  return issues;
};
