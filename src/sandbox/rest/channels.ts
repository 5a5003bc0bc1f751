/** Channels, their messages, and direct messages. */
import { buildMessage } from '../build-message.ts';
import type { Core } from '../core.ts';
import {
  cannotDm,
  emptyMessage,
  invalidForm,
  missingAccess,
  missingPermissions,
  notAuthor,
  refuseIf,
  unknownChannel,
  unknownMessage,
  unknownUser,
} from '../http/errors.ts';
import type { ApiRequest, Route } from '../http/router.ts';
import { checkedEdit } from '../interactions/callback.ts';
import type { ListQuery } from '../messages.ts';
import { can, Permission } from '../permissions.ts';
import { removeMessage, replaceMessage, storeMessage } from '../post.ts';
import { isEmpty, MessageFlag, messageIssues } from '../validation/message-rules.ts';
import { checkDmCreate, checkMessageCreate, checkMessageEdit } from '../validation/requests.ts';
import { toChannel } from '../wire.ts';
import type { Channel } from '../world.ts';

const MESSAGE_FLAGS =
  MessageFlag.suppressEmbeds | MessageFlag.suppressNotifications | MessageFlag.componentsV2;

/** A nonce is remembered for a few minutes. */
const NONCE_WINDOW = 5 * 60_000;

/** The channel with that id, opened as the bot; unknown when the bot is not in its guild. */
const channelFor = (core: Core, id: string): Channel => {
  const channel = core.world.channels.get(id);
  if (!channel) throw unknownChannel();
  if (channel.guildId !== null && core.world.guilds.get(channel.guildId)?.joined !== true)
    throw missingAccess();
  if (!can(core.world, channel, core.world.application.botId, Permission.viewChannel)) throw missingAccess();
  return channel;
};

const requirePermission = (core: Core, channel: Channel, ...needed: bigint[]): void => {
  if (!can(core.world, channel, core.world.application.botId, ...needed)) throw missingPermissions();
};

/** The direct messages of the bot and a user, opened when there are none yet. */
export const openDm = (core: Core, userId: string): Channel => {
  const known = [...core.world.channels.values()].find((channel) => channel.recipientId === userId);
  if (known) return known;
  const user = core.world.users.get(userId)!;
  const channel: Channel = {
    id: core.newId(),
    guildId: null,
    name: user.name,
    topic: null,
    type: 1,
    position: 0,
    overwrites: [],
    recipientId: userId,
    lastMessageId: null,
  };
  core.world.channels.set(channel.id, channel);
  core.persist.world();
  core.publish(() => ({ type: 'world' }));
  return channel;
};

const createMessage = (core: Core, request: ApiRequest) => {
  const channel = channelFor(core, request.params['channel']!);
  const bot = core.world.application.botId;
  const body = checkMessageCreate(request.body ?? {});
  requirePermission(core, channel, Permission.sendMessages);
  if (channel.guildId === null && !core.world.users.get(channel.recipientId!)!.acceptsDms) throw cannotDm();
  if (channel.type === 4) throw invalidChannelType();
  if (request.files.length > 0) requirePermission(core, channel, Permission.attachFiles);
  refuseIf(messageIssues(body, { allowedFlags: MESSAGE_FLAGS, uploads: request.files }));
  if (isEmpty(body, request.files.length)) throw emptyMessage();
  if (body.message_reference) {
    requirePermission(core, channel, Permission.readMessageHistory);
    const found = core.messages.get(channel.id, body.message_reference.message_id);
    const isThere = found?.visibleTo === null;
    if (!isThere && body.message_reference.fail_if_not_exists === false) delete body.message_reference;
    else if (!isThere)
      throw invalidForm([
        { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
      ]);
  }
  if (body.nonce != null && body.enforce_nonce === true) {
    const known = core.messages.byNonce(channel.id, body.nonce, core.clock.now() - NONCE_WINDOW);
    if (known) return { status: 200, body: known.message };
  }
  const stored = buildMessage(core, {
    channel,
    authorId: bot,
    body,
    uploads: request.files,
    flags: body.flags ?? 0,
    visibleTo: null,
  });
  storeMessage(core, stored);
  return { status: 200, body: stored.message };
};

const invalidChannelType = () =>
  invalidForm([
    {
      path: ['channel_id'],
      code: 'CHANNEL_TYPE_INVALID',
      message: 'Cannot execute action on this channel type',
    },
  ]);

/** A public message of a channel: ephemeral ones are reached through their interaction only. */
const sharedMessage = (core: Core, channel: Channel, id: string) => {
  const stored = core.messages.get(channel.id, id);
  if (!stored || stored.visibleTo !== null) throw unknownMessage();
  return stored;
};

const listQuery = (query: URLSearchParams): ListQuery => {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalidForm([
      {
        path: ['limit'],
        code: 'NUMBER_TYPE_MAX',
        message: 'int value should be between 1 and 100.',
      },
    ]);
  return {
    limit,
    before: query.get('before') ?? undefined,
    after: query.get('after') ?? undefined,
    around: query.get('around') ?? undefined,
  };
};

export const channelRoutes = (core: Core): Route[] => [
  {
    method: 'GET',
    pattern: '/channels/:channel',
    handle: ({ params }) => ({
      status: 200,
      body: toChannel(core.world, channelFor(core, params['channel']!)),
    }),
  },
  {
    method: 'POST',
    pattern: '/users/@me/channels',
    handle: ({ body }) => {
      const { recipient_id: recipient } = checkDmCreate(body);
      const user = recipient == null ? undefined : core.world.users.get(recipient);
      if (!user || user.id === core.world.application.botId) throw user ? cannotDm() : unknownUser();
      return { status: 200, body: toChannel(core.world, openDm(core, user.id)) };
    },
  },
  {
    method: 'GET',
    pattern: '/channels/:channel/messages',
    handle: ({ params, query }) => {
      const channel = channelFor(core, params['channel']!);
      const mayRead = can(core.world, channel, core.world.application.botId, Permission.readMessageHistory);
      return { status: 200, body: mayRead ? core.messages.list(channel.id, listQuery(query)) : [] };
    },
  },
  {
    method: 'POST',
    pattern: '/channels/:channel/messages',
    handle: (request) => createMessage(core, request),
  },
  {
    method: 'GET',
    pattern: '/channels/:channel/messages/:message',
    handle: ({ params }) => {
      const channel = channelFor(core, params['channel']!);
      requirePermission(core, channel, Permission.readMessageHistory);
      return { status: 200, body: sharedMessage(core, channel, params['message']!).message };
    },
  },
  {
    method: 'PATCH',
    pattern: '/channels/:channel/messages/:message',
    handle: (request) => {
      const channel = channelFor(core, request.params['channel']!);
      const stored = sharedMessage(core, channel, request.params['message']!);
      const body = checkMessageEdit(request.body ?? {});
      if (stored.message.author.id !== core.world.application.botId) throw notAuthor();
      const edited = checkedEdit(core, stored, channel, body, request.files, MESSAGE_FLAGS);
      replaceMessage(core, edited);
      return { status: 200, body: edited.message };
    },
  },
  {
    method: 'DELETE',
    pattern: '/channels/:channel/messages/:message',
    handle: ({ params }) => {
      const channel = channelFor(core, params['channel']!);
      const stored = sharedMessage(core, channel, params['message']!);
      const own = stored.message.author.id === core.world.application.botId;
      if (!own) requirePermission(core, channel, Permission.manageMessages);
      removeMessage(core, channel.id, stored.message.id);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    pattern: '/channels/:channel/typing',
    handle: ({ params }) => {
      const channel = channelFor(core, params['channel']!);
      requirePermission(core, channel, Permission.sendMessages);
      core.publish(() => ({ type: 'typing', channelId: channel.id, userId: core.world.application.botId }));
      return { status: 204 };
    },
  },
];
