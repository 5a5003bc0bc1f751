/** Stores, replaces and removes messages, and tells everybody who must know. */
import type { Core } from './core.ts';
import type { StoredMessage } from './messages.ts';

export const storeMessage = (core: Core, stored: StoredMessage): void => {
  const { message, visibleTo } = stored;
  core.messages.add(stored);
  const channel = core.world.channels.get(message.channel_id);
  if (channel && visibleTo === null) channel.lastMessageId = message.id;
  if (visibleTo === null) core.persist.message(message.channel_id, message.id);
  core.publish(() => ({
    type: 'message',
    change: 'created',
    channelId: message.channel_id,
    message: { message, visibleTo },
  }));
};

export const replaceMessage = (core: Core, stored: StoredMessage): void => {
  const { message, visibleTo } = stored;
  core.messages.update(stored);
  if (visibleTo === null) core.persist.message(message.channel_id, message.id);
  core.publish(() => ({
    type: 'message',
    change: 'updated',
    channelId: message.channel_id,
    message: { message, visibleTo },
  }));
};

export const removeMessage = (core: Core, channelId: string, messageId: string): boolean => {
  const stored = core.messages.remove(channelId, messageId);
  if (!stored) return false;
  for (const id of stored.fileIds) core.files.delete(id);
  if (stored.visibleTo === null) core.persist.message(channelId, messageId);
  core.publish(() => ({ type: 'message-deleted', channelId, messageId, visibleTo: stored.visibleTo }));
  return true;
};
