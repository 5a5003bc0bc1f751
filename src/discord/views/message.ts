import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
} from 'discord.js';

/** A message as Discord takes it, before anyone decides where it goes and who sees it. */
export interface View {
  readonly components: readonly APIMessageTopLevelComponent[];
}

export const accent = {
  neutral: 0x5865f2,
  right: 0x2da44e,
  partial: 0xd4a72c,
  wrong: 0xcf222e,
  quiet: 0x6e7781,
};

/** Characters of text in all components of one message. */
const TEXT_LIMIT = 4000;
const BUTTONS_IN_ROW = 5;

export type Block = APIComponentInContainer | undefined | false;

/** One card. Blocks that are absent are left out; text beyond Discord's limit is cut at the end of the longest. */
export function card(color: number, ...blocks: readonly Block[]): View {
  const components = blocks.filter((block) => block !== undefined && block !== false);
  return {
    components: [{ type: ComponentType.Container, accent_color: color, components: withinLimit(components) }],
  };
}

export const text = (content: string): APIComponentInContainer => ({
  type: ComponentType.TextDisplay,
  content,
});

/** A file that goes with the message, by its name. */
export const file = (name: string): APIComponentInContainer => ({
  type: ComponentType.File,
  file: { url: `attachment://${name}` },
});

export const line = (): APIComponentInContainer => ({
  type: ComponentType.Separator,
  divider: true,
});

export interface Button {
  readonly id: string;
  readonly label: string;
  readonly style?: 'primary' | 'secondary' | 'success' | 'danger';
  readonly disabled?: boolean;
}

const styles = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const;

/** Buttons in rows of five. */
export function buttons(...all: readonly (Button | undefined | false)[]): APIComponentInContainer[] {
  const wanted = all.filter((button) => button !== undefined && button !== false).map(toComponent);
  return chunk(wanted, BUTTONS_IN_ROW).map((components) => ({ type: ComponentType.ActionRow, components }));
}

function toComponent({ id, label, style = 'secondary', disabled }: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    custom_id: id,
    label,
    style: styles[style],
    ...(disabled === undefined ? {} : { disabled }),
  };
}

export function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** At most `length` characters, an ellipsis for what is cut. */
export const clip = (long: string, length: number): string =>
  long.length <= length ? long : `${long.slice(0, length - 1)}…`;

/** Discord's markdown, made harmless: for names and whatever else a person typed. Links stay text. */
export const escape = (plain: string): string =>
  plain.replaceAll(/\s+/g, ' ').replaceAll(/[\\*_~`|[\]<@]|^[-#>]|(?<=:)\/(?=\/)/g, String.raw`\$&`);

/** Discord draws this in the reader's own zone and language. */
export const when = (instant: string, style: 'R' | 'f' | 't' = 'R'): string =>
  `<t:${Math.floor(Date.parse(instant) / 1000)}:${style}>`;

function withinLimit(components: readonly APIComponentInContainer[]): APIComponentInContainer[] {
  const texts = components.filter((component) => component.type === ComponentType.TextDisplay);
  const total = texts.reduce((sum, component) => sum + component.content.length, 0);
  const longest = texts.toSorted((a, b) => b.content.length - a.content.length)[0];
  if (total <= TEXT_LIMIT || !longest) return [...components];
  const kept = clip(longest.content, Math.max(1, longest.content.length - (total - TEXT_LIMIT)));
  return components.map((component) => (component === longest ? { ...longest, content: kept } : component));
}
