/** The one http server: Discord's API, its CDN, the operator API, the clock and the page, told apart by path. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import type { Route } from './router.ts';
import { createOperatorApi } from '../operator/server.ts';
import { createApi } from './api.ts';
import { formatEvent, type EventStream } from './event-stream.ts';
import { servePage } from './page.ts';
import { avatar } from './pictures.ts';

const notFound = (response: ServerResponse): void => {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
};

const serveFile = (core: Core, response: ServerResponse, path: string): void => {
  const [, , channelId, id] = path.split('/');
  const file = core.files.get(id ?? '');
  if (!file || file.channelId !== channelId) return notFound(response);
  response.writeHead(200, {
    'content-type': file.contentType,
    'content-length': file.bytes.length,
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  });
  response.end(file.bytes);
};

const serveAvatar = (core: Core, response: ServerResponse, path: string): void => {
  const user = core.world.users.get(/^\/avatars\/(\d+)\.svg$/.exec(path)?.[1] ?? '');
  if (!user) return notFound(response);
  response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' });
  response.end(avatar(user));
};

/** A page from elsewhere must not reach in, whether by a name that points here or by a request of its own. */
const isForeign = ({ headers }: IncomingMessage): boolean => {
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? '')) return true;
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`;
};

export interface Streams {
  operator: EventStream;
  clock: EventStream;
}

export const createHttpServer = (): Server => createServer({ keepAliveTimeout: 60_000 });

/** Attaches everything to the server. */
export const serve = (server: Server, core: Core, routes: readonly Route[], streams: Streams): void => {
  const api = createApi(core, routes);
  const operator = createOperatorApi(core);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url!;
    if (url.startsWith('/api/')) return api(request, response);
    if (isForeign(request)) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('Only from this machine.\n');
      return;
    }
    const path = url.split('?', 1)[0]!;
    if (path === '/operator/events') return streams.operator.open(request, response);
    if (path.startsWith('/operator/')) return operator(request, response);
    if (path === '/clock') {
      const { offsetMs } = core.clock.state();
      return streams.clock.open(request, response, formatEvent('', { offsetMs }));
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(response);
    if (path.startsWith('/attachments/')) return serveFile(core, response, path);
    if (path.startsWith('/avatars/')) return serveAvatar(core, response, path);
    if (!servePage(request, response, path)) notFound(response);
  };
  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error('The sandbox failed:', error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (/^\/gateway\/?(\?|$)/.test(request.url!)) core.gateway.upgrade(request, socket, head);
    else socket.destroy();
  });
};
