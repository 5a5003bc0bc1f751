import { h } from 'preact';
import { componentKey, pressComponent } from '../actions.ts';
import { useStore } from '../store.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../views/icons.ts';
import type { Button } from './wire.ts';

const styles: Record<number, string> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  5: 'link',
  6: 'primary',
};

/** A button of a message: five styles, of which links open a page and the others are sent to the bot. */
export const MessageButton = ({ button, messageId }: { button: Button; messageId: string }) => {
  const texts = useTexts();
  const customId = 'custom_id' in button ? button.custom_id : '';
  const busy = useStore((state) => state.busy.includes(componentKey(messageId, customId)));
  const style = styles[button.style] ?? 'secondary';
  const label = 'label' in button ? button.label : undefined;
  const emoji = 'emoji' in button ? button.emoji?.name : undefined;
  const content = [
    emoji == null ? null : h('span', { class: 'button-emoji' }, emoji),
    label == null ? null : h('span', null, label),
  ];
  if ('url' in button)
    return h(
      'a',
      {
        class: 'button button-link',
        href: button.disabled === true || !/^https?:/.test(button.url) ? undefined : button.url,
        'aria-disabled': button.disabled === true ? 'true' : undefined,
        target: '_blank',
        rel: 'noopener noreferrer',
      },
      content,
      h(Icon, { name: 'link', size: 15 }),
    );
  return h(
    'button',
    {
      type: 'button',
      class: `button button-${style}`,
      disabled: button.disabled === true,
      'aria-disabled': busy ? 'true' : undefined,
      'aria-busy': busy ? 'true' : undefined,
      'aria-label': label == null ? (emoji ?? texts.send) : undefined,
      onClick: () => void pressComponent(messageId, customId),
    },
    content,
    busy ? h('span', { class: 'dots' }, h('i', null), h('i', null), h('i', null)) : null,
  );
};
