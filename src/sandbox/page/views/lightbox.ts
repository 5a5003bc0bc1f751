import { h } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { showPicture } from '../actions.ts';
import { useStore, type Picture } from '../store.ts';
import { useTexts } from '../texts.ts';
import { Icon } from './icons.ts';

const close = () => showPicture(null);

const Lightbox = ({ picture }: { picture: Picture }) => {
  const texts = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    // Closing gives the focus back to where it was.
    return () => element.close();
  }, []);
  return h(
    'dialog',
    {
      ref: dialog,
      class: 'lightbox',
      'aria-label': picture.description === '' ? texts.picture : picture.description,
      onCancel: (event: Event) => {
        event.preventDefault();
        close();
      },
      onClick: (event: MouseEvent) => {
        if (event.target === dialog.current) close();
      },
    },
    h(
      'figure',
      null,
      h('img', { src: picture.url, alt: picture.description }),
      h(
        'figcaption',
        null,
        picture.description === '' ? null : h('span', null, picture.description),
        h('a', { href: picture.url, target: '_blank', rel: 'noopener noreferrer' }, texts.openOriginal),
      ),
    ),
    h(
      'button',
      { type: 'button', class: 'icon-button lightbox-close', 'aria-label': texts.close, onClick: close },
      h(Icon, { name: 'close', size: 24 }),
    ),
  );
};

export const LightboxLayer = () => {
  const picture = useStore((state) => state.picture);
  return picture ? h(Lightbox, { key: picture.url, picture }) : null;
};
