/** Where one writes: a text, or a command after a slash. */
import { h } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { draftCommand, isNarrow, runCommand, sendText } from '../actions.ts';
import { useChannel } from '../current.ts';
import { useStore } from '../store.ts';
import { useLocale, useTexts } from '../texts.ts';
import { Icon } from '../views/icons.ts';
import { searchEntries, toEntries, type CommandEntry } from './catalogue.ts';
import { CommandForm } from './command-form.ts';
import { entryId, SlashMenu } from './slash-menu.ts';

const MAX_LENGTH = 2000;

const TextBox = (props: {
  entries: readonly CommandEntry[];
  text: string;
  onText: (text: string) => void;
  onPick: (entry: CommandEntry) => void;
}) => {
  const { entries, text, onText, onPick } = props;
  const texts = useTexts();
  const channel = useChannel();
  const { bot } = useStore((state) => state.world);
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const slash = text.startsWith('/') && !text.includes('\n');
  const query = slash ? text.slice(1) : '';
  const found = useMemo(() => (slash ? searchEntries(query, entries) : []), [slash, query, entries]);
  const open = slash && !closed;
  useEffect(() => setActive(0), [query]);
  useLayoutEffect(() => {
    const element = area.current!;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 220)}px`;
  }, [text]);

  /** A space after a command's full name begins the command, unless a longer name goes on from there. */
  const type = (typed: string) => {
    setClosed(false);
    const name = /^\/(.+) $/.exec(typed)?.[1];
    const entry = entries.find((other) => other.name === name || other.label === name);
    const goesOn = entries.some((other) =>
      [other.name, other.label].some((text) => text.startsWith(`${name} `)),
    );
    if (entry && !goesOn) onPick(entry);
    else onText(typed);
  };
  const send = async () => {
    const content = text.trim();
    if (content === '') return;
    onText('');
    if (!(await sendText(content))) onText(content);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const entry = open ? found[active] : undefined;
    if (open && found.length > 0 && event.key === 'ArrowDown') setActive((active + 1) % found.length);
    else if (open && found.length > 0 && event.key === 'ArrowUp')
      setActive((active + found.length - 1) % found.length);
    else if (open && event.key === 'Escape') setClosed(true);
    else if (entry && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) onPick(entry);
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else return;
    event.preventDefault();
  };
  const name = channel?.guildId === null ? bot.name : `#${channel?.name ?? ''}`;
  return h(
    'div',
    { class: 'command' },
    open
      ? h(SlashMenu, {
          query,
          entries: found,
          empty: entries.length === 0,
          active,
          onPick,
          onHover: setActive,
        })
      : null,
    h(
      'form',
      {
        class: 'composer-box',
        onSubmit: (event: SubmitEvent) => {
          event.preventDefault();
          const entry = open ? found[active] : undefined;
          if (entry) onPick(entry);
          else void send();
        },
      },
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': texts.commands,
          title: texts.commands,
          onClick: () => {
            setClosed(false);
            onText('/');
            area.current?.focus();
          },
        },
        h(Icon, { name: 'slash' }),
      ),
      h('textarea', {
        ref: area,
        id: 'composer',
        rows: 1,
        maxLength: MAX_LENGTH,
        value: text,
        placeholder: isNarrow() ? texts.writeShort(name) : texts.writeIn(name),
        'aria-label': texts.writeIn(name),
        'aria-autocomplete': 'list',
        'aria-haspopup': 'listbox',
        'aria-controls': open && found.length > 0 ? 'slash-menu' : undefined,
        'aria-activedescendant': open && found[active] ? entryId(active) : undefined,
        onInput: (event: { currentTarget: HTMLTextAreaElement }) => type(event.currentTarget.value),
        onKeyDown,
      }),
      h(
        'button',
        {
          type: 'submit',
          class: 'icon-button composer-send',
          'aria-label': texts.send,
          title: texts.send,
          disabled: text.trim() === '',
        },
        h(Icon, { name: 'send' }),
      ),
    ),
  );
};

export const Composer = () => {
  const texts = useTexts();
  const locale = useLocale();
  const channel = useChannel();
  const me = useStore((state) => state.me);
  const commands = useStore((state) => state.commands);
  const draft = useStore((state) => state.draftCommand);
  const entries = useMemo(() => toEntries(commands, locale), [commands, locale]);
  const [text, setText] = useState('');
  const [entry, setEntry] = useState<CommandEntry | null>(null);
  const back = useRef(false);

  // A command belongs to the channel and member it was begun with.
  const place = `${channel?.id}:${me}`;
  useLayoutEffect(() => setEntry(null), [place]);
  useEffect(() => {
    if (draft === null) return;
    draftCommand(null);
    setEntry(entries.find(({ name }) => name === draft) ?? null);
  }, [draft]);
  useLayoutEffect(() => {
    if (!back.current) return;
    back.current = false;
    document.querySelector<HTMLTextAreaElement>('#composer')?.focus();
  }, [entry]);
  // Typing a slash anywhere begins a command, as long as nothing else is being typed into.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.closest('input, textarea, select, dialog, [role="listbox"]')) return;
      event.preventDefault();
      setText('/');
      document.querySelector<HTMLTextAreaElement>('#composer')?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  const leave = (nextText: string) => {
    back.current = true;
    setText(nextText);
    setEntry(null);
  };
  if (channel && !channel.writers.includes(me))
    return h('div', { class: 'composer' }, h('p', { class: 'composer-closed' }, texts.mayNotWrite));
  return h(
    'div',
    { class: 'composer' },
    entry
      ? h(CommandForm, {
          key: entry.name,
          entry,
          onCancel: leave,
          onRun: (name, options) => {
            leave('');
            void runCommand(name, options);
          },
        })
      : h(TextBox, { entries, text, onText: setText, onPick: setEntry }),
  );
};
