import type { APIMessage } from 'discord.js';
import { h, type ComponentChild } from 'preact';
import { useMemo } from 'preact/hooks';
import type { OperatorMessage } from '../../operator-api.ts';
import { dismiss } from '../actions.ts';
import { Components } from '../components/content.ts';
import { Embed } from '../components/embed.ts';
import { Attachments } from '../components/media.ts';
import { MessageFlag } from '../components/wire.ts';
import { commandLabel } from '../composer/catalogue.ts';
import { useGuild } from '../current.ts';
import { plainText } from '../markdown/blocks.ts';
import { Markdown } from '../markdown/view.ts';
import { useStore } from '../store.ts';
import { useLocale, useTexts } from '../texts.ts';
import { clockTime, fullTime, messageTime, virtualNow } from '../time.ts';
import { colorOf, nameOf, roleStyle } from '../world.ts';
import { Avatar } from './avatar.ts';
import { Icon } from './icons.ts';

const hasFlag = (message: APIMessage, flag: number): boolean => ((message.flags ?? 0) & flag) !== 0;

/** The first words of a message, wherever they stand. */
const excerpt = (message: APIMessage): string => {
  const texts: string[] = [message.content];
  const collect = (components: readonly unknown[]) => {
    for (const component of components as { content?: string; components?: unknown[] }[]) {
      if (component.content !== undefined) texts.push(component.content);
      if (component.components) collect(component.components);
    }
  };
  collect(message.components ?? []);
  return plainText(texts.find((text) => text !== '') ?? '').slice(0, 120);
};

export const Thinking = ({ name }: { name: string }) => {
  const texts = useTexts();
  return h(
    'p',
    { class: 'thinking' },
    h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i', null), h('i', null), h('i', null)),
    texts.thinking(name),
  );
};

/** `林晓 used /quiz`, above an answer to a command. */
export const UsedCommand = ({ userId, command }: { userId: string; command: string }) => {
  const texts = useTexts();
  const world = useStore((state) => state.world);
  const guild = useGuild();
  const locale = useLocale();
  const { commands } = world;
  const name = nameOf(world, guild, userId);
  const label = useMemo(() => commandLabel(commands, command, locale), [commands, command, locale]);
  return h(
    'div',
    { class: 'message-context' },
    h(Avatar, { id: userId, name, bot: false, size: 16 }),
    h('span', roleStyle(colorOf(guild, userId)), name),
    ` ${texts.used} `,
    h('span', { class: 'command-name' }, `/${label}`),
  );
};

const ReplyTo = ({ messageId }: { messageId: string }) => {
  const world = useStore((state) => state.world);
  const guild = useGuild();
  const entry = useStore((state) => state.messages.find(({ message }) => message.id === messageId));
  if (!entry) return null;
  const { author } = entry.message;
  const name = nameOf(world, guild, author.id);
  return h(
    'div',
    { class: 'message-context' },
    h(Avatar, { id: author.id, name, bot: author.bot === true, size: 16 }),
    h('span', roleStyle(colorOf(guild, author.id)), name),
    h('span', { class: 'message-excerpt' }, excerpt(entry.message)),
  );
};

/** What a message answers: a command, or another message. */
const Context = ({ message }: { message: APIMessage }): ComponentChild | null => {
  const metadata = message.interaction_metadata as
    | { user: { id: string }; interacted_message_id?: string; triggering_interaction_metadata?: unknown }
    | undefined;
  // The name of the command is only in the older field.
  const { interaction } = message as { interaction?: { name: string } };
  if (metadata && interaction) return h(UsedCommand, { userId: metadata.user.id, command: interaction.name });
  const original = message.message_reference?.message_id ?? metadata?.interacted_message_id;
  return original === undefined || original === message.id ? null : h(ReplyTo, { messageId: original });
};

export const hasContext = (message: APIMessage): boolean =>
  message.interaction_metadata !== undefined || message.message_reference !== undefined;

const Body = ({ message }: { message: APIMessage }) =>
  useMemo(
    () => [
      message.content === '' ? null : h(Markdown, { text: message.content }),
      message.embeds.map((embed, index) => h(Embed, { key: index, embed })),
      message.attachments.length > 0 && !hasFlag(message, MessageFlag.componentsV2)
        ? h(Attachments, { attachments: message.attachments })
        : null,
      message.components && message.components.length > 0
        ? h(Components, { components: message.components, messageId: message.id })
        : null,
    ],
    [message],
  );

/** A message; `continued` leaves out the author, who is the same as above. */
export const MessageView = ({ entry, continued }: { entry: OperatorMessage; continued: boolean }) => {
  const { message } = entry;
  const texts = useTexts();
  const locale = useLocale();
  const world = useStore((state) => state.world);
  const me = useStore((state) => state.me);
  const failure = useStore((state) => state.failed[message.id]);
  const guild = useGuild();
  const { author } = message;
  const name = nameOf(world, guild, author.id);
  const time = Date.parse(message.timestamp);
  const loading = hasFlag(message, MessageFlag.loading);
  const pinged = message.mention_everyone || message.mentions.some((user) => user.id === me);
  const kinds = [
    'message',
    continued ? 'message-continued' : '',
    entry.visibleTo === null ? '' : 'message-ephemeral',
    pinged ? 'message-pinged' : '',
  ];
  return h(
    'article',
    {
      class: kinds.filter(Boolean).join(' '),
      'aria-labelledby': continued ? undefined : `author-${message.id}`,
      'aria-label': continued ? `${name}, ${clockTime(time, locale)}` : undefined,
      'data-message': message.id,
      tabIndex: -1,
    },
    continued
      ? h('time', { class: 'message-hour', dateTime: message.timestamp }, clockTime(time, locale))
      : [
          h(Context, { message }),
          h(
            'div',
            { class: 'message-avatar' },
            h(Avatar, { id: author.id, name, bot: author.bot === true, size: 40 }),
          ),
          h(
            'h3',
            { class: 'message-author', id: `author-${message.id}` },
            h('span', { ...roleStyle(colorOf(guild, author.id)) }, name),
            author.bot === true ? h('span', { class: 'app-tag' }, texts.app) : null,
            h(
              'time',
              { dateTime: message.timestamp, title: fullTime(time, locale) },
              messageTime(time, virtualNow(), locale, texts),
            ),
          ),
        ],
    h(
      'div',
      { class: 'message-body' },
      loading ? h(Thinking, { name }) : h(Body, { message }),
      message.edited_timestamp === null || loading
        ? null
        : h(
            'time',
            {
              class: 'edited',
              dateTime: message.edited_timestamp,
              title: fullTime(Date.parse(message.edited_timestamp), locale),
            },
            texts.edited,
          ),
      failure === undefined ? null : h('p', { class: 'failure', role: 'alert' }, failure),
      entry.visibleTo === null
        ? null
        : h(
            'p',
            { class: 'only-you' },
            h(Icon, { name: 'eye', size: 14 }),
            texts.onlyYou,
            ' · ',
            h(
              'button',
              { type: 'button', class: 'text-button', onClick: () => dismiss(message.id) },
              texts.dismiss,
            ),
          ),
    ),
  );
};
