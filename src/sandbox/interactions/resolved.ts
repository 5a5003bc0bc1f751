import { channelPermissions, guildPermissions } from '../permissions.ts';
import type { Json } from '../validation/component-rules.ts';
import { toMemberWithoutUser, toRole, toUser } from '../wire.ts';
import type { Guild, World } from '../world.ts';

/** The objects an interaction's ids stand for, as Discord sends them along. */
export interface Resolved {
  users?: Record<string, unknown>;
  members?: Record<string, unknown>;
  roles?: Record<string, unknown>;
  channels?: Record<string, unknown>;
}

export const resolveUser = (world: World, guild: Guild | null, resolved: Resolved, id: string): boolean => {
  const user = world.users.get(id);
  if (!user) return false;
  (resolved.users ??= {})[id] = toUser(user);
  const member = guild?.members.get(id);
  if (guild && member)
    (resolved.members ??= {})[id] = {
      ...toMemberWithoutUser(member),
      permissions: guildPermissions(guild, id).toString(),
    };
  return true;
};

export const resolveRole = (guild: Guild | null, resolved: Resolved, id: string): boolean => {
  const role = guild?.roles.get(id);
  if (!role) return false;
  (resolved.roles ??= {})[id] = toRole(role);
  return true;
};

export const resolveChannel = (
  world: World,
  guild: Guild | null,
  userId: string,
  resolved: Resolved,
  id: string,
  types: readonly number[] | undefined,
): boolean => {
  const channel = world.channels.get(id);
  if (!guild || !channel || channel.guildId !== guild.id) return false;
  if (types && types.length > 0 && !types.includes(channel.type)) return false;
  const partial: Json = {
    id,
    name: channel.name,
    type: channel.type,
    permissions: channelPermissions(world, channel, userId).toString(),
    last_message_id: channel.lastMessageId,
    parent_id: null,
    position: channel.position,
    topic: channel.topic,
    flags: 0,
    nsfw: false,
    rate_limit_per_user: 0,
    guild_id: guild.id,
  };
  (resolved.channels ??= {})[id] = partial;
  return true;
};
