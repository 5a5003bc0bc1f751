/** The bot's answer to an interaction: POST /interactions/:id/:token/callback. */
import { buildMessage, editMessage } from '../build-message.ts';
import type { Core } from '../core.ts';
import type { UploadedFile } from '../http/body.ts';
import {
  alreadyAcknowledged,
  below,
  emptyMessage,
  invalidForm,
  refuseIf,
  unknownInteraction,
  unknownMessage,
} from '../http/errors.ts';
import type { StoredMessage } from '../messages.ts';
import { replaceMessage, storeMessage } from '../post.ts';
import type { Json } from '../validation/component-rules.ts';
import { isEmpty, MessageFlag, messageIssues, type MessageBody } from '../validation/message-rules.ts';
import { modalIssues } from '../validation/modal-rules.ts';
import { checkCallback, type CallbackBody } from '../validation/requests.ts';
import type { Channel } from '../world.ts';
import { withIds } from './modal-input.ts';
import type { Interaction } from './store.ts';

/** Flags a reply may carry. */
export const REPLY_FLAGS =
  MessageFlag.suppressEmbeds |
  MessageFlag.ephemeral |
  MessageFlag.suppressNotifications |
  MessageFlag.componentsV2;

/** Which callbacks each type of interaction takes. */
const suitable: Record<Interaction['type'], readonly number[]> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
};

const checkSuitable = (interaction: Interaction, type: number): void => {
  const allowed = suitable[interaction.type].filter(
    (entry) => (entry !== 6 && entry !== 7) || interaction.sourceMessageId !== null,
  );
  if (allowed.includes(type)) return;
  throw invalidForm([
    { path: ['type'], code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${allowed.join(', ')}}.` },
  ]);
};

export const channelOf = (core: Core, interaction: Interaction): Channel => {
  const channel = core.world.channels.get(interaction.channelId);
  if (!channel) throw unknownInteraction();
  return channel;
};

/** Checks a reply's message against the rules; its schema has been checked. */
export const checkReply = (body: MessageBody, uploads: UploadedFile[]): void => {
  refuseIf(messageIssues(body, { allowedFlags: REPLY_FLAGS, uploads }));
  if (isEmpty(body, uploads.length)) throw emptyMessage();
};

/** A message of the bot that answers an interaction. */
export const buildReply = (
  core: Core,
  interaction: Interaction,
  body: MessageBody,
  uploads: UploadedFile[],
  flags: number,
): StoredMessage => {
  const source = interaction.sourceMessageId;
  return buildMessage(core, {
    channel: channelOf(core, interaction),
    authorId: core.world.application.botId,
    // What answers a component answers its message.
    body: source === null ? body : { ...body, message_reference: { message_id: source } },
    uploads,
    flags,
    visibleTo: flags & MessageFlag.ephemeral ? interaction.userId : null,
    interaction: {
      webhookId: core.world.application.id,
      metadata: interaction.metadata,
      legacy: interaction.legacy,
    },
    type: interaction.type === 2 ? 20 : source === null ? 0 : 19,
  });
};

const reply = (core: Core, interaction: Interaction, body: MessageBody, uploads: UploadedFile[]): void => {
  checkReply(body, uploads);
  const stored = buildReply(core, interaction, body, uploads, body.flags ?? 0);
  interaction.originalId = stored.message.id;
  interaction.status = 'replied';
  storeMessage(core, stored);
};

const defer = (core: Core, interaction: Interaction, data: MessageBody): void => {
  const allowed = MessageFlag.ephemeral | MessageFlag.componentsV2 | MessageFlag.suppressNotifications;
  refuseIf(messageIssues({ flags: data.flags ?? 0 }, { allowedFlags: allowed, uploads: [] }));
  const flags = (data.flags ?? 0) | MessageFlag.loading;
  const stored = buildReply(core, interaction, {}, [], flags);
  interaction.originalId = stored.message.id;
  interaction.status = 'acknowledged';
  storeMessage(core, stored);
};

const update = (core: Core, interaction: Interaction, body: MessageBody, uploads: UploadedFile[]): void => {
  const stored = core.messages.get(interaction.channelId, interaction.sourceMessageId!);
  if (!stored) throw unknownMessage();
  const edited = checkedEdit(core, stored, channelOf(core, interaction), body, uploads, REPLY_FLAGS);
  interaction.originalId = stored.message.id;
  interaction.status = 'replied';
  replaceMessage(core, edited);
};

/** An edited copy of a message, after the rules; throws Discord's refusal. */
export const checkedEdit = (
  core: Core,
  stored: StoredMessage,
  channel: Channel,
  body: MessageBody,
  uploads: UploadedFile[],
  allowedFlags: number,
): StoredMessage => {
  const { message } = stored;
  const before = message.flags ?? 0;
  refuseIf(
    messageIssues(body, {
      allowedFlags,
      uploads,
      existing: { flags: before, attachments: message.attachments },
    }),
  );
  // Ephemeral stays as it was; V2 can be added but not taken away; the message is no longer loading.
  const changeable = MessageFlag.suppressEmbeds;
  const flags =
    (body.flags == null
      ? before
      : (before & ~changeable) | (body.flags & (changeable | MessageFlag.componentsV2))) &
    ~MessageFlag.loading;
  const after: MessageBody = {
    content: body.content === undefined ? message.content : body.content,
    embeds: body.embeds === undefined ? (message.embeds as unknown as Json[]) : body.embeds,
    components:
      body.components === undefined ? ((message.components ?? []) as unknown as Json[]) : body.components,
  };
  const becomesV2 = (flags & MessageFlag.componentsV2) !== 0 && (before & MessageFlag.componentsV2) === 0;
  if (becomesV2)
    refuseIf(messageIssues({ ...after, components: [], flags }, { allowedFlags: ~0, uploads: [] }));
  const filesLeft = uploads.length + (body.attachments?.length ?? message.attachments.length);
  if (isEmpty(after, filesLeft)) throw emptyMessage();
  return editMessage(core, stored, channel, body, uploads, flags);
};

const carryOut = (
  core: Core,
  interaction: Interaction,
  body: CallbackBody,
  uploads: UploadedFile[],
): void => {
  const data = (body.data ?? {}) as MessageBody;
  switch (body.type) {
    case 4:
      return reply(core, interaction, data, uploads);
    case 5:
      return defer(core, interaction, data);
    case 6:
      interaction.originalId = interaction.sourceMessageId;
      interaction.status = 'acknowledged';
      return;
    case 7:
      return update(core, interaction, data, uploads);
    case 8:
      interaction.choices = (body.data?.['choices'] ?? []) as Interaction['choices'];
      interaction.status = 'replied';
      return;
    default:
      refuseIf(modalIssues(body.data as unknown as { components: Json[] }));
      interaction.modal = withIds(body.data!);
      interaction.status = 'replied';
  }
};

const choiceIssues = (choices: { name: string; value: unknown }[]) =>
  choices.flatMap(({ value }, index) =>
    typeof value === 'string' && value.length > 100
      ? [
          {
            path: ['data', 'choices', index, 'value'],
            code: 'BASE_TYPE_MAX_LENGTH',
            message: 'Must be 100 or fewer in length.',
          },
        ]
      : [],
  );

/**
 * Answers an interaction; returns Discord's InteractionCallbackResponse.
 * A refused body leaves the interaction unanswered.
 */
export const acknowledge = (
  core: Core,
  id: string,
  token: string,
  rawBody: unknown,
  uploads: UploadedFile[],
): object => {
  const interaction = core.interactions.get(id);
  if (!interaction || interaction.token !== token || interaction.status === 'failed')
    throw unknownInteraction();
  if (interaction.callbackType !== null) throw alreadyAcknowledged();
  const body = checkCallback(rawBody);
  checkSuitable(interaction, body.type);
  if (body.type === 8)
    refuseIf(choiceIssues((body.data?.['choices'] ?? []) as { name: string; value: unknown }[]));
  below('data', () => carryOut(core, interaction, body, uploads));
  interaction.callbackType = body.type;
  interaction.tookMs = performance.now() - interaction.dispatchedAt;
  core.interactions.changed(interaction);
  return callbackResponse(core, interaction, body.type);
};

const callbackResponse = (core: Core, interaction: Interaction, type: number): object => {
  const message =
    interaction.originalId === null
      ? undefined
      : core.messages.get(interaction.channelId, interaction.originalId)?.message;
  const creates = type === 4 || type === 5;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      channel_id: interaction.channelId,
      ...(interaction.guildId === null ? {} : { guild_id: interaction.guildId }),
      ...(message && type <= 7
        ? {
            response_message_id: message.id,
            response_message_loading: type === 5,
            response_message_ephemeral: ((message.flags ?? 0) & MessageFlag.ephemeral) !== 0,
          }
        : {}),
    },
    ...(message && type <= 7 ? { resource: { type: creates ? 4 : 7, message } } : {}),
  };
};
