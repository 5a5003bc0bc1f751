/** Discord's gateway: opcodes, close codes, intents. */

export const Op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voiceState: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

export const Close = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  rateLimited: 4008,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  shardingRequired: 4011,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

export const GUILDS_INTENT = 1 << 0;
/** Members, presences and message content: an application has to be granted these. */
export const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15);
/** Every intent there is. */
export const ALL_INTENTS = 0x3ffff | (0b11 << 20) | (0b11 << 24);

export const HEARTBEAT_INTERVAL = 41_250;
/** Whoever has not been heard of for so long is gone. */
export const HEARTBEAT_PATIENCE = 1.5 * HEARTBEAT_INTERVAL;
/** A session may send so many payloads in a minute. */
export const MAX_PAYLOADS_PER_MINUTE = 120;
/** Discord serves no more guilds than this on one shard. */
export const MAX_GUILDS_PER_SHARD = 2500;

/** Which shard a guild belongs to. Direct messages belong to shard 0. */
export const shardOf = (guildId: string | null, count: number): number =>
  guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
