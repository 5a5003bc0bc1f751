/** What the sandbox tells, taken into the state. */
import type { OperatorEvent, OperatorMessage } from '../operator-api.ts';
import { choosePlace, loadChannel } from './actions.ts';
import { api } from './api.ts';
import { getState, setState, type AppState } from './store.ts';
import { findChannel, findGuild, findMember } from './world.ts';

const KEPT_RECORDS = 500;
const TYPING_MS = 10_000;

const isFor = (entry: { visibleTo: string | null }, me: string) =>
  entry.visibleTo === null || entry.visibleTo === me;

const pings = ({ message }: OperatorMessage, { world, me }: AppState): boolean => {
  const guild = findGuild(world, findChannel(world, message.channel_id)?.guildId ?? null);
  const roles = findMember(guild, me)?.roles ?? [];
  return (
    message.mention_everyone ||
    message.mentions.some((user) => user.id === me) ||
    message.mention_roles.some((role) => roles.includes(role))
  );
};

/** Reads the world again, and goes elsewhere if the open channel is gone or hidden by now. */
export const refresh = async (): Promise<void> => {
  const world = await api.state();
  const { me, channelId } = getState();
  const seen = findChannel(world, channelId)?.viewers.includes(me) === true;
  setState({ world, ...(seen ? {} : choosePlace(world)) });
  await loadChannel();
};

let refreshing: Promise<void> | null = null;

/** Many changes in a row are one reading. */
const refreshSoon = (): void => {
  refreshing ??= new Promise((resolve) => setTimeout(resolve, 30))
    .then(() => {
      refreshing = null;
      return refresh();
    })
    .catch(() => {
      // The sandbox is away; the next connection reads again.
    });
};

const takeMessage = (event: Extract<OperatorEvent, { type: 'message' }>): void => {
  const state = getState();
  const { channelId, message: entry } = event;
  // The bot has opened a direct conversation.
  if (!findChannel(state.world, channelId)) refreshSoon();
  const { [channelId]: _typed, ...typing } = state.typing;
  if (event.change === 'created' && state.typing[channelId]?.userId === entry.message.author.id)
    setState({ typing });
  if (!isFor(entry, state.me)) return;
  const { [entry.message.id]: failure, ...failed } = state.failed;
  if (failure !== undefined) setState({ failed });
  if (channelId === state.channelId) {
    const known = state.messages.some(({ message }) => message.id === entry.message.id);
    const added = event.change === 'created' ? [entry] : [];
    // A list of its own even when the message is not in it: a reading under way may have its older form, and is repeated.
    setState({
      messages: known
        ? state.messages.map((old) => (old.message.id === entry.message.id ? entry : old))
        : [...state.messages, ...added],
    });
  } else if (event.change === 'created') {
    const { count, mentions } = state.unread[channelId] ?? { count: 0, mentions: 0 };
    const unread = { count: count + 1, mentions: mentions + Number(pings(entry, state)) };
    setState({ unread: { ...state.unread, [channelId]: unread } });
  }
};

export const takeEvent = (event: OperatorEvent): void => {
  const { world, messages, records, typing, channelId } = getState();
  switch (event.type) {
    case 'message':
      return takeMessage(event);
    case 'message-deleted':
      if (event.channelId === channelId)
        setState({ messages: messages.filter(({ message }) => message.id !== event.messageId) });
      return;
    case 'world':
    case 'commands':
      return refreshSoon();
    case 'clock':
      return setState({ world: { ...world, clock: event.clock } });
    case 'gateway':
      return setState({ world: { ...world, gateway: event.gateway } });
    case 'faults':
      return setState({ world: { ...world, faults: event.faults } });
    case 'record':
      return setState({ records: [...records.slice(1 - KEPT_RECORDS), event.record] });
    case 'typing': {
      const until = Date.now() + TYPING_MS;
      return setState({ typing: { ...typing, [event.channelId]: { userId: event.userId, until } } });
    }
    default:
    // Interactions are answered to the one who sent them.
  }
};
