/** Turns what a user does into an interaction and sends it to the bot. */
import { randomUUID } from 'node:crypto';
import { mayUse } from '../commands.ts';
import type { Core } from '../core.ts';
import type { Command, InteractionRequest } from '../operator-api.ts';
import { channelPermissions } from '../permissions.ts';
import { isSelect, walkComponents, ComponentType, type Json } from '../validation/component-rules.ts';
import { toChannel, toMember, toUser } from '../wire.ts';
import type { Channel, Guild, User } from '../world.ts';
import { submitModal } from './modal-input.ts';
import { arrangeOptions } from './options.ts';
import { notKnown, Refusal } from './refusal.ts';
import type { Resolved } from './resolved.ts';
import { selectFault } from './selects.ts';
import type { Interaction } from './store.ts';

interface Scene {
  core: Core;
  user: User;
  channel: Channel;
  guild: Guild | null;
}

const setScene = (core: Core, as: string, channelId: string): Scene => {
  const user = core.world.users.get(as);
  if (!user || user.bot) throw notKnown('user');
  const channel = core.world.channels.get(channelId);
  if (!channel || channelPermissions(core.world, channel, as) === 0n) throw notKnown('channel');
  const guild = channel.guildId === null ? null : core.world.guilds.get(channel.guildId)!;
  if (guild?.joined === false) throw new Refusal('The bot is not in this guild.', undefined, 409);
  return { core, user, channel, guild };
};

/** Finds a command by its name, one of the guild before a global one, as Discord lists them. */
const findCommand = (scene: Scene, fullName: string): { command: Command; words: string[] } => {
  const [name, ...words] = fullName.trim().replace(/^\//, '').split(/\s+/);
  const { core, channel, user } = scene;
  const usable = core.commands
    .all()
    .filter((command) => (command.type as number) === 1 && command.name === name)
    .filter((command) => mayUse(core.world, command, channel, user.id))
    .toSorted((a, b) => Number(b.guild_id !== undefined) - Number(a.guild_id !== undefined));
  const command = usable[0];
  if (command) return { command, words };
  if (core.commands.all().some((other) => other.name === name))
    throw new Refusal(`/${name} cannot be used by this user here.`);
  throw new Refusal(`/${name} is not a registered command.`, undefined, 404);
};

const owners = (guild: Guild | null) => ({ '0': guild?.id ?? '0' });

/** The part that all kinds of interactions share. */
const payload = ({ core, user, channel, guild }: Scene, interaction: Interaction, data: Json): Json => {
  const { world } = core;
  const partial = toChannel(world, channel);
  const permissions = channelPermissions(world, channel, user.id).toString();
  return {
    version: 1,
    id: interaction.id,
    application_id: world.application.id,
    type: interaction.type,
    token: interaction.token,
    data,
    channel_id: channel.id,
    channel: guild ? { ...partial, permissions } : partial,
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: { ...toMember(world, guild.members.get(user.id)!), permissions },
        }
      : { user: toUser(user) }),
    app_permissions: channelPermissions(world, channel, world.application.botId).toString(),
    locale: user.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: owners(guild),
    context: guild ? 0 : 1,
    attachment_size_limit: 10 * 1024 * 1024,
  };
};

interface Parts {
  kind: Interaction['kind'];
  type: Interaction['type'];
  data: Json;
  command?: string;
  customId?: string;
  source?: { id: string; message: Json };
  metadata?: Json;
  /** Of a slash command: its name, for the message's older `interaction`. */
  legacyName?: string;
}

const send = (scene: Scene, parts: Parts): Interaction => {
  const { core, user, channel, guild } = scene;
  const id = core.newId();
  const interaction: Interaction = {
    id,
    token: `${id}.${randomUUID()}${randomUUID()}`,
    kind: parts.kind,
    type: parts.type,
    userId: user.id,
    channelId: channel.id,
    guildId: guild?.id ?? null,
    command: parts.command ?? null,
    customId: parts.customId ?? null,
    sourceMessageId: parts.source?.id ?? null,
    createdAt: core.clock.now(),
    dispatchedAt: performance.now(),
    status: 'sent',
    failure: null,
    callbackType: null,
    originalId: null,
    followUpIds: [],
    modal: null,
    modalSubmitted: false,
    choices: null,
    tookMs: null,
    metadata: {
      id,
      type: parts.type,
      user: toUser(user),
      authorizing_integration_owners: owners(guild),
      ...parts.metadata,
    },
    legacy:
      parts.legacyName === undefined
        ? null
        : { id, type: parts.type, name: parts.legacyName, user: toUser(user) },
  };
  core.interactions.add(interaction);
  const event = payload(scene, interaction, parts.data);
  if (parts.source) event['message'] = parts.source.message;
  const delivered = core.gateway.dispatch(guild?.id ?? null, 'INTERACTION_CREATE', event);
  if (delivered) core.interactions.changed(interaction);
  else core.interactions.fail(interaction, 'no-bot');
  return interaction;
};

type Request<Kind> = Extract<InteractionRequest, { kind: Kind }>;

const sendCommand = (scene: Scene, request: Request<'command'> | Request<'autocomplete'>): Interaction => {
  const { core, guild, user } = scene;
  const { command, words } = findCommand(scene, request.command);
  const focused = request.kind === 'autocomplete' ? request.focused : null;
  const { options, resolved } = arrangeOptions(command, words, request.options ?? [], {
    world: core.world,
    guild,
    userId: user.id,
    focused,
  });
  const fullName = [command.name, ...words].join(' ');
  return send(scene, {
    kind: request.kind,
    type: request.kind === 'command' ? 2 : 4,
    command: fullName,
    legacyName: fullName,
    data: {
      id: command.id,
      name: command.name,
      type: 1,
      ...(options.length > 0 ? { options } : {}),
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    },
  });
};

const sendComponent = (scene: Scene, request: Request<'component'>): Interaction => {
  const { core, guild, user, channel } = scene;
  const stored = core.messages.get(channel.id, request.messageId);
  if (!stored || (stored.visibleTo !== null && stored.visibleTo !== user.id)) throw notKnown('message');
  let component: Json | undefined;
  walkComponents((stored.message.components ?? []) as unknown as Json[], [], (entry) => {
    if (entry['custom_id'] === request.customId) component = entry;
  });
  if (!component) throw notKnown('component');
  if (component['disabled'] === true) throw new Refusal('This component is disabled.');
  if (stored.message.author.id !== core.world.application.botId)
    throw new Refusal('This message is not of the bot.');
  const resolved: Resolved = {};
  const data: Json = {
    component_type: component['type'],
    custom_id: request.customId,
    id: component['id'],
  };
  if (isSelect(component['type'])) {
    const values = request.values ?? [];
    const fault = selectFault(component, values, { world: core.world, guild, userId: user.id, resolved });
    if (fault !== null)
      throw new Refusal('The choice is not right.', [{ field: request.customId, reason: fault }]);
    data['values'] = values;
    if (component['type'] !== ComponentType.stringSelect) data['resolved'] = resolved;
  } else if (request.values) {
    throw new Refusal('A button takes no values.');
  }
  return send(scene, {
    kind: 'component',
    type: 3,
    customId: request.customId,
    source: { id: stored.message.id, message: stored.message as unknown as Json },
    metadata: { interacted_message_id: stored.message.id },
    data,
  });
};

const sendModal = (scene: Scene, request: Request<'modal'>): Interaction => {
  const { core, guild, user, channel } = scene;
  const opener = core.interactions.get(request.interactionId);
  if (!opener?.modal || opener.userId !== user.id || opener.channelId !== channel.id) throw notKnown('modal');
  if (opener.modalSubmitted) throw new Refusal('This modal has been sent or closed already.', undefined, 409);
  const resolved: Resolved = {};
  const components = submitModal(opener.modal, request.fields, {
    world: core.world,
    guild,
    userId: user.id,
    resolved,
  });
  opener.modalSubmitted = true;
  const source =
    opener.sourceMessageId === null
      ? undefined
      : core.messages.get(channel.id, opener.sourceMessageId)?.message;
  const customId = opener.modal['custom_id'] as string;
  return send(scene, {
    kind: 'modal',
    type: 5,
    customId,
    ...(source ? { source: { id: source.id, message: source as unknown as Json } } : {}),
    metadata: { triggering_interaction_metadata: opener.metadata },
    data: {
      custom_id: customId,
      components,
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
    },
  });
};

/** Throws a Refusal for what Discord's client would not send. */
export const interact = (core: Core, request: InteractionRequest): Interaction => {
  const scene = setScene(core, request.as, request.channelId);
  switch (request.kind) {
    case 'command':
    case 'autocomplete':
      return sendCommand(scene, request);
    case 'component':
      return sendComponent(scene, request);
    case 'modal':
      return sendModal(scene, request);
    default:
      throw new Refusal('The kind of interaction is not known.');
  }
};
