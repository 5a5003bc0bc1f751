import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Core } from '../core.ts';
import type { GatewayRequest, GatewayState } from '../operator-api.ts';
import { serveConnection, type Connection } from './connection.ts';
import { Close, GUILDS_INTENT, Op, shardOf } from './protocol.ts';
import { createSessions, sendDispatch, type Session } from './sessions.ts';

export interface Gateway {
  /** Sends an event to the shard of a guild (null: direct messages). False if that shard has no session. */
  dispatch(guildId: string | null, name: string, data: unknown): boolean;
  /** As `dispatch`, for sessions that asked for the intent Guilds. */
  dispatchGuildEvent(guildId: string, name: string, data: unknown): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  disturb(request: GatewayRequest): void;
  state(): GatewayState;
  /** Uses everything else, so it is told about it when all is there. */
  start(core: Core): void;
  close(): void;
}

/** The session goes on without its connection, until it is resumed. */
const detach = (connection: Connection): Session | null => {
  const { session } = connection;
  if (session) session.socket = null;
  connection.session = null;
  return session;
};
const cut = (connection: Connection) => {
  detach(connection);
  connection.socket.terminate();
};

export const createGateway = (): Gateway => {
  const server = new WebSocketServer({ noServer: true, maxPayload: 4096 * 4 });
  const sessions = createSessions();
  const connections = new Set<Connection>();
  let core: Core;
  let awayUntil = 0;

  const state = (): GatewayState => ({
    shards: sessions
      .all()
      .filter((session) => session.socket !== null)
      .map(({ id, shard, count, seq }) => ({ id: shard, count, sessionId: id, seq })),
    awayUntil: awayUntil > Date.now() ? new Date(awayUntil).toISOString() : null,
  });
  const changed = () => core.publish(() => ({ type: 'gateway', gateway: state() }));

  const recipients = (guildId: string | null): Session[] =>
    sessions.all().filter((session) => session.shard === shardOf(guildId, session.count));

  const send = (targets: Session[], name: string, data: unknown) => {
    for (const session of targets) {
      sendDispatch(session, name, data);
      core.inspector.dispatch(name, session.shard, data);
    }
  };

  const actions: {
    [Action in GatewayRequest['action']]: (
      connection: Connection,
      request: Extract<GatewayRequest, { action: Action }>,
    ) => void;
  } = {
    reconnect: ({ socket }) => {
      socket.send(JSON.stringify({ t: null, s: null, op: Op.reconnect, d: null }));
    },
    'invalid-session': (connection, { resumable }) => {
      const session = detach(connection);
      if (session && !resumable) sessions.drop(session);
      connection.socket.send(JSON.stringify({ t: null, s: null, op: Op.invalidSession, d: resumable }));
    },
    close: (connection, { code }) => {
      const session = detach(connection);
      if (session && (code === Close.invalidSeq || code === Close.sessionTimedOut)) sessions.drop(session);
      connection.socket.close(code);
    },
    drop: cut,
    away: cut,
    mute: (connection) => {
      connection.muted = true;
    },
  };

  return {
    state,
    dispatch: (guildId, name, data) => {
      const targets = recipients(guildId);
      send(targets, name, data);
      return targets.length > 0;
    },
    dispatchGuildEvent: (guildId, name, data) =>
      send(
        recipients(guildId).filter((session) => session.intents & GUILDS_INTENT),
        name,
        data,
      ),
    upgrade: (request, socket, head) => {
      if (awayUntil > Date.now()) {
        socket.destroy();
        return;
      }
      const query = new URL(request.url!, 'ws://localhost').searchParams;
      server.handleUpgrade(request, socket, head, (ws) => {
        if ((query.get('v') ?? '10') !== '10') {
          ws.close(Close.invalidVersion, 'Invalid API version.');
          return;
        }
        if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress')) {
          ws.close(Close.decodeError, 'Only JSON without compression is spoken here.');
          return;
        }
        const connection: Connection = { socket: ws, session: null, muted: false };
        connections.add(connection);
        ws.on('close', () => connections.delete(connection));
        serveConnection({ core, sessions, changed }, connection);
      });
    },
    disturb: (request) => {
      if (request.action === 'away') awayUntil = Date.now() + request.ms;
      const act = actions[request.action] as (connection: Connection, request: GatewayRequest) => void;
      for (const connection of connections)
        if (request.shard === undefined || connection.session?.shard === request.shard)
          act(connection, request);
      core.inspector.gateway(request.action, request.shard ?? null, request, null);
      changed();
    },
    start: (all) => {
      core = all;
    },
    close: () => {
      for (const { socket } of connections) socket.terminate();
      server.close();
    },
  };
};
