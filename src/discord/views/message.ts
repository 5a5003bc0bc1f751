import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
} from 'discord.js';
import type { Figure } from '../../figures/index.ts';

/** A picture that goes into a message once it is drawn; undefined where it could not be. */
export interface Drawing {
  readonly type: 'drawing';
  readonly name: string;
  readonly drawn: Promise<Figure | undefined>;
}

/** A message before anyone decides where it goes and who sees it. Nothing in it depends on its pictures alone. */
export interface View {
  readonly color: number;
  readonly blocks: readonly (APIComponentInContainer | Drawing)[];
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

export type Block = APIComponentInContainer | Drawing | undefined | false;

/** One card; blocks that are absent are left out. */
export const card = (color: number, ...blocks: readonly Block[]): View => ({
  color,
  blocks: blocks.filter((block) => block !== undefined && block !== false),
});

export const picture = (name: string, drawn: Promise<Figure | undefined>): Drawing => ({
  type: 'drawing',
  name: `${name}.png`,
  drawn,
});

export interface Rendered {
  readonly components: APIMessageTopLevelComponent[];
  readonly files: { readonly name: string; readonly attachment: Buffer; readonly description: string }[];
}

export type Pictures = ReadonlyMap<Drawing, Figure>;

/** The pictures of a view once they are drawn; those that could not be are missing. */
export async function drawnIn({ blocks }: View): Promise<Pictures> {
  const drawings = blocks.filter((block) => block.type === 'drawing');
  const all = await Promise.all(drawings.map(async (drawing) => [drawing, await drawing.drawn] as const));
  return new Map(all.flatMap(([drawing, figure]) => (figure ? [[drawing, figure] as const] : [])));
}

/** A view as Discord takes it, with the pictures there are. Text beyond Discord's limit is cut at the end of the longest. */
export function render({ color, blocks }: View, pictures: Pictures = new Map()): Rendered {
  const components = blocks.flatMap((block) =>
    block.type === 'drawing' ? gallery(block, pictures.get(block)) : [block],
  );
  return {
    components: [{ type: ComponentType.Container, accent_color: color, components: withinLimit(components) }],
    files: [...pictures].map(([{ name }, { png, alt }]) => ({ name, attachment: png, description: alt })),
  };
}

const gallery = ({ name }: Drawing, figure: Figure | undefined): APIComponentInContainer[] =>
  figure
    ? [
        {
          type: ComponentType.MediaGallery,
          items: [{ media: { url: `attachment://${name}` }, description: figure.alt }],
        },
      ]
    : [];

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
