/** The operator API, as the page calls it. */
import type {
  ClockState,
  Command,
  Fault,
  FaultRequest,
  GatewayRequest,
  GatewayState,
  Id,
  InspectorRecord,
  InteractionRequest,
  InteractionState,
  OperatorChannel,
  OperatorError,
  OperatorEvent,
  OperatorMessage,
  OperatorState,
} from '../operator-api.ts';

/** The sandbox refused a request; `problems` names fields where there are any. */
export class RefusedError extends Error {
  readonly problems: { field: string; reason: string }[];
  constructor({ error, problems }: OperatorError) {
    super(error);
    this.problems = problems ?? [];
  }
}

const call = async <Result>(method: string, path: string, body?: unknown): Promise<Result> => {
  const response = await fetch(`/operator${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new RefusedError(answer as OperatorError);
  return answer as Result;
};

const get = <Result>(path: string) => call<Result>('GET', path);
const post = <Result>(path: string, body: unknown) => call<Result>('POST', path, body);

export const api = {
  state: () => get<OperatorState>('/state'),
  messages: (channelId: Id, as: Id) => get<OperatorMessage[]>(`/channels/${channelId}/messages?as=${as}`),
  commands: (channelId: Id, as: Id) => get<Command[]>(`/commands?as=${as}&channel=${channelId}`),
  records: () => get<InspectorRecord[]>('/inspector?after=0'),
  openDm: (as: Id) => post<OperatorChannel>('/dms', { as }),
  send: (as: Id, channelId: Id, content: string) =>
    post<OperatorMessage>('/messages', { as, channelId, content }),
  deleteMessage: (as: Id, channelId: Id, messageId: Id) =>
    post<object>('/messages/delete', { as, channelId, messageId }),
  interact: (request: InteractionRequest) => post<InteractionState>('/interactions', request),
  cancelModal: (interactionId: Id) => post<InteractionState>(`/interactions/${interactionId}/cancel`, {}),
  advanceClock: (ms: number) => post<ClockState>('/clock', { advanceMs: ms }),
  addFault: (fault: FaultRequest) => post<Fault>('/faults', fault),
  removeFault: (id: string) => call<Fault[]>('DELETE', `/faults/${id}`),
  clearFaults: () => call<Fault[]>('DELETE', '/faults'),
  gateway: (request: GatewayRequest) => post<GatewayState>('/gateway', request),
};

const eventTypes: readonly OperatorEvent['type'][] = [
  'message',
  'message-deleted',
  'interaction',
  'world',
  'commands',
  'clock',
  'gateway',
  'faults',
  'record',
  'typing',
];

/** Listens to the sandbox. `onOpen` runs at every connection, so that what was missed can be read again. */
export const listen = (handlers: {
  onEvent: (event: OperatorEvent) => void;
  onOpen: () => void;
  onLost: () => void;
}): void => {
  const source = new EventSource('/operator/events');
  source.addEventListener('open', handlers.onOpen);
  source.addEventListener('error', handlers.onLost);
  for (const type of eventTypes)
    source.addEventListener(type, ({ data }: MessageEvent<string>) =>
      handlers.onEvent(JSON.parse(data) as OperatorEvent),
    );
};
