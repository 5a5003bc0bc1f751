/** What exists besides messages: the application, users, guilds with roles, channels and members. */

export interface User {
  id: string;
  username: string;
  /** Display name. */
  name: string;
  locale: string;
  bot: boolean;
  acceptsDms: boolean;
}

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  mentionable: boolean;
  color: number;
  position: number;
  /** The role Discord makes for a bot. */
  managedBy: string | null;
}

/** Permissions changed for a role (type 0) or a member (type 1) in one channel. */
export interface Overwrite {
  id: string;
  type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Channel {
  id: string;
  /** null in a direct message. */
  guildId: string | null;
  name: string;
  topic: string | null;
  type: number;
  position: number;
  overwrites: Overwrite[];
  recipientId: string | null;
  lastMessageId: string | null;
}

export interface Member {
  userId: string;
  nick: string | null;
  /** Without the everyone role. */
  roles: string[];
  joinedAt: number;
}

export interface Guild {
  id: string;
  name: string;
  locale: string;
  ownerId: string;
  systemChannelId: string | null;
  /** Whether the bot is in it. */
  joined: boolean;
  /** By id; the everyone role has the guild's id. */
  roles: Map<string, Role>;
  members: Map<string, Member>;
}

export interface World {
  application: { id: string; name: string; botId: string; ownerId: string };
  users: Map<string, User>;
  guilds: Map<string, Guild>;
  /** Those of guilds and direct messages. */
  channels: Map<string, Channel>;
}

/** JSON that keeps maps and big integers. */
export const serialise = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Map) return { $map: [...inner] };
    if (typeof inner === 'bigint') return { $bigint: inner.toString() };
    return inner;
  });

export const deserialise = (text: string): unknown =>
  JSON.parse(text, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null) return inner;
    if ('$map' in inner) return new Map(inner.$map as [unknown, unknown][]);
    if ('$bigint' in inner) return BigInt(inner.$bigint as string);
    return inner;
  });

export const channelsOf = (world: World, guildId: string): Channel[] =>
  [...world.channels.values()].filter((channel) => channel.guildId === guildId);
