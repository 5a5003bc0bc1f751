import type { InspectorRecord } from './operator-api.ts';

export interface Inspector {
  request(entry: Pick<InspectorRecord, 'title' | 'status' | 'tookMs' | 'sent' | 'received' | 'fault'>): void;
  dispatch(name: string, shard: number, data: unknown): void;
  gateway(title: string, shard: number | null, sent: unknown, received: unknown): void;
  after(seq: number): InspectorRecord[];
}

const KEPT = 500;

/** Keeps the last 500 requests and events. They are held as they are, and written as JSON only when read. */
export const createInspector = (publish: (record: () => InspectorRecord) => void): Inspector => {
  const ring: { at: number; entry: Omit<InspectorRecord, 'at'> }[] = [];
  let seq = 0;
  const toRecord = ({ at, entry }: (typeof ring)[number]): InspectorRecord => ({
    ...entry,
    at: new Date(at).toISOString(),
  });
  const add = (entry: Omit<InspectorRecord, 'at' | 'seq'>) => {
    const kept = { at: Date.now(), entry: { ...entry, seq: ++seq } };
    ring[seq % KEPT] = kept;
    publish(() => toRecord(kept));
  };
  const quiet = { status: null, tookMs: null, received: null, fault: null };
  return {
    request: (entry) => add({ kind: 'request', shard: null, ...entry }),
    dispatch: (title, shard, sent) => add({ kind: 'dispatch', title, shard, sent, ...quiet }),
    gateway: (title, shard, sent, received) =>
      add({ kind: 'gateway', title, shard, sent, ...quiet, received }),
    after: (from) =>
      ring
        .filter((kept) => kept.entry.seq > from)
        .toSorted((a, b) => a.entry.seq - b.entry.seq)
        .map(toRecord),
  };
};
