/** The components of a message. */
import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIContainerComponent,
  APISectionComponent,
} from 'discord.js';
import { h, type ComponentChild } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { componentKey, pressComponent } from '../actions.ts';
import { useGuild } from '../current.ts';
import { Markdown } from '../markdown/view.ts';
import { useStore } from '../store.ts';
import { useTexts } from '../texts.ts';
import { toHex } from '../world.ts';
import { MessageButton } from './button.ts';
import { choicesOf, defaultValues } from './choices.ts';
import { FileCard, Gallery, PictureButton } from './media.ts';
import { Select } from './select.ts';
import { ComponentType, type MessageComponent, type SelectMenu } from './wire.ts';

const MessageSelect = ({ select, messageId }: { select: SelectMenu; messageId: string }) => {
  const world = useStore((state) => state.world);
  const me = useStore((state) => state.me);
  const busy = useStore((state) => state.busy.includes(componentKey(messageId, select.custom_id)));
  const guild = useGuild();
  const [values, setValues] = useState(() => defaultValues(select));
  const spec = JSON.stringify(select);
  // An edited message shows what the bot says is chosen.
  useEffect(() => setValues(defaultValues(select)), [spec]);
  return h(Select, {
    choices: choicesOf(select, { world, guild, me }),
    values,
    min: select.min_values ?? 1,
    max: select.max_values ?? 1,
    placeholder: select.placeholder,
    disabled: select.disabled === true,
    busy,
    onChange: (chosen) => {
      setValues(chosen);
      void pressComponent(messageId, select.custom_id, chosen);
    },
  });
};

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

const ActionRow = ({ row, messageId }: { row: Row; messageId: string }) =>
  h(
    'div',
    { class: 'action-row' },
    row.components.map((component) =>
      (component.type as number) === ComponentType.button
        ? h(MessageButton, {
            key: component.id,
            button: component as Parameters<typeof MessageButton>[0]['button'],
            messageId,
          })
        : h(MessageSelect, { key: component.id, select: component as SelectMenu, messageId }),
    ),
  );

const Section = ({ section, messageId }: { section: APISectionComponent; messageId: string }) => {
  const { accessory } = section;
  return h(
    'div',
    { class: 'section' },
    h(
      'div',
      { class: 'section-text' },
      section.components.map((text) => h(Markdown, { key: text.id, text: text.content })),
    ),
    h(
      'div',
      { class: 'section-accessory' },
      (accessory.type as number) === ComponentType.button
        ? h(MessageButton, { button: accessory as Parameters<typeof MessageButton>[0]['button'], messageId })
        : 'media' in accessory
          ? h(PictureButton, {
              media: accessory.media,
              description: accessory.description ?? null,
              spoiler: accessory.spoiler === true,
              class: 'thumbnail',
            })
          : null,
    ),
  );
};

const Container = ({ container, messageId }: { container: APIContainerComponent; messageId: string }) => {
  const texts = useTexts();
  const [hidden, setHidden] = useState(container.spoiler === true);
  const accent = container.accent_color;
  const inner = h(Components, { components: container.components, messageId });
  return h(
    'div',
    {
      class: accent == null ? 'container' : 'container container-accent',
      style: accent == null ? {} : { '--accent-color': toHex(accent) },
    },
    hidden
      ? h(
          'button',
          { type: 'button', class: 'container-veil', onClick: () => setHidden(false) },
          texts.spoiler,
        )
      : inner,
  );
};

const draw = (component: MessageComponent, messageId: string, key: number): ComponentChild | null => {
  switch (component.type as number) {
    case ComponentType.actionRow:
      return h(ActionRow, { key, row: component as Row, messageId });
    case ComponentType.section:
      return h(Section, { key, section: component as APISectionComponent, messageId });
    case ComponentType.container:
      return h(Container, { key, container: component as APIContainerComponent, messageId });
    default:
  }
  if ('content' in component) return h(Markdown, { key, text: component.content });
  if ('items' in component)
    return h(Gallery, {
      key,
      items: component.items.map((item) => ({
        media: item.media,
        description: item.description ?? null,
        spoiler: item.spoiler === true,
      })),
    });
  if ('file' in component) {
    const file = component as typeof component & { name?: string | null; size?: number | null };
    const name = file.name ?? decodeURIComponent(file.file.url.split('/').at(-1) ?? '');
    return h(FileCard, { key, url: file.file.url, name, size: file.size ?? null });
  }
  if ((component.type as number) === ComponentType.separator) {
    const { divider, spacing } = component as { divider?: boolean; spacing?: number };
    return h('hr', {
      key,
      class: `separator${divider === false ? ' separator-blank' : ''}${spacing === 2 ? ' separator-large' : ''}`,
    });
  }
  return null;
};

export function Components({
  components,
  messageId,
}: {
  components: readonly MessageComponent[];
  messageId: string;
}) {
  return h(
    'div',
    { class: 'stack' },
    components.map((component, index) => draw(component, messageId, component.id ?? index)),
  );
}
