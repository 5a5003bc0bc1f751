/** One websocket of the bot: identify, resume, heartbeats, and closing what does not keep to the protocol. */
import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Core } from '../core.ts';
import { toGuildCreate, toUser } from '../wire.ts';
import type { Channel } from '../world.ts';
import {
  ALL_INTENTS,
  Close,
  GUILDS_INTENT,
  HEARTBEAT_PATIENCE,
  MAX_GUILDS_PER_SHARD,
  MAX_PAYLOADS_PER_MINUTE,
  Op,
  PRIVILEGED_INTENTS,
  shardOf,
} from './protocol.ts';
import { hello, missedSince, sendDispatch, type Session, type Sessions } from './sessions.ts';

interface Payload {
  op: number;
  d: unknown;
}

interface Identify {
  token?: string;
  intents?: number;
  shard?: [number, number];
  properties?: object;
}

export interface Connection {
  socket: WebSocket;
  session: Session | null;
  /** Heartbeats are no longer answered. */
  muted: boolean;
}

interface Setting {
  core: Core;
  sessions: Sessions;
  /** Sessions came or went. */
  changed: () => void;
}

/** Serves one connection until it closes. */
export const serveConnection = (setting: Setting, connection: Connection): void => {
  const { core, sessions, changed } = setting;
  const { socket } = connection;
  const log = (title: string, sent: unknown, received: unknown) =>
    core.inspector.gateway(title, connection.session?.shard ?? null, sent, received);
  const close = (code: number, reason: string) => {
    log(`close ${code}`, { code, reason }, null);
    socket.close(code, reason);
  };
  let recent: number[] = [];
  const timeOut = setTimeout(() => {
    if (connection.session) sessions.drop(connection.session);
    connection.session = null;
    close(Close.sessionTimedOut, 'Session timed out.');
    changed();
  }, HEARTBEAT_PATIENCE).unref();

  const onPayload = (payload: Payload) => {
    switch (payload.op) {
      case Op.heartbeat:
        timeOut.refresh();
        if (!connection.muted)
          socket.send(JSON.stringify({ t: null, s: null, op: Op.heartbeatAck, d: null }));
        return;
      case Op.identify:
        log('identify', null, { ...(payload.d as object), token: '…' });
        if (connection.session) return close(Close.alreadyAuthenticated, 'Already authenticated.');
        return identify(setting, connection, payload.d ?? {}, close);
      case Op.resume:
        log('resume', null, { ...(payload.d as object), token: '…' });
        if (connection.session) return close(Close.alreadyAuthenticated, 'Already authenticated.');
        return resume(setting, connection, payload.d ?? {}, close);
      case Op.presence:
      case Op.voiceState:
      case Op.requestMembers:
        if (!connection.session) return close(Close.notAuthenticated, 'Not authenticated.');
        return log(`op ${payload.op}`, null, payload.d);
      default:
        return close(Close.unknownOpcode, 'Unknown opcode.');
    }
  };

  socket.on('message', (data) => {
    const now = performance.now();
    recent = [...recent.filter((time) => now - time < 60_000), now];
    if (recent.length > MAX_PAYLOADS_PER_MINUTE)
      return close(Close.rateLimited, 'You are being rate limited.');
    let payload: Payload;
    try {
      payload = JSON.parse((data as Buffer).toString()) as Payload;
    } catch {
      return close(Close.decodeError, 'Error while decoding payload.');
    }
    onPayload(payload);
  });
  socket.on('close', (code) => {
    clearTimeout(timeOut);
    const { session } = connection;
    if (!session || session.socket !== socket) return;
    session.socket = null;
    log('closed', { code }, null);
    // A client that says goodbye with 1000 or 1001 ends its session.
    if (code === 1000 || code === 1001) sessions.drop(session);
    changed();
  });
  socket.on('error', () => socket.terminate());
  socket.send(hello);
};

type CloseWith = (code: number, reason: string) => void;

/** The close code that refuses an identify, or null. */
const identifyFault = (core: Core, data: Identify): [number, string] | null => {
  if (data.token !== core.token) return [Close.authenticationFailed, 'Authentication failed.'];
  const intents = data.intents;
  if (typeof intents !== 'number' || !Number.isInteger(intents) || (intents & ~ALL_INTENTS) !== 0)
    return [Close.invalidIntents, 'Invalid intent(s).'];
  if (intents & PRIVILEGED_INTENTS) return [Close.disallowedIntents, 'Disallowed intent(s).'];
  const [shard, count] = data.shard ?? [0, 1];
  if (!Number.isInteger(shard) || !Number.isInteger(count) || shard < 0 || shard >= count)
    return [Close.invalidShard, 'Invalid shard.'];
  const guilds = guildsOfShard(core, shard, count).length;
  return guilds > MAX_GUILDS_PER_SHARD ? [Close.shardingRequired, 'Sharding required.'] : null;
};

const guildsOfShard = (core: Core, shard: number, count: number) =>
  [...core.world.guilds.values()].filter((guild) => guild.joined && shardOf(guild.id, count) === shard);

const identify = (setting: Setting, connection: Connection, data: Identify, close: CloseWith): void => {
  const { core, sessions, changed } = setting;
  const fault = identifyFault(core, data);
  if (fault) return close(...fault);
  const [shard, count] = data.shard ?? [0, 1];
  const session = sessions.open({
    id: randomBytes(16).toString('hex'),
    shard,
    count,
    intents: data.intents!,
    socket: connection.socket,
  });
  connection.session = session;
  const guilds = guildsOfShard(core, shard, count);
  const { application, users } = core.world;
  sendDispatch(session, 'READY', {
    v: 10,
    user: { ...toUser(users.get(application.botId)!), verified: true, mfa_enabled: false, email: null },
    user_settings: {},
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    guild_join_requests: [],
    private_channels: [],
    relationships: [],
    presences: [],
    session_type: 'normal',
    session_id: session.id,
    resume_gateway_url: `${core.baseUrl.replace('http', 'ws')}/gateway`,
    geo_ordered_rtc_regions: [],
    auth: {},
    application: { id: application.id, flags: 0 },
    shard: [shard, count],
    _trace: [],
  });
  changed();
  if ((session.intents & GUILDS_INTENT) === 0) return;
  const channels = Map.groupBy(core.world.channels.values(), (channel: Channel) => channel.guildId);
  for (const guild of guilds)
    sendDispatch(session, 'GUILD_CREATE', toGuildCreate(core.world, guild, channels.get(guild.id) ?? []));
};

const resume = (
  setting: Setting,
  connection: Connection,
  data: { token?: string; session_id?: string; seq?: number },
  close: CloseWith,
): void => {
  const { core, sessions, changed } = setting;
  if (data.token !== core.token) return close(Close.authenticationFailed, 'Authentication failed.');
  const session = sessions.get(data.session_id ?? '');
  if (session && typeof data.seq === 'number' && data.seq > session.seq)
    return close(Close.invalidSeq, 'Invalid seq.');
  const missed = session ? missedSince(session, data.seq ?? 0) : null;
  if (!session || !missed) {
    core.inspector.gateway('invalid session', null, { resumable: false }, null);
    connection.socket.send(JSON.stringify({ t: null, s: null, op: Op.invalidSession, d: false }));
    return;
  }
  session.socket?.terminate();
  session.socket = connection.socket;
  connection.session = session;
  for (const text of missed) connection.socket.send(text);
  sendDispatch(session, 'RESUMED', { _trace: [] });
  changed();
};
