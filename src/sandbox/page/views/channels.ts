import { h } from 'preact';
import type { OperatorChannel } from '../../operator-api.ts';
import { openChannel, openDm, openDrawer, setTheme, togglePanel } from '../actions.ts';
import { useGuild } from '../current.ts';
import { useStore, type Theme } from '../store.ts';
import { useTexts } from '../texts.ts';
import { channelsFor, dmOf, guildsOf, nameOf } from '../world.ts';
import { Avatar } from './avatar.ts';
import { Icon, type IconName } from './icons.ts';

const ChannelLink = ({ channel }: { channel: OperatorChannel }) => {
  const texts = useTexts();
  const open = useStore((state) => state.channelId) === channel.id;
  const unread = useStore((state) => state.unread[channel.id]);
  return h(
    'li',
    null,
    h(
      'button',
      {
        type: 'button',
        class: unread ? 'channel unread' : 'channel',
        'aria-current': open ? 'page' : undefined,
        onClick: () => void openChannel(channel.id),
      },
      h(Icon, { name: channel.type === 5 ? 'announcement' : 'hash', size: 18 }),
      h('span', { class: 'channel-name' }, channel.name),
      unread && unread.mentions === 0
        ? h('span', { class: 'visually-hidden' }, texts.unread(unread.count))
        : null,
      unread && unread.mentions > 0
        ? h('span', { class: 'badge', 'aria-label': texts.unread(unread.count) }, unread.mentions)
        : null,
    ),
  );
};

const DmLink = () => {
  const { bot } = useStore((state) => state.world);
  const dm = useStore((state) => dmOf(state.world, state.me));
  const open = useStore((state) => dm !== undefined && state.channelId === dm.id);
  const unread = useStore((state) => (dm ? state.unread[dm.id] : undefined));
  return h(
    'button',
    {
      type: 'button',
      class: unread ? 'channel unread' : 'channel',
      'aria-current': open ? 'page' : undefined,
      onClick: () => void openDm(),
    },
    h(Avatar, { id: bot.id, name: bot.name, bot: true, size: 24 }),
    h('span', { class: 'channel-name' }, bot.name),
    unread ? h('span', { class: 'badge' }, unread.count) : null,
  );
};

const themeIcons: Record<Theme, IconName> = { system: 'contrast', dark: 'moon', light: 'sun' };
const nextTheme: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' };

/** Who is acted as, at the foot of the channels. */
const Self = () => {
  const texts = useTexts();
  const world = useStore((state) => state.world);
  const me = useStore((state) => state.me);
  const theme = useStore((state) => state.theme);
  const guild = useGuild();
  const name = nameOf(world, guild, me);
  return h(
    'div',
    { class: 'self' },
    h(
      'button',
      {
        type: 'button',
        class: 'self-name',
        title: texts.switchMember,
        onClick: () => togglePanel('members'),
      },
      h(Avatar, { id: me, name, bot: false, size: 32 }),
      h(
        'span',
        null,
        h('strong', null, name),
        h('small', null, texts.actingAs),
        h('span', { class: 'visually-hidden' }, texts.switchMember),
      ),
      h(Icon, { name: 'switch', size: 16 }),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        title: texts.theme[theme],
        'aria-label': texts.theme[theme],
        onClick: () => setTheme(nextTheme[theme]),
      },
      h(Icon, { name: themeIcons[theme] }),
    ),
  );
};

/** The channels of the open server that the member sees, and their direct messages. */
export const Channels = () => {
  const texts = useTexts();
  const world = useStore((state) => state.world);
  const me = useStore((state) => state.me);
  const guild = useGuild() ?? guildsOf(world, me)[0];
  return h(
    'nav',
    { class: 'channels', 'aria-label': texts.channels },
    h(
      'header',
      { class: 'bar' },
      h('span', { class: 'bar-title' }, guild?.name ?? texts.directMessages),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button only-narrow',
          'aria-label': texts.close,
          onClick: () => openDrawer(null),
        },
        h(Icon, { name: 'close' }),
      ),
    ),
    h(
      'div',
      { class: 'channel-list' },
      guild
        ? [
            h('h2', { key: 'title' }, texts.textChannels),
            h(
              'ul',
              { key: 'list' },
              channelsFor(guild, me).map((channel) => h(ChannelLink, { key: channel.id, channel })),
            ),
            guild.joined ? null : h('p', { key: 'gone', class: 'hint' }, texts.notInServer),
          ]
        : null,
      h('h2', null, texts.directMessages),
      h(DmLink, null),
    ),
    h(Self, null),
  );
};
