/** A bot without a library: raw REST requests and a raw gateway connection, to see exactly what is on the wire. */
import { WebSocket } from 'ws';
import type { Sandbox } from '../../src/sandbox/index.ts';

export interface RawReply {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every shape
  body: any;
  headers: Headers;
}

/** One request of the bot below /api/v10. A FormData body is sent as multipart. */
export const request = async (
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<RawReply> => {
  const isForm = body instanceof FormData;
  const response = await fetch(`${sandbox.api}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${sandbox.token}`,
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
};

/** Multipart as Discord takes it: the JSON, and a file for each name. */
export const multipart = (
  json: unknown,
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
): FormData => {
  const form = new FormData();
  form.append('payload_json', JSON.stringify(json));
  for (const [index, [name, content]] of Object.entries(files).entries())
    form.append(`files[${index}]`, new Blob([content]), name);
  return form;
};

interface GatewayPayload {
  op: number;
  t: string | null;
  s: number | null;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into events of every shape
  d: any;
}

export interface RawGateway {
  send(op: number, d: unknown): void;
  sendText(text: string): void;
  /** The first payload, received already or still to come, that `wanted` accepts; it is taken out. */
  next(wanted: (payload: GatewayPayload) => boolean): Promise<GatewayPayload>;
  event(name: string): Promise<GatewayPayload>;
  /** What has been received and not taken. */
  rest(): GatewayPayload[];
  /** The close code. */
  closed: Promise<number>;
  close(code?: number): void;
}

export const connect = (sandbox: Sandbox, query = 'v=10&encoding=json'): RawGateway => {
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway?${query}`);
  const received: GatewayPayload[] = [];
  const waiting: {
    wanted: (payload: GatewayPayload) => boolean;
    resolve: (payload: GatewayPayload) => void;
  }[] = [];
  socket.on('message', (data: Buffer) => {
    const payload = JSON.parse(data.toString()) as GatewayPayload;
    const index = waiting.findIndex(({ wanted }) => wanted(payload));
    if (index === -1) received.push(payload);
    else waiting.splice(index, 1)[0]!.resolve(payload);
  });
  socket.on('error', () => {});
  const next: RawGateway['next'] = (wanted) => {
    const index = received.findIndex(wanted);
    if (index !== -1) return Promise.resolve(received.splice(index, 1)[0]!);
    return new Promise((resolve) => {
      waiting.push({ wanted, resolve });
    });
  };
  return {
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    sendText: (text) => socket.send(text),
    next,
    event: (name) => next((payload) => payload.t === name),
    rest: () => received,
    closed: new Promise((resolve) => {
      socket.on('close', (code) => resolve(code));
    }),
    close: (code) => socket.close(code),
  };
};

export const identifyData = (sandbox: Sandbox, more: object = {}) => ({
  token: sandbox.token,
  intents: 1,
  properties: { os: 'test', browser: 'test', device: 'test' },
  ...more,
});

/** A connected and identified gateway, after READY. */
export const identify = async (sandbox: Sandbox, more: object = {}) => {
  const gateway = connect(sandbox);
  await gateway.next((payload) => payload.op === 10);
  gateway.send(2, identifyData(sandbox, more));
  const ready = await gateway.event('READY');
  return { gateway, ready: ready.d };
};
