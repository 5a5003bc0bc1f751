import type { Command } from './operator-api.ts';
import { guildPermissions, channelPermissions, Permission } from './permissions.ts';
import type { Json } from './validation/component-rules.ts';
import type { Channel, World } from './world.ts';

export interface CommandStore {
  /** Global commands (null) or those of a guild. */
  list(guildId: string | null): Command[];
  get(id: string): Command | undefined;
  put(command: Command): void;
  remove(id: string): void;
  all(): Command[];
}

export const createCommands = (initial: readonly Command[]): CommandStore => {
  const byId = new Map(initial.map((command) => [command.id, command]));
  return {
    list: (guildId) => [...byId.values()].filter((command) => (command.guild_id ?? null) === guildId),
    get: (id) => byId.get(id),
    put: (command) => void byId.set(command.id, command),
    remove: (id) => void byId.delete(id),
    all: () => [...byId.values()],
  };
};

const textsOf = (thing: Json): Json => ({
  name: thing['name'],
  name_localizations: thing['name_localizations'] ?? null,
  description: thing['description'] ?? '',
  description_localizations: thing['description_localizations'] ?? null,
});

/** Discord leaves out what is empty or false in an option. */
const toOption = (option: Json): Json => {
  const choices = (option['choices'] as Json[] | null | undefined) ?? [];
  const inner = (option['options'] as Json[] | null | undefined) ?? [];
  const rest: Json = {};
  for (const field of ['min_value', 'max_value', 'min_length', 'max_length', 'channel_types'])
    if (option[field] != null) rest[field] = option[field];
  return {
    type: option['type'],
    ...textsOf(option),
    ...(option['required'] === true ? { required: true } : {}),
    ...(option['autocomplete'] === true ? { autocomplete: true } : {}),
    ...(choices.length > 0
      ? {
          choices: choices.map((choice) => ({
            name: choice['name'],
            name_localizations: choice['name_localizations'] ?? null,
            value: choice['value'],
          })),
        }
      : {}),
    ...(inner.length > 0 ? { options: inner.map(toOption) } : {}),
    ...rest,
  };
};

/** A registered command as Discord shows it, from the body that registered it. */
export const toCommand = (
  body: Json,
  identity: { id: string; applicationId: string; guildId: string | null; version: string },
): Command => {
  const permissions = body['default_member_permissions'] as string | number | null | undefined;
  const options = (body['options'] as Json[] | null | undefined) ?? [];
  const isGlobal = identity.guildId === null;
  return {
    id: identity.id,
    application_id: identity.applicationId,
    version: identity.version,
    type: body['type'] ?? 1,
    ...textsOf(body),
    default_member_permissions: permissions == null ? null : String(permissions),
    ...(options.length > 0 ? { options: options.map(toOption) } : {}),
    ...(isGlobal
      ? {
          dm_permission: body['dm_permission'] ?? true,
          contexts: body['contexts'] ?? null,
          integration_types: body['integration_types'] ?? [0],
        }
      : { guild_id: identity.guildId }),
    nsfw: body['nsfw'] ?? false,
  } as unknown as Command;
};

/** Without the translations, as Discord lists commands unless it is asked for them. */
export const withoutLocalizations = (command: Command): Command =>
  JSON.parse(JSON.stringify(command), function (this: Json, key: string, value: unknown) {
    return key === 'name_localizations' || key === 'description_localizations' ? undefined : value;
  }) as Command;

const inContext = (command: Command, inGuild: boolean): boolean => {
  if (command.guild_id !== undefined) return inGuild;
  const contexts: number[] | null | undefined = command.contexts;
  if (contexts) return contexts.includes(inGuild ? 0 : 1);
  return inGuild || command.dm_permission !== false;
};

/** Whether Discord offers a command to a user in a channel. */
export const mayUse = (world: World, command: Command, channel: Channel, userId: string): boolean => {
  if (!inContext(command, channel.guildId !== null)) return false;
  if (channel.guildId === null) return true;
  const guild = world.guilds.get(channel.guildId)!;
  if (!guild.joined) return false;
  if (command.guild_id !== undefined && command.guild_id !== channel.guildId) return false;
  const installs: number[] = command.integration_types ?? [0];
  if (command.guild_id === undefined && !installs.includes(0)) return false;
  if (!(channelPermissions(world, channel, userId) & Permission.useApplicationCommands)) return false;
  const needed = command.default_member_permissions;
  if (needed === null || needed === undefined) return true;
  const own = guildPermissions(guild, userId);
  if (own & Permission.administrator) return true;
  return needed !== '0' && (own & BigInt(needed)) === BigInt(needed);
};
