/** What the page knows. Views read it with `useStore`; only actions.ts and events.ts change it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type {
  Command,
  Id,
  InspectorRecord,
  InteractionState,
  Modal,
  OperatorMessage,
  OperatorState,
} from '../operator-api.ts';

/** A command that was sent and not yet answered, or failed. */
export interface SentCommand {
  key: number;
  as: Id;
  channelId: Id;
  name: string;
  /** The last message there was when it was sent: its place in the channel. */
  after: Id | null;
  failure: InteractionState['failure'] | 'refused';
  reason: string | null;
}

export interface OpenModal {
  interactionId: Id;
  as: Id;
  channelId: Id;
  modal: Modal;
}

export interface Picture {
  url: string;
  description: string;
}

export interface Unread {
  count: number;
  mentions: number;
}

export type Theme = 'system' | 'dark' | 'light';
export type Panel = 'members' | 'inspector' | null;

export interface AppState {
  world: OperatorState;
  me: Id;
  channelId: Id;
  /** Of the open channel, as `me` sees it, oldest first. */
  messages: OperatorMessage[];
  /** Which channel and member `messages` and `commands` are for: `channel:user`. */
  loaded: string;
  /** What `me` may use in the open channel. */
  commands: Command[];
  sent: SentCommand[];
  /** Components that wait for the bot, `message:custom id`. */
  busy: readonly string[];
  /** Messages of which a component failed. */
  failed: Readonly<Record<Id, string>>;
  modal: OpenModal | null;
  picture: Picture | null;
  panel: Panel;
  /** On narrow screens the channels and the panel slide over the messages. */
  drawer: 'channels' | 'panel' | null;
  records: InspectorRecord[];
  /** Who types where, until when (system time). */
  typing: Readonly<Record<Id, { userId: Id; until: number }>>;
  unread: Readonly<Record<Id, Unread>>;
  connected: boolean;
  theme: Theme;
  notice: string | null;
  /** A command that was clicked in a text; the composer takes it up. */
  draftCommand: string | null;
}

const listeners = new Set<() => void>();
let state: AppState;

export const getState = (): AppState => state;

/** Replaces fields; views that read one of them are drawn again. */
export const setState = (patch: Partial<AppState>): void => {
  state = { ...state, ...patch };
  for (const listener of listeners) listener();
};

/** A part of the state; the component is drawn again when `select` gives something else. */
export const useStore = <Part>(select: (state: AppState) => Part): Part => {
  const selected = select(state);
  const latest = useRef({ select, selected });
  latest.current = { select, selected };
  const [, redraw] = useState({});
  useEffect(() => {
    const check = () => {
      if (!Object.is(latest.current.select(state), latest.current.selected)) redraw({});
    };
    // Something may have changed between drawing and listening.
    check();
    listeners.add(check);
    return () => void listeners.delete(check);
  }, []);
  return selected;
};
