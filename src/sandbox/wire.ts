/** The world's records as the objects Discord sends. */
import type { Channel, Guild, Member, Role, User, World } from './world.ts';

/** An object on its way to the bot. */
export type Wire = Record<string, unknown>;

/** Discord writes times with microseconds and an explicit offset. */
export const toTimestamp = (time: number): string => new Date(time).toISOString().replace('Z', '000+00:00');

const users = new WeakMap<User, { key: string; wire: Wire }>();

/** Cached: the same few users are written into every interaction and message. */
export const toUser = (user: User): Wire => {
  const key = `${user.username} ${user.name}`;
  const known = users.get(user);
  if (known?.key === key) return known.wire;
  const wire: Wire = {
    id: user.id,
    username: user.username,
    avatar: null,
    discriminator: user.bot ? '0001' : '0',
    public_flags: 0,
    flags: 0,
    banner: null,
    accent_color: null,
    global_name: user.bot ? null : user.name,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  };
  users.set(user, { key, wire });
  return wire;
};

export const toMemberWithoutUser = (member: Member): Wire => ({
  avatar: null,
  banner: null,
  communication_disabled_until: null,
  flags: 0,
  joined_at: toTimestamp(member.joinedAt),
  nick: member.nick,
  pending: false,
  premium_since: null,
  roles: member.roles,
  mute: false,
  deaf: false,
});

export const toMember = (world: World, member: Member): Wire => ({
  ...toMemberWithoutUser(member),
  user: toUser(world.users.get(member.userId)!),
});

export const toRole = (role: Role): Wire => ({
  id: role.id,
  name: role.name,
  permissions: role.permissions.toString(),
  position: role.position,
  color: role.color,
  colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: role.managedBy !== null,
  mentionable: role.mentionable,
  icon: null,
  unicode_emoji: null,
  flags: 0,
  ...(role.managedBy === null ? {} : { tags: { bot_id: role.managedBy } }),
});

export const toChannel = (world: World, channel: Channel): Wire => {
  if (channel.guildId === null) {
    return {
      id: channel.id,
      type: 1,
      last_message_id: channel.lastMessageId,
      flags: 0,
      recipients: [toUser(world.users.get(channel.recipientId!)!)],
    };
  }
  return {
    id: channel.id,
    type: channel.type,
    last_message_id: channel.lastMessageId,
    flags: 0,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: null,
    rate_limit_per_user: 0,
    topic: channel.topic,
    position: channel.position,
    permission_overwrites: channel.overwrites.map((overwrite) => ({
      id: overwrite.id,
      type: overwrite.type,
      allow: overwrite.allow.toString(),
      deny: overwrite.deny.toString(),
    })),
    nsfw: false,
  };
};

export const toGuild = (world: World, guild: Guild): Wire => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: [],
  banner: null,
  owner_id: guild.ownerId,
  application_id: null,
  region: 'deprecated',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: guild.systemChannelId,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  roles: [...guild.roles.values()].map(toRole),
  default_message_notifications: 1,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: guild.locale,
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  emojis: [],
  stickers: [],
  incidents_data: null,
});

/**
 * The data of GUILD_CREATE. Without the intents for members and presences Discord lists only the bot itself.
 */
export const toGuildCreate = (world: World, guild: Guild, channels: Channel[]): Wire => ({
  ...toGuild(world, guild),
  joined_at: toTimestamp(guild.members.get(world.application.botId)?.joinedAt ?? 0),
  large: false,
  unavailable: false,
  member_count: guild.members.size,
  voice_states: [],
  members: [toMember(world, guild.members.get(world.application.botId)!)],
  channels: channels.map((channel) => toChannel(world, channel)),
  threads: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
});
