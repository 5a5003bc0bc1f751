import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import { readBody } from '../http/body.ts';
import { ApiError } from '../http/errors.ts';
import { createRouter, type ApiReply } from '../http/router.ts';
import { Refusal } from '../interactions/refusal.ts';
import type { OperatorError } from '../operator-api.ts';
import { operatorRoutes } from './routes.ts';

const refused = (status: number, body: OperatorError): ApiReply => ({ status, body });

const failure = (error: unknown): ApiReply => {
  if (error instanceof Refusal)
    return refused(error.status, {
      error: error.message,
      ...(error.problems ? { problems: error.problems } : {}),
    });
  if (error instanceof ApiError) return refused(error.status, { error: error.message });
  console.error('The operator API failed:', error);
  return refused(500, { error: 'The sandbox failed; see its log.' });
};

/** Serves /operator, apart from its event stream. */
export const createOperatorApi = (core: Core) => {
  const match = createRouter(operatorRoutes(core));

  const answer = async (request: IncomingMessage): Promise<ApiReply> => {
    const [path, query = ''] = request.url!.split('?', 2) as [string, string?];
    const found = match(request.method!, path);
    if (found === null) return refused(404, { error: `There is no ${path}.` });
    if (found === 'method') return refused(405, { error: `${path} does not take ${request.method}.` });
    const { json, files } = await readBody(request);
    return found.route.handle({
      method: request.method!,
      params: found.params,
      query: new URLSearchParams(query),
      body: json,
      files,
    });
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await answer(request).catch(failure);
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
    });
    response.end(text);
  };
};
