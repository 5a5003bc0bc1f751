/** Makes Discord's message object out of a request that has been checked. */
import type { APIMessage } from 'discord.js';
import { buildComponents, type Attachment } from './build-components.ts';
import type { Core } from './core.ts';
import { contentTypeOf, pictureSize, safeName, type StoredFile } from './files.ts';
import type { UploadedFile } from './http/body.ts';
import type { StoredMessage } from './messages.ts';
import { can, Permission } from './permissions.ts';
import { ComponentType, type Json } from './validation/component-rules.ts';
import type { MessageBody } from './validation/message-rules.ts';
import { toTimestamp, toUser } from './wire.ts';
import type { Channel } from './world.ts';

const fileUrl = (core: Core, file: StoredFile): string =>
  `${core.baseUrl}/attachments/${file.channelId}/${file.id}/${encodeURIComponent(file.filename)}`;

/** Keeps the uploaded files and describes them. */
const attach = (
  core: Core,
  channelId: string,
  body: MessageBody,
  uploads: UploadedFile[],
  ephemeral: boolean,
) =>
  uploads.map((upload): Attachment => {
    const said = body.attachments?.find((entry) => entry.id === String(upload.index));
    const filename = safeName(said?.filename ?? upload.filename);
    const size = pictureSize(upload.bytes);
    const file: StoredFile = {
      id: core.newId(),
      channelId,
      filename,
      contentType: contentTypeOf(filename, upload.contentType),
      bytes: upload.bytes,
      width: size?.width ?? null,
      height: size?.height ?? null,
    };
    core.files.set(file.id, file);
    const url = fileUrl(core, file);
    return {
      id: file.id,
      filename,
      size: file.bytes.length,
      url,
      proxy_url: url,
      content_type: file.contentType,
      ...size,
      ...(said?.description == null ? {} : { description: said.description }),
      ...(ephemeral ? { ephemeral: true } : {}),
    };
  });

const buildEmbeds = (embeds: readonly Json[], attachments: readonly Attachment[]): Json[] =>
  embeds.map((embed) => {
    const result: Json = { type: 'rich' };
    for (const [field, value] of Object.entries(embed))
      if (value != null && field !== 'type') result[field] = value;
    for (const field of ['image', 'thumbnail']) {
      const url = (embed[field] as { url?: string } | null | undefined)?.url;
      if (!url?.startsWith('attachment://')) continue;
      const file = attachments.find(
        (entry) => entry.filename === safeName(url.slice('attachment://'.length)),
      );
      if (file)
        result[field] = { url: file.url, proxy_url: file.proxy_url, width: file.width, height: file.height };
    }
    return result;
  });

const textOf = (components: readonly Json[]): string =>
  components
    .map((component) =>
      component['type'] === ComponentType.textDisplay
        ? (component['content'] as string)
        : textOf((component['components'] as Json[] | undefined) ?? []),
    )
    .join('\n');

/** Whom a message pings, after `allowed_mentions` and the sender's permissions. */
const mentions = (core: Core, channel: Channel, authorId: string, text: string, body: MessageBody) => {
  if (!text.includes('@')) return { users: [], roles: [], everyone: false };
  const allowed = body.allowed_mentions;
  const parses = (kind: string) => !allowed || (allowed.parse?.includes(kind) ?? false);
  const named = (kind: 'users' | 'roles', id: string) =>
    parses(kind) || (allowed?.[kind]?.includes(id) ?? false);
  const guild = channel.guildId === null ? undefined : core.world.guilds.get(channel.guildId);
  const mayPingAll = guild !== undefined && can(core.world, channel, authorId, Permission.mentionEveryone);
  const ids = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))];
  return {
    users: ids(/<@!?(\d+)>/g)
      .filter((id) => core.world.users.has(id) && named('users', id))
      .map((id) => toUser(core.world.users.get(id)!)),
    roles: ids(/<@&(\d+)>/g).filter((id) => {
      const role = guild?.roles.get(id);
      return role !== undefined && (role.mentionable || mayPingAll) && named('roles', id);
    }),
    everyone: mayPingAll && parses('everyone') && /@(everyone|here)\b/.test(text),
  };
};

export interface NewMessage {
  channel: Channel;
  authorId: string;
  body: MessageBody;
  uploads: UploadedFile[];
  flags: number;
  visibleTo: string | null;
  /** For replies to interactions. */
  interaction?: { webhookId: string; metadata: object; legacy: object | null };
  type?: number;
}

/** A new message; nothing is stored yet but its files. */
export const buildMessage = (core: Core, input: NewMessage): StoredMessage => {
  const { channel, body, authorId } = input;
  const attachments = attach(core, channel.id, body, input.uploads, input.visibleTo !== null);
  const components = buildComponents(core, body.components ?? [], attachments);
  const pings = mentions(core, channel, authorId, `${body.content ?? ''}\n${textOf(components)}`, body);
  const reference = body.message_reference;
  const message = {
    type: input.type ?? (reference ? 19 : 0),
    content: body.content ?? '',
    mentions: pings.users,
    mention_roles: pings.roles,
    attachments,
    embeds: buildEmbeds(body.embeds ?? [], attachments),
    timestamp: toTimestamp(core.clock.now()),
    edited_timestamp: null,
    flags: input.flags,
    components,
    id: core.newId(),
    channel_id: channel.id,
    author: toUser(core.world.users.get(authorId)!),
    pinned: false,
    mention_everyone: pings.everyone,
    tts: body.tts ?? false,
    ...(body.nonce == null ? {} : { nonce: body.nonce }),
    ...(reference
      ? {
          message_reference: {
            type: 0,
            channel_id: channel.id,
            message_id: reference.message_id,
            ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
          },
        }
      : {}),
    ...(input.interaction
      ? {
          webhook_id: input.interaction.webhookId,
          application_id: input.interaction.webhookId,
          interaction_metadata: input.interaction.metadata,
          ...(input.interaction.legacy ? { interaction: input.interaction.legacy } : {}),
        }
      : authorId === core.world.application.botId
        ? { application_id: core.world.application.id }
        : {}),
  } as unknown as APIMessage;
  return { message, visibleTo: input.visibleTo, fileIds: attachments.map((entry) => entry.id) };
};

/** An edited copy; what the request leaves out stays. Files that are no longer attached are dropped. */
export const editMessage = (
  core: Core,
  stored: StoredMessage,
  channel: Channel,
  body: MessageBody,
  uploads: UploadedFile[],
  flags: number,
): StoredMessage => {
  const old = stored.message;
  const kept = body.attachments
    ? old.attachments.filter((file) => body.attachments!.some((entry) => entry.id === file.id))
    : old.attachments;
  const added = attach(core, channel.id, body, uploads, stored.visibleTo !== null);
  const attachments = [...kept, ...added];
  for (const id of stored.fileIds) if (!kept.some((file) => file.id === id)) core.files.delete(id);
  const components =
    body.components === undefined
      ? (old.components as unknown as Json[])
      : buildComponents(core, body.components ?? [], attachments);
  const content = body.content === undefined ? old.content : (body.content ?? '');
  const pings = mentions(core, channel, old.author.id, `${content}\n${textOf(components)}`, body);
  const message = {
    ...old,
    content,
    components,
    attachments,
    embeds: body.embeds === undefined ? old.embeds : buildEmbeds(body.embeds ?? [], attachments),
    mentions: pings.users,
    mention_roles: pings.roles,
    mention_everyone: pings.everyone,
    flags,
    edited_timestamp: toTimestamp(core.clock.now()),
  } as unknown as APIMessage;
  return { message, visibleTo: stored.visibleTo, fileIds: attachments.map((entry) => entry.id) };
};
