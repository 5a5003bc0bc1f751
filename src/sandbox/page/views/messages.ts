import { h, type RefObject, type ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OperatorMessage } from '../../operator-api.ts';
import { forgetSent, viewKey } from '../actions.ts';
import { useChannel } from '../current.ts';
import { useStore, type SentCommand } from '../store.ts';
import { useLocale, useTexts, type UiLocale } from '../texts.ts';
import { longDate, useTick } from '../time.ts';
import { Avatar } from './avatar.ts';
import { Icon } from './icons.ts';
import { hasContext, MessageView, UsedCommand } from './message.ts';

/** Messages of one author within this time stand together. */
const TOGETHER_MS = 7 * 60_000;

const continues = (entry: OperatorMessage, before: OperatorMessage | undefined): boolean =>
  before !== undefined &&
  before.message.author.id === entry.message.author.id &&
  !hasContext(entry.message) &&
  before.visibleTo === entry.visibleTo &&
  Date.parse(entry.message.timestamp) - Date.parse(before.message.timestamp) < TOGETHER_MS;

/** A command on its way, or one that failed. */
const Sent = ({ entry }: { entry: SentCommand }) => {
  const texts = useTexts();
  const { bot } = useStore((state) => state.world);
  const text =
    entry.failure === 'refused'
      ? `${texts.refused}: ${entry.reason ?? ''}`
      : entry.failure === 'no-bot'
        ? texts.noBot
        : texts.noReply;
  return h(
    'article',
    { class: 'message message-sent', 'aria-label': `/${entry.name}` },
    h(UsedCommand, { userId: entry.as, command: entry.name }),
    h('div', { class: 'message-avatar' }, h(Avatar, { id: bot.id, name: bot.name, bot: true, size: 40 })),
    h(
      'h3',
      { class: 'message-author' },
      h('span', null, bot.name),
      h('span', { class: 'app-tag' }, texts.app),
    ),
    h(
      'div',
      { class: 'message-body' },
      entry.failure === null
        ? h('p', { class: 'thinking' }, texts.sending)
        : [
            h('p', { class: 'failure' }, text),
            h(
              'p',
              { class: 'only-you' },
              h(Icon, { name: 'eye', size: 14 }),
              texts.onlyYou,
              ' · ',
              h(
                'button',
                { type: 'button', class: 'text-button', onClick: () => forgetSent(entry.key) },
                texts.dismiss,
              ),
            ),
          ],
    ),
  );
};

const Beginning = () => {
  const texts = useTexts();
  const channel = useChannel();
  const { bot } = useStore((state) => state.world);
  if (!channel) return null;
  const direct = channel.guildId === null;
  return h(
    'div',
    { class: 'beginning' },
    direct
      ? h(Avatar, { id: bot.id, name: bot.name, bot: true, size: 64 })
      : h('span', { class: 'beginning-mark' }, h(Icon, { name: 'hash', size: 36 })),
    h('h2', null, direct ? bot.name : texts.beginning(`#${channel.name}`)),
    h('p', null, direct ? texts.beginningDm(bot.name) : texts.beginningText),
  );
};

const Typing = () => {
  const texts = useTexts();
  const { bot } = useStore((state) => state.world);
  const typing = useStore((state) => state.typing[state.channelId]);
  useTick(2000);
  const shown = typing !== undefined && typing.until > Date.now() && typing.userId === bot.id;
  return h('div', { class: 'typing', role: 'status' }, shown ? texts.typing(bot.name) : '');
};

interface OwnActs {
  command: unknown;
  message: unknown;
}

/**
 * Keeps the end in view while one is at the end, and remembers where one was otherwise. Whoever sends something, of which
 * `own` are the newest, wants to see what comes of it.
 */
const useStickyEnd = (view: string, content: readonly unknown[], own: OwnActs) => {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [away, setAway] = useState(false);
  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    atEnd.current = true;
    setAway(false);
    toEnd();
  }, [view]);
  const follow = (act: unknown) => {
    if (act === undefined) return;
    atEnd.current = true;
    toEnd();
  };
  useLayoutEffect(() => follow(own.command), [own.command]);
  useLayoutEffect(() => follow(own.message), [own.message]);
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
  }, content);
  useEffect(() => {
    // Pictures that load and the growing composer change the heights later.
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(box.current!);
    observer.observe(box.current!.firstElementChild!);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = box.current!;
    atEnd.current = scrollHeight - scrollTop - clientHeight < 80;
    setAway(!atEnd.current);
  };
  return { box, away, onScroll, toEnd };
};

/** When what has the focus is redrawn away or disabled, the message it was in takes the focus. */
const useKeptFocus = (box: RefObject<HTMLElement | null>, content: unknown) => {
  const last = useRef<{ element: HTMLElement; message: HTMLElement } | null>(null);
  useLayoutEffect(() => {
    const { current } = last;
    if (!current || (document.activeElement !== document.body && document.activeElement !== current.element))
      return;
    const lost = !current.element.isConnected || current.element.matches(':disabled');
    if (lost) (current.message.isConnected ? current.message : box.current)?.focus({ preventScroll: true });
  }, [content]);
  const onFocusIn = ({ target }: FocusEvent) => {
    const element = target as HTMLElement;
    const message = element.closest<HTMLElement>('[data-message]');
    last.current = message ? { element, message } : null;
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) last.current = null;
  };
  return { onFocusIn, onFocusOut };
};

const drawSent = (entry: SentCommand) => h(Sent, { key: entry.key, entry });

/** Messages by day, and between them the commands that wait or failed, where they were sent. */
const rowsOf = (
  messages: readonly OperatorMessage[],
  sent: readonly SentCommand[],
  locale: UiLocale,
): ComponentChild[] => {
  const rows: ComponentChild[] = [];
  const known = new Set(messages.map(({ message }) => message.id));
  let day = '';
  let before: OperatorMessage | undefined;
  for (const entry of messages) {
    const { id, timestamp } = entry.message;
    const date = longDate(Date.parse(timestamp), locale);
    if (date !== day) {
      rows.push(h('div', { key: date, class: 'day' }, h('span', null, date)));
      before = undefined;
      day = date;
    }
    rows.push(h(MessageView, { key: id, entry, continued: continues(entry, before) }));
    const here = sent.filter(({ after }) => after === id);
    rows.push(...here.map(drawSent));
    before = here.length > 0 ? undefined : entry;
  }
  return [...rows, ...sent.filter(({ after }) => after === null || !known.has(after)).map(drawSent)];
};

export const Messages = () => {
  const texts = useTexts();
  const locale = useLocale();
  const channel = useChannel();
  const messages = useStore((state) => state.messages);
  const me = useStore((state) => state.me);
  const channelId = useStore((state) => state.channelId);
  const loaded = useStore((state) => state.loaded === viewKey(state));
  const everySent = useStore((state) => state.sent);
  const { bot } = useStore((state) => state.world);
  const sent = everySent.filter((entry) => entry.as === me && entry.channelId === channelId);
  const { box, away, onScroll, toEnd } = useStickyEnd(`${channelId}:${me}`, [messages, everySent], {
    command: sent.at(-1)?.key,
    message: messages.findLast(({ message }) => message.author.id === me)?.message.id,
  });
  const focus = useKeptFocus(box, messages);

  const label =
    channel?.guildId === null ? texts.messagesWith(bot.name) : texts.messagesIn(channel?.name ?? '');
  return h(
    'div',
    { class: 'messages' },
    h(
      'div',
      {
        ref: box,
        class: 'messages-scroll',
        tabIndex: 0,
        role: 'log',
        'aria-label': label,
        'aria-busy': !loaded,
        onScroll,
        onfocusin: focus.onFocusIn,
        onfocusout: focus.onFocusOut,
      },
      h(
        'div',
        { class: 'messages-content' },
        h(Beginning, null),
        h('h2', { class: 'visually-hidden' }, label),
        rowsOf(messages, sent, locale),
      ),
    ),
    away
      ? h(
          'button',
          { type: 'button', class: 'to-present', onClick: toEnd },
          texts.toPresent,
          h(Icon, { name: 'down', size: 16 }),
        )
      : null,
    h(Typing, null),
  );
};
