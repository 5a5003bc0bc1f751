import type { APIMessage } from 'discord.js';
import type { Core } from './core.ts';
import { safeName } from './files.ts';
import { ComponentType, isSelect, type Json } from './validation/component-rules.ts';

export type Attachment = APIMessage['attachments'][number];

const mediaItem = (core: Core, url: string, attachments: readonly Attachment[]): Json => {
  const name = url.startsWith('attachment://') ? url.slice('attachment://'.length) : null;
  const file = name === null ? undefined : attachments.find((entry) => entry.filename === safeName(name));
  return {
    id: core.newId(),
    url: file?.url ?? url,
    proxy_url: file?.proxy_url ?? url,
    width: file?.width ?? null,
    height: file?.height ?? null,
    content_type: file?.content_type ?? null,
    ...(file ? { attachment_id: file.id } : {}),
  };
};

const present = (component: Json, fields: string[]): Json => {
  const result: Json = {};
  for (const field of fields) if (component[field] != null) result[field] = component[field];
  return result;
};

/** Components as Discord gives them back: every one with an id, defaults filled in, media resolved. */
export const buildComponents = (
  core: Core,
  components: readonly Json[],
  attachments: readonly Attachment[],
): Json[] => {
  const taken = new Set<unknown>();
  const collect = (component: Json) => {
    taken.add(component['id']);
    for (const inner of (component['components'] as Json[] | undefined) ?? []) collect(inner);
    if (component['accessory']) collect(component['accessory'] as Json);
  };
  components.forEach(collect);
  let next = 1;
  const idOf = (component: Json): unknown => {
    if (typeof component['id'] === 'number' && component['id'] !== 0) return component['id'];
    while (taken.has(next)) next++;
    return next++;
  };
  const media = (value: unknown) => mediaItem(core, (value as { url: string }).url, attachments);

  const build = (component: Json): Json => {
    const type = component['type'] as number;
    const base = { type, id: idOf(component) };
    const children = () => (component['components'] as Json[]).map(build);
    if (isSelect(type)) {
      return {
        ...base,
        ...present(component, ['custom_id', 'placeholder', 'options', 'default_values', 'channel_types']),
        min_values: component['min_values'] ?? 1,
        max_values: component['max_values'] ?? 1,
        ...(component['disabled'] === true ? { disabled: true } : {}),
      };
    }
    switch (type) {
      case ComponentType.button:
        return {
          ...base,
          ...present(component, ['custom_id', 'style', 'label', 'emoji', 'url', 'sku_id']),
          ...(component['disabled'] === true ? { disabled: true } : {}),
        };
      case ComponentType.actionRow:
        return { ...base, components: children() };
      case ComponentType.textDisplay:
        return { ...base, content: component['content'] };
      case ComponentType.section:
        return { ...base, components: children(), accessory: build(component['accessory'] as Json) };
      case ComponentType.container:
        return {
          ...base,
          accent_color: component['accent_color'] ?? null,
          components: children(),
          spoiler: component['spoiler'] ?? false,
        };
      case ComponentType.separator:
        return { ...base, spacing: component['spacing'] ?? 1, divider: component['divider'] ?? true };
      case ComponentType.thumbnail:
        return {
          ...base,
          media: media(component['media']),
          description: component['description'] ?? null,
          spoiler: component['spoiler'] ?? false,
        };
      case ComponentType.mediaGallery:
        return {
          ...base,
          items: (component['items'] as Json[]).map((item) => ({
            media: media(item['media']),
            description: item['description'] ?? null,
            spoiler: item['spoiler'] ?? false,
          })),
        };
      default: {
        const file = media(component['file']);
        const attachment = attachments.find((entry) => entry.id === file['attachment_id']);
        return {
          ...base,
          file,
          name: attachment?.filename ?? null,
          size: attachment?.size ?? null,
          spoiler: component['spoiler'] ?? false,
        };
      }
    }
  };
  return components.map(build);
};
