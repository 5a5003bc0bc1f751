import type { WebSocket } from 'ws';
import { HEARTBEAT_INTERVAL, Op } from './protocol.ts';

export interface Session {
  id: string;
  shard: number;
  count: number;
  intents: number;
  seq: number;
  /** The last dispatches, as sent, for a resume. */
  sent: { seq: number; text: string }[];
  socket: WebSocket | null;
}

/** So many dispatches can be replayed. */
const REPLAY = 2000;

export interface Sessions {
  open(session: Omit<Session, 'seq' | 'sent'>): Session;
  get(id: string): Session | undefined;
  /** Forgets a session: it can no longer be resumed. */
  drop(session: Session): void;
  all(): Session[];
}

export const createSessions = (): Sessions => {
  const sessions = new Map<string, Session>();
  return {
    open: (start) => {
      // A new session takes the place of what was left of its shard, and of another way of sharding.
      for (const other of sessions.values())
        if (other.socket === null && (other.shard === start.shard || other.count !== start.count))
          sessions.delete(other.id);
      const session: Session = { ...start, seq: 0, sent: [] };
      sessions.set(session.id, session);
      return session;
    },
    get: (id) => sessions.get(id),
    drop: (session) => void sessions.delete(session.id),
    all: () => [...sessions.values()],
  };
};

/** Numbers an event, keeps it for a resume, and sends it if the session is connected. */
export const sendDispatch = (session: Session, name: string, data: unknown): void => {
  session.seq++;
  const text = JSON.stringify({ t: name, s: session.seq, op: Op.dispatch, d: data });
  session.sent.push({ seq: session.seq, text });
  if (session.sent.length > 2 * REPLAY) session.sent.splice(0, session.sent.length - REPLAY);
  session.socket?.send(text);
};

/** What was sent after `seq`, or null when it is not all there any more. */
export const missedSince = (session: Session, seq: number): string[] | null => {
  if (seq > session.seq) return null;
  const missed = session.sent.filter((entry) => entry.seq > seq);
  return missed.length === session.seq - seq ? missed.map((entry) => entry.text) : null;
};

export const hello = JSON.stringify({
  t: null,
  s: null,
  op: Op.hello,
  d: { heartbeat_interval: HEARTBEAT_INTERVAL },
});
