/** Draws parsed markdown. User text only ever becomes text nodes. */
import { h, type ComponentChild, type ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { draftCommand, openChannel } from '../actions.ts';
import { useGuild } from '../current.ts';
import { useStore } from '../store.ts';
import { useLocale, useTexts } from '../texts.ts';
import { fullTime, timestampText, useTick, virtualNow } from '../time.ts';
import { findChannel, findUser, nameOf, roleStyle } from '../world.ts';
import { parseMarkdown, type Block } from './blocks.ts';
import { parseInline, type Inline } from './inline.ts';

const UserMention = ({ id }: { id: string }) => {
  const world = useStore((state) => state.world);
  const me = useStore((state) => state.me);
  const guild = useGuild();
  const name = findUser(world, id) ? nameOf(world, guild, id) : id;
  return h('span', { class: id === me ? 'mention mention-me' : 'mention' }, `@${name}`);
};

const RoleMention = ({ id }: { id: string }) => {
  const texts = useTexts();
  const role = useGuild()?.roles.find((entry) => entry.id === id);
  const { class: colored = '', style } = roleStyle(role?.color ?? 0);
  return h('span', { class: `mention ${colored}`, style }, `@${role?.name ?? texts.unknownRole}`);
};

const ChannelMention = ({ id }: { id: string }) => {
  const texts = useTexts();
  const channel = useStore(({ world }) => findChannel(world, id));
  if (!channel) return h('span', { class: 'mention' }, `#${texts.unknownChannel}`);
  return h(
    'button',
    { type: 'button', class: 'mention', onClick: () => void openChannel(id) },
    `#${channel.name}`,
  );
};

const Timestamp = ({ time, style }: { time: number; style: string }) => {
  const locale = useLocale();
  useStore((state) => state.world.clock);
  useTick(style === 'R' ? 15_000 : 3_600_000);
  const text = timestampText(time, style, virtualNow(), locale);
  const date = new Date(time);
  const iso = Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  if (iso === undefined) return h('span', null, '—');
  return h('time', { class: 'timestamp', dateTime: iso, title: fullTime(time, locale) }, text);
};

const Spoiler = ({ children }: { children: ComponentChildren }) => {
  const texts = useTexts();
  const [shown, setShown] = useState(false);
  if (shown) return h('span', { class: 'spoiler spoiler-shown' }, children);
  return h(
    'button',
    { type: 'button', class: 'spoiler', 'aria-label': texts.spoiler, onClick: () => setShown(true) },
    h('span', { 'aria-hidden': 'true' }, children),
  );
};

const drawInline = (node: Inline, index: number): ComponentChildren => {
  const inner = 'children' in node ? node.children.map(drawInline) : null;
  switch (node.type) {
    case 'text':
      return node.text;
    case 'break':
      return h('br', { key: index });
    case 'code':
      return h('code', { key: index }, node.text);
    case 'strong':
      return h('strong', { key: index }, inner);
    case 'emphasis':
      return h('em', { key: index }, inner);
    case 'underline':
      return h('u', { key: index }, inner);
    case 'strike':
      return h('s', { key: index }, inner);
    case 'spoiler':
      return h(Spoiler, { key: index, children: inner });
    case 'link':
      return h('a', { key: index, href: node.url, target: '_blank', rel: 'noopener noreferrer' }, inner);
    case 'user':
      return h(UserMention, { key: index, id: node.id });
    case 'role':
      return h(RoleMention, { key: index, id: node.id });
    case 'channel':
      return h(ChannelMention, { key: index, id: node.id });
    case 'everyone':
      return h('span', { key: index, class: 'mention mention-me' }, node.text);
    case 'command':
      return h(
        'button',
        { key: index, type: 'button', class: 'mention', onClick: () => draftCommand(node.name) },
        `/${node.name}`,
      );
    case 'timestamp':
      return h(Timestamp, { key: index, time: node.time, style: node.style });
    case 'emoji':
      return h('span', { key: index, class: 'emoji' }, `:${node.name}:`);
    default:
      return null;
  }
};

const drawBlock = (block: Block, index: number): ComponentChild => {
  const inline = 'children' in block && block.type !== 'quote' ? block.children.map(drawInline) : null;
  switch (block.type) {
    case 'heading':
      return h('div', { key: index, class: `heading heading-${block.level}` }, inline);
    case 'subtext':
      return h('div', { key: index, class: 'subtext' }, inline);
    case 'code':
      return h('pre', { key: index, tabIndex: 0 }, h('code', null, block.text));
    case 'quote':
      return h('blockquote', { key: index }, block.children.map(drawBlock));
    case 'list': {
      const items = block.items.map((item, position) => h('li', { key: position }, item.map(drawBlock)));
      return block.start === null
        ? h('ul', { key: index }, items)
        : h('ol', { key: index, start: block.start }, items);
    }
    default:
      return h('p', { key: index }, inline);
  }
};

export const Markdown = ({ text }: { text: string }) =>
  useMemo(() => h('div', { class: 'markdown' }, parseMarkdown(text).map(drawBlock)), [text]);

/** One line of it, as in labels and previews: without blocks. */
export const InlineMarkdown = ({ text }: { text: string }) =>
  useMemo(() => h('span', null, parseInline(text).map(drawInline)), [text]);
