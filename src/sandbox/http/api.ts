/** Serves /api: authentication, faults, limits, the body, the route, and a record of it all. */
import { setTimeout as delay } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import type { Fault } from '../operator-api.ts';
import { readBody, type Body } from './body.ts';
import { ApiError, errorBody, methodNotAllowed, unauthorized, unknownRoute } from './errors.ts';
import { createRateLimits, rateLimited } from './rate-limits.ts';
import { createRouter, type ApiReply, type Match, type Route } from './router.ts';

type Headers = Record<string, string>;

const write = (response: ServerResponse, status: number, headers: Headers, body: unknown): void => {
  if (body === undefined) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
};

/** `/api/v10/x` and `/api/x` become `/x`; another version is not served. */
const pathBelowVersion = (pathname: string): string | null => {
  const rest = pathname.slice('/api'.length);
  const version = /^\/v(\d+)(?=\/)/.exec(rest);
  if (!version) return rest;
  return version[1] === '10' ? rest.slice(version[0].length) : null;
};

const failure = (error: unknown): ApiReply => {
  if (error instanceof ApiError) return { status: error.status, body: errorBody(error) };
  console.error('The sandbox failed:', error);
  return { status: 500, body: { message: '500: Internal Server Error', code: 0 } };
};

export const createApi = (core: Core, routes: readonly Route[]) => {
  const match = createRouter(routes);
  const limits = createRateLimits();

  const run = async (request: IncomingMessage, found: Match | 'method' | null, query: string, body: Body) => {
    if (found === null) throw unknownRoute();
    if (found === 'method') throw methodNotAllowed();
    if (found.route.open !== true && request.headers.authorization !== `Bot ${core.token}`)
      throw unauthorized();
    return found.route.handle({
      method: request.method!,
      params: found.params,
      query: new URLSearchParams(query),
      body: body.json,
      files: body.files,
    });
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const start = performance.now();
    const method = request.method!;
    const [pathname, query = ''] = request.url!.split('?', 2) as [string, string?];
    const path = pathBelowVersion(pathname);
    const found = path === null ? null : match(method, path);
    const faults = core.faults.strike(method, path ?? pathname);
    const strikes = <Kind extends Fault['kind']>(kind: Kind) =>
      faults.find((fault): fault is Extract<Fault, { kind: Kind }> => fault.kind === kind);
    let body: Body = { json: undefined, files: [] };
    const finish = (reply: ApiReply, headers: Headers, send = true) => {
      core.inspector.request({
        title: `${method} ${path ?? pathname}`,
        status: send ? reply.status : null,
        tookMs: performance.now() - start,
        sent: body.json,
        received: reply.body ?? null,
        fault: faults.length > 0 ? faults.map((fault) => fault.kind).join(', ') : null,
      });
      if (send) write(response, reply.status, headers, reply.body);
      else request.socket.resetAndDestroy();
    };

    const latency = strikes('latency');
    if (latency) await delay(latency.ms);
    if (strikes('drop')) return finish({ status: 0 }, {}, false);
    try {
      body = await readBody(request);
    } catch (error) {
      // Whoever asked is gone: a bot that was killed.
      if (request.destroyed && !request.complete) return;
      // What is left of the request must not be taken for the next one.
      return finish(failure(error), { connection: 'close' });
    }
    const limited = strikes('rate-limit');
    if (limited) {
      const { body: text, headers } = rateLimited(limited.retryAfterMs, limited.scope ?? 'user');
      return finish({ status: 429, body: text }, headers);
    }
    const broken = strikes('error');
    if (broken)
      return finish({ status: broken.status, body: { message: `${broken.status}: Fault`, code: 0 } }, {});
    const known = found !== null && found !== 'method' ? found : null;
    const limit = limits.take(
      method,
      known?.route.pattern ?? '*',
      known?.params ?? {},
      core.faults.limits(),
      Date.now(),
    );
    if (limit.refusal) {
      const refused = rateLimited(limit.refusal.retryAfter, limit.refusal.global ? 'global' : 'user');
      return finish({ status: 429, body: refused.body }, { ...limit.headers, ...refused.headers });
    }
    let reply: ApiReply;
    try {
      reply = await run(request, found, query, body);
    } catch (error) {
      reply = failure(error);
    }
    finish(reply, limit.headers, !strikes('lost-reply'));
  };
};
