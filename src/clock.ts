/** Where the time comes from: the system, or a sandbox that can move the day forward. */
export interface Clock {
  readonly now: () => Date;
  /** Calls back when the time has jumped. */
  onJump(listener: () => void): void;
  close(): void;
}

export const systemClock: Clock = { now: () => new Date(), onJump: () => {}, close: () => {} };

const RECONNECT_AFTER_MS = 1000;

/**
 * Follows the clock that a sandbox serves as server-sent events, each `{"offsetMs": n}`: how far its time is ahead
 * of the system's. Resolves once the first has come.
 */
export async function followClock(url: string): Promise<Clock> {
  let offsetMs = 0;
  const listeners: (() => void)[] = [];
  const stop = new AbortController();
  const { promise: started, resolve: start, reject: fail } = Promise.withResolvers<void>();

  const read = async () => {
    const response = await fetch(url, { signal: stop.signal, headers: { accept: 'text/event-stream' } });
    if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
    for await (const data of eventData(response.body)) {
      const next = (JSON.parse(data) as { offsetMs: number }).offsetMs;
      const jumped = next !== offsetMs;
      offsetMs = next;
      start();
      if (jumped) for (const listener of listeners) listener();
    }
  };
  const follow = async () => {
    while (!stop.signal.aborted) {
      await read().catch(fail);
      if (!stop.signal.aborted) await new Promise((resume) => setTimeout(resume, RECONNECT_AFTER_MS).unref());
    }
  };
  void follow();
  await started;
  return {
    now: () => new Date(Date.now() + offsetMs),
    onJump: (listener) => void listeners.push(listener),
    close: () => stop.abort(),
  };
}

async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const bytes of body) {
    const lines = (pending + decoder.decode(bytes, { stream: true })).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data:')) yield line.slice('data:'.length).trim();
  }
}
