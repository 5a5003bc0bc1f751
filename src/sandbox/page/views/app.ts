import { h, type ComponentChild } from 'preact';
import { useEffect } from 'preact/hooks';
import { isNarrow, openDrawer, togglePanel } from '../actions.ts';
import { Composer } from '../composer/composer.ts';
import { useChannel } from '../current.ts';
import { ModalLayer } from '../modal/modal.ts';
import { Inspector } from '../panel/inspector.ts';
import { useStore } from '../store.ts';
import { useLocale, useTexts } from '../texts.ts';
import { findUser } from '../world.ts';
import { Avatar } from './avatar.ts';
import { Channels } from './channels.ts';
import { Icon, type IconName } from './icons.ts';
import { LightboxLayer } from './lightbox.ts';
import { Members } from './members.ts';
import { Messages } from './messages.ts';
import { Rail } from './rail.ts';

const HeaderButton = (props: {
  icon: IconName;
  /** Stands for the icon on narrow screens, where nothing else shows who is acted as. */
  picture?: ComponentChild;
  label: string;
  pressed: boolean;
  onClick: () => void;
}) =>
  h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      title: props.label,
      'aria-pressed': props.pressed,
      onClick: props.onClick,
    },
    props.picture === undefined ? null : h('span', { class: 'inline only-narrow' }, props.picture),
    h('span', { class: 'visually-hidden' }, props.label),
    h(
      'span',
      { class: props.picture === undefined ? 'inline' : 'inline only-wide' },
      h(Icon, { name: props.icon }),
    ),
  );

const Header = () => {
  const texts = useTexts();
  const channel = useChannel();
  const { bot } = useStore((state) => state.world);
  const me = useStore((state) => findUser(state.world, state.me)!);
  const drawer = useStore((state) => state.drawer);
  const panel = useStore((state) => state.panel);
  // A panel that has slid away is not open, whichever it is.
  const open = drawer === 'panel' || !isNarrow() ? panel : null;
  const direct = channel?.guildId === null;
  return h(
    'header',
    { class: 'bar' },
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button only-narrow',
        'aria-label': texts.openChannels,
        onClick: () => openDrawer('channels'),
      },
      h(Icon, { name: 'menu' }),
    ),
    h(
      'span',
      { class: 'bar-icon' },
      h(Icon, { name: direct ? 'message' : channel?.type === 5 ? 'announcement' : 'hash' }),
    ),
    h('h1', { class: 'bar-title' }, direct ? bot.name : channel?.name),
    channel?.topic == null ? null : h('span', { class: 'bar-topic' }, channel.topic),
    h(
      'div',
      { class: 'bar-tools' },
      h(HeaderButton, {
        icon: 'pulse',
        label: texts.openInspector,
        pressed: open === 'inspector',
        onClick: () => togglePanel('inspector'),
      }),
      h(HeaderButton, {
        icon: 'people',
        picture: h(Avatar, { id: me.id, name: me.name, bot: false, size: 28 }),
        label: texts.openMembers,
        pressed: open === 'members',
        onClick: () => togglePanel('members'),
      }),
    ),
  );
};

const Panel = () => {
  const texts = useTexts();
  const panel = useStore((state) => state.panel);
  const inspecting = panel === 'inspector';
  if (panel === null) return null;
  return h(
    'aside',
    { class: `panel panel-${panel}`, 'aria-label': inspecting ? texts.inspector : texts.members },
    h(
      'header',
      { class: 'bar only-narrow' },
      h('span', { class: 'bar-title' }, inspecting ? texts.inspector : texts.members),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': texts.close, onClick: () => openDrawer(null) },
        h(Icon, { name: 'close' }),
      ),
    ),
    inspecting ? h(Inspector, null) : h(Members, null),
  );
};

const Notices = () => {
  const texts = useTexts();
  const notice = useStore((state) => state.notice);
  const connected = useStore((state) => state.connected);
  return h(
    'div',
    { class: 'notices', role: 'status' },
    connected ? null : h('p', { class: 'notice notice-lost' }, texts.lost),
    notice === null ? null : h('p', { class: 'notice' }, notice),
  );
};

export const App = () => {
  const locale = useLocale();
  const channel = useChannel();
  const drawer = useStore((state) => state.drawer);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  useEffect(() => {
    document.title = channel?.guildId === null ? 'Epoch' : `#${channel?.name ?? ''} · Epoch`;
  }, [channel]);
  useEffect(() => {
    if (drawer === null) return;
    const before = document.activeElement;
    document.querySelector<HTMLElement>(drawer === 'panel' ? '.panel button' : '.channels button')?.focus();
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && openDrawer(null);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [drawer]);
  return h(
    'div',
    { class: `app ${drawer === null ? '' : `drawer-${drawer}`}` },
    h('div', { class: 'sidebar' }, h(Rail, null), h(Channels, null)),
    h('main', { class: 'chat' }, h(Header, null), h(Messages, null), h(Composer, null)),
    h(Panel, null),
    drawer === null ? null : h('div', { class: 'scrim', onClick: () => openDrawer(null) }),
    h(Notices, null),
    h(ModalLayer, null),
    h(LightboxLayer, null),
  );
};
