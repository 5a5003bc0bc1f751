import { h } from 'preact';
import type { OperatorUser } from '../../operator-api.ts';
import { actAs, openDm } from '../actions.ts';
import { useChannel, useGuild } from '../current.ts';
import { useStore } from '../store.ts';
import { useTexts } from '../texts.ts';
import { colorOf, nameOf, peopleOf, roleStyle, rolesOf } from '../world.ts';
import { Avatar } from './avatar.ts';
import { Icon } from './icons.ts';

const Person = ({ user }: { user: OperatorUser }) => {
  const texts = useTexts();
  const world = useStore((state) => state.world);
  const acting = useStore((state) => state.me) === user.id;
  const channel = useChannel();
  const guild = useGuild();
  const name = nameOf(world, guild, user.id);
  const role = guild && rolesOf(guild, user.id)[0];
  const color = colorOf(guild, user.id);
  return h(
    'li',
    null,
    h(
      'button',
      {
        type: 'button',
        // Who does not see the open channel; of a direct conversation everybody has their own.
        class:
          channel?.guildId != null && !channel.viewers.includes(user.id) ? 'person person-away' : 'person',
        'aria-pressed': acting,
        onClick: () => void actAs(user.id),
      },
      h(Avatar, { id: user.id, name, bot: false, size: 32 }),
      h(
        'span',
        { class: 'person-text' },
        h(
          'span',
          { class: 'person-name' },
          h('span', { class: 'visually-hidden' }, `${texts.actAs} `),
          h('span', roleStyle(color), name),
          guild?.ownerId === user.id
            ? h('span', { class: 'crown', title: texts.owner }, h(Icon, { name: 'crown', size: 14 }))
            : null,
        ),
        h('small', null, role ? `${role.name} · ${user.locale}` : user.locale),
      ),
      acting ? h('span', { class: 'tag' }, texts.you) : null,
    ),
  );
};

/** Everybody to act as, and the bots. */
export const Members = () => {
  const texts = useTexts();
  const world = useStore((state) => state.world);
  const guild = useGuild();
  const people = guild ? peopleOf(world, guild) : world.users.filter((user) => !user.bot);
  const bots = guild
    ? world.users.filter((user) => user.bot && guild.members.some((member) => member.userId === user.id))
    : [world.bot];
  return h(
    'div',
    { class: 'members' },
    h('h2', null, `${texts.members} — ${people.length}`),
    h(
      'ul',
      { 'aria-label': texts.switchMember },
      people.map((user) => h(Person, { key: user.id, user })),
    ),
    h('h2', null, `${texts.bots} — ${bots.length}`),
    h(
      'ul',
      null,
      bots.map((bot) =>
        h(
          'li',
          { key: bot.id },
          h(
            'button',
            { type: 'button', class: 'person', onClick: () => void openDm() },
            h(Avatar, { id: bot.id, name: bot.name, bot: true, size: 32 }),
            h(
              'span',
              { class: 'person-text' },
              h('span', { class: 'person-name' }, bot.name, h('span', { class: 'app-tag' }, texts.app)),
              h('small', null, texts.directMessages),
            ),
          ),
        ),
      ),
    ),
  );
};
