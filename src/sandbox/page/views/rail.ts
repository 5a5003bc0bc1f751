import { h } from 'preact';
import { openGuild } from '../actions.ts';
import { useStore } from '../store.ts';
import { useTexts } from '../texts.ts';
import { findChannel, findMember } from '../world.ts';
import { initialsOf } from './avatar.ts';

/** The servers, at the left edge. */
export const Rail = () => {
  const texts = useTexts();
  const world = useStore((state) => state.world);
  const me = useStore((state) => state.me);
  const channelId = useStore((state) => state.channelId);
  const unread = useStore((state) => state.unread);
  const open = findChannel(world, channelId)?.guildId ?? null;
  return h(
    'nav',
    { class: 'rail', 'aria-label': texts.servers },
    h(
      'ul',
      null,
      world.guilds.map((guild) => {
        const marks = guild.channels.flatMap(({ id }) => unread[id] ?? []);
        const mentions = marks.reduce((sum, mark) => sum + mark.mentions, 0);
        const mine = findMember(guild, me) !== undefined;
        const label = marks.length > 0 ? `${guild.name}, ${texts.unread(marks.length)}` : guild.name;
        return h(
          'li',
          { key: guild.id, class: open === guild.id ? 'open' : marks.length > 0 && mine ? 'unread' : '' },
          h(
            'button',
            {
              type: 'button',
              class: mine ? 'guild' : 'guild guild-other',
              title: guild.name,
              'aria-current': open === guild.id ? 'true' : undefined,
              onClick: () => void openGuild(guild.id),
            },
            h('span', { 'aria-hidden': 'true' }, initialsOf(guild.name)),
            h('span', { class: 'visually-hidden' }, label),
            mentions > 0 && mine ? h('span', { class: 'badge', 'aria-hidden': 'true' }, mentions) : null,
          ),
        );
      }),
    ),
  );
};
