import type { IncomingMessage, ServerResponse } from 'node:http';

/** Server-sent events to whoever listens. */
export interface EventStream {
  open(request: IncomingMessage, response: ServerResponse, first?: string): void;
  /** Sends what `make` writes (see `formatEvent`); it is not called when nobody listens. */
  send(make: () => string): void;
  close(): void;
}

/** A reader that falls this far behind (bytes) is cut off, and comes back by itself. */
const MAX_BACKLOG = 16 * 1024 * 1024;

/** `event` may be empty: then it is a plain message. */
export const formatEvent = (event: string, data: unknown): string =>
  `${event === '' ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;

export const createEventStream = (): EventStream => {
  const readers = new Set<ServerResponse>();
  return {
    open: (request, response, first = ': open\n\n') => {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write(first);
      readers.add(response);
      request.on('close', () => readers.delete(response));
    },
    send: (make) => {
      if (readers.size === 0) return;
      const text = make();
      for (const reader of readers) {
        if (reader.writableLength > MAX_BACKLOG) reader.destroy();
        else reader.write(text);
      }
    },
    close: () => {
      for (const reader of readers) reader.end();
      readers.clear();
    },
  };
};
