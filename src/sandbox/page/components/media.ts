/** Pictures and files. */
import type { APIAttachment, APIUnfurledMediaItem } from 'discord.js';
import { h, type ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { showPicture } from '../actions.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../views/icons.ts';
import { localUrl } from '../world.ts';

interface PictureProps {
  media: Pick<APIUnfurledMediaItem, 'url' | 'width' | 'height'>;
  description: string | null;
  spoiler: boolean;
  class: string;
}

const sizeOf = ({ width, height }: PictureProps['media']) =>
  width && height ? { width, height } : ({} as { width?: number; height?: number });

/** A picture that a press enlarges; a spoiler shows itself first. */
export const PictureButton = ({ media, description, spoiler, class: name }: PictureProps): ComponentChild => {
  const texts = useTexts();
  const [hidden, setHidden] = useState(spoiler);
  const url = localUrl(media.url);
  const alt = description ?? '';
  return h(
    'button',
    {
      type: 'button',
      class: `picture ${name}${hidden ? ' picture-hidden' : ''}`,
      'aria-label': hidden ? texts.spoiler : texts.enlarge(alt === '' ? texts.picture : alt),
      onClick: () => (hidden ? setHidden(false) : showPicture({ url, description: alt })),
    },
    h('img', { src: url, alt: hidden ? '' : alt, loading: 'lazy', decoding: 'async', ...sizeOf(media) }),
    hidden ? h('span', { class: 'picture-veil', 'aria-hidden': 'true' }, texts.spoiler) : null,
  );
};

export const Gallery = ({ items }: { items: Omit<PictureProps, 'class'>[] }): ComponentChild =>
  h(
    'div',
    { class: `gallery gallery-${Math.min(items.length, 4)}` },
    items.map((item, index) => h(PictureButton, { key: index, ...item, class: 'gallery-item' })),
  );

const sizeText = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1_048_576
      ? `${(bytes / 1024).toFixed(1)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;

export const FileCard = (props: { url: string; name: string; size: number | null }): ComponentChild => {
  const texts = useTexts();
  return h(
    'a',
    {
      class: 'file',
      href: localUrl(props.url),
      download: props.name,
    },
    h(Icon, { name: 'file', size: 28 }),
    h(
      'span',
      { class: 'file-text' },
      h('span', { class: 'visually-hidden' }, `${texts.download} `),
      h('span', { class: 'file-name' }, props.name),
      props.size === null ? null : h('small', null, sizeText(props.size)),
    ),
    h(Icon, { name: 'download', size: 18 }),
  );
};

/** Files of a message without Components V2. */
export const Attachments = ({ attachments }: { attachments: readonly APIAttachment[] }): ComponentChild => {
  const pictures = attachments.filter((entry) => entry.content_type?.startsWith('image/') === true);
  const files = attachments.filter((entry) => !pictures.includes(entry));
  return h(
    'div',
    { class: 'stack' },
    pictures.length > 0
      ? h(Gallery, {
          items: pictures.map((entry) => ({
            media: { url: entry.url, width: entry.width ?? null, height: entry.height ?? null },
            description: entry.description ?? null,
            spoiler: entry.filename.startsWith('SPOILER_'),
          })),
        })
      : null,
    files.map((entry) =>
      h(FileCard, { key: entry.id, url: entry.url, name: entry.filename, size: entry.size }),
    ),
  );
};
