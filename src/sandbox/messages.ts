import type { APIMessage } from 'discord.js';

export interface StoredMessage {
  message: APIMessage;
  /** An ephemeral message: the only user who sees it. */
  visibleTo: string | null;
  /** Attached files, by id. */
  fileIds: string[];
}

export interface ListQuery {
  limit: number;
  before?: string | undefined;
  after?: string | undefined;
  around?: string | undefined;
}

export interface MessageStore {
  add(stored: StoredMessage): void;
  /** Replaces the message with the same id. */
  update(stored: StoredMessage): void;
  remove(channelId: string, messageId: string): StoredMessage | undefined;
  get(channelId: string, messageId: string): StoredMessage | undefined;
  /** Public messages, newest first, as Discord lists them. */
  list(channelId: string, query: ListQuery): APIMessage[];
  /** What a user sees in a channel, oldest first. */
  seenBy(channelId: string, userId: string): StoredMessage[];
  /** The message sent with this nonce since `since`. */
  byNonce(channelId: string, nonce: string | number, since: number): StoredMessage | undefined;
  dropChannel(channelId: string): void;
  all(): StoredMessage[];
}

interface Shelf {
  shared: Map<string, StoredMessage>;
  /** Apart, so that private replies never push public messages out. */
  ephemeral: Map<string, StoredMessage>;
}

const KEPT = 200;

const compareIds = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** Keeps the last 200 public and the last 200 ephemeral messages of each channel. */
export const createMessages = (onEvict: (stored: StoredMessage) => void): MessageStore => {
  const shelves = new Map<string, Shelf>();
  const shelf = (channelId: string): Shelf => {
    let found = shelves.get(channelId);
    if (!found) shelves.set(channelId, (found = { shared: new Map(), ephemeral: new Map() }));
    return found;
  };
  const room = (stored: StoredMessage) => {
    const found = shelf(stored.message.channel_id);
    return stored.visibleTo === null ? found.shared : found.ephemeral;
  };
  const get = (channelId: string, messageId: string) => {
    const found = shelves.get(channelId);
    return found?.shared.get(messageId) ?? found?.ephemeral.get(messageId);
  };

  return {
    get,
    add: (stored) => {
      const messages = room(stored);
      messages.set(stored.message.id, stored);
      if (messages.size <= KEPT) return;
      const oldest = messages.values().next().value!;
      messages.delete(oldest.message.id);
      onEvict(oldest);
    },
    update: (stored) => {
      room(stored).set(stored.message.id, stored);
    },
    remove: (channelId, messageId) => {
      const stored = get(channelId, messageId);
      if (stored) room(stored).delete(messageId);
      return stored;
    },
    list: (channelId, { limit, before, after, around }) => {
      const newestFirst = [...(shelves.get(channelId)?.shared.values() ?? [])]
        .map((entry) => entry.message)
        .toReversed();
      if (before !== undefined)
        return newestFirst.filter((entry) => compareIds(entry.id, before) < 0).slice(0, limit);
      if (after !== undefined)
        return newestFirst.filter((entry) => compareIds(entry.id, after) > 0).slice(-limit);
      if (around === undefined) return newestFirst.slice(0, limit);
      const middle = newestFirst.findIndex((entry) => compareIds(entry.id, around) <= 0);
      const start = Math.max(0, (middle === -1 ? newestFirst.length : middle) - Math.floor(limit / 2));
      return newestFirst.slice(start, start + limit);
    },
    seenBy: (channelId, userId) => {
      const found = shelves.get(channelId);
      if (!found) return [];
      const own = [...found.ephemeral.values()].filter((entry) => entry.visibleTo === userId);
      return [...found.shared.values(), ...own].toSorted((a, b) => compareIds(a.message.id, b.message.id));
    },
    byNonce: (channelId, nonce, since) => {
      const recent = [...(shelves.get(channelId)?.shared.values() ?? [])].toReversed();
      return recent.find(({ message }) => message.nonce === nonce && Date.parse(message.timestamp) >= since);
    },
    dropChannel: (channelId) => void shelves.delete(channelId),
    all: () => [...shelves.values()].flatMap((entry) => [...entry.shared.values()]),
  };
};
