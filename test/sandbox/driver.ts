/**
 * Drives the sandbox over its operator API, as the page does: acts as members, and waits for what happens
 * without sleeping.
 */
import type {
  ChannelRequest,
  ClockState,
  Command,
  Fault,
  FaultRequest,
  FieldValue,
  GatewayRequest,
  GatewayState,
  GuildRequest,
  InspectorRecord,
  InteractionRequest,
  InteractionState,
  LoadReport,
  LoadRequest,
  MemberRequest,
  Message,
  OperatorChannel,
  OperatorError,
  OperatorEvent,
  OperatorGuild,
  OperatorMember,
  OperatorMessage,
  OperatorState,
  OperatorUser,
  OptionValue,
} from '../../src/sandbox/operator-api.ts';

/** The sandbox refused, as a Discord client would have. */
class OperatorRefusal extends Error {
  readonly status: number;
  readonly problems: NonNullable<OperatorError['problems']>;
  constructor(status: number, body: OperatorError) {
    const details = (body.problems ?? []).map(({ field, reason }) => `${field} ${reason}`).join('; ');
    super(details === '' ? body.error : `${body.error} ${details}`);
    this.status = status;
    this.problems = body.problems ?? [];
  }
}

/** A component of a message or modal, loosely typed: tests look at what they need. */
export interface AnyComponent {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  content?: string;
  disabled?: boolean;
  style?: number;
  options?: { label: string; value: string; description?: string }[];
  components?: AnyComponent[];
  component?: AnyComponent;
  accessory?: AnyComponent;
  items?: { media: { url: string }; description: string | null }[];
}

const below = (component: AnyComponent): AnyComponent[] => [
  component,
  ...(component.components ?? []).flatMap(below),
  ...(component.accessory ? below(component.accessory) : []),
  ...(component.component ? below(component.component) : []),
];

/** Every component of a message or modal, nested ones included, in reading order. */
export const componentsOf = (holder: { components?: unknown }): AnyComponent[] =>
  ((holder.components ?? []) as AnyComponent[]).flatMap(below);

export const buttonsOf = (message: Message): AnyComponent[] =>
  componentsOf(message).filter((component) => component.type === 2);

/** All the text of a message: its content and its text displays, a line each. */
export const textOf = (message: Message): string =>
  [message.content, ...componentsOf(message).map((component) => component.content ?? '')]
    .filter((text) => text !== '')
    .join('\n');

/** The component with this custom id, or with this label. */
const find = (message: Message, name: string): AnyComponent => {
  const all = componentsOf(message);
  const found =
    all.find((component) => component.custom_id === name) ??
    all.find((component) => component.label === name && component.custom_id !== undefined);
  if (!found) {
    const known = all.flatMap(({ custom_id: id, label }) =>
      id === undefined ? [] : `${id} (${label ?? ''})`,
    );
    throw new Error(`The message has no component "${name}"; it has: ${known.join(', ') || 'none'}`);
  }
  return found;
};

type OptionRecord = Record<string, string | number | boolean>;

const toOptions = (options: OptionRecord): OptionValue[] =>
  Object.entries(options).map(([name, value]) => ({ name, value }));

/** A value of a modal's field: text or radio, choices, or a checkbox. */
type Field = string | string[] | boolean | null;

const toFields = (fields: Record<string, Field>): FieldValue[] =>
  Object.entries(fields).map(([customId, field]) => {
    if (Array.isArray(field)) return { customId, values: field };
    return typeof field === 'boolean' ? { customId, checked: field } : { customId, value: field };
  });

/** A member in a channel. Every act waits for the bot's reply, or for the interaction to fail. */
export interface Actor {
  userId: string;
  channelId: string;
  slash(command: string, options?: OptionRecord): Promise<InteractionState>;
  /** Choices for `focused`, whose text so far is among the options. */
  autocomplete(command: string, focused: string, options: OptionRecord): Promise<InteractionState>;
  /** `button` is a custom id or a label. */
  press(message: Message, button: string): Promise<InteractionState>;
  select(message: Message, customId: string, values: string[]): Promise<InteractionState>;
  /** Sends the modal that an interaction was answered with; fields by custom id. */
  submitModal(opener: InteractionState, fields: Record<string, Field>): Promise<InteractionState>;
  say(content: string): Promise<Message>;
  /** What this member sees here, oldest first, own ephemeral messages included. */
  messages(): Promise<Message[]>;
  /** Commands offered here. */
  commands(): Promise<Command[]>;
  in(channelId: string): Actor;
}

export interface Driver {
  url: string;
  state(): Promise<OperatorState>;
  guild(name: string): Promise<OperatorGuild>;
  /** `user` is a display name, username or id; `channel` a channel's id, or a name with the guild's: `guild/channel`. */
  as(user: string, channel: string): Promise<Actor>;
  /** The user in the direct messages with the bot. */
  dm(user: string): Promise<Actor>;
  interact(request: InteractionRequest): Promise<InteractionState>;
  load(request: LoadRequest): Promise<LoadReport>;
  interaction(id: string): Promise<InteractionState>;
  messages(channelId: string, as: string): Promise<OperatorMessage[]>;
  /** Resolves with the first event of a type, from now on, that `wanted` accepts. */
  nextEvent<Type extends OperatorEvent['type']>(
    type: Type,
    wanted?: (event: Extract<OperatorEvent, { type: Type }>) => boolean,
  ): Promise<Extract<OperatorEvent, { type: Type }>>;
  /** A message, there already or still to come, that `wanted` accepts; as `user` sees the channel. */
  waitForMessage(channelId: string, user: string, wanted: (message: Message) => boolean): Promise<Message>;
  advanceClock(ms: number): Promise<ClockState>;
  setClock(time: string): Promise<ClockState>;
  addFault(fault: FaultRequest): Promise<Fault>;
  clearFaults(): Promise<void>;
  disturbGateway(request: GatewayRequest): Promise<GatewayState>;
  inspector(after?: number): Promise<InspectorRecord[]>;
  addGuilds(request: GuildRequest): Promise<OperatorGuild[]>;
  addChannel(guildId: string, request: ChannelRequest): Promise<OperatorChannel>;
  addMember(guildId: string, request: MemberRequest): Promise<OperatorMember>;
  patch<Result>(path: string, body: object): Promise<Result>;
  remove(path: string): Promise<void>;
}

/** Parses a stream of server-sent events into their data. */
async function* readEvents<Data>(response: Response): AsyncGenerator<Data> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const line = block.split('\n').find((entry) => entry.startsWith('data: '));
      if (line !== undefined) yield JSON.parse(line.slice('data: '.length)) as Data;
    }
  }
}

/** An open stream of the sandbox's events; the connection is there when this resolves. */
export const openEvents = async <Data = OperatorEvent>(
  url: string,
): Promise<{ events: AsyncGenerator<Data>; close: () => void }> => {
  const controller = new AbortController();
  const response = await fetch(url, { signal: controller.signal });
  return { events: readEvents<Data>(response), close: () => controller.abort() };
};

const findUser = (world: OperatorState, name: string): OperatorUser => {
  const user = world.users.find((entry) => [entry.id, entry.name, entry.username].includes(name));
  if (!user) throw new Error(`There is no user "${name}".`);
  return user;
};

/** `url` is the sandbox's, without a path. */
export const createDriver = (url: string): Driver => {
  const call = async <Result>(method: string, path: string, body?: unknown): Promise<Result> => {
    const response = await fetch(`${url}/operator/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const result = (await response.json()) as Result | OperatorError;
    if (!response.ok) throw new OperatorRefusal(response.status, result as OperatorError);
    return result as Result;
  };
  const state = () => call<OperatorState>('GET', 'state');
  const interact = (request: InteractionRequest) => call<InteractionState>('POST', 'interactions', request);
  const messages = (channelId: string, as: string) =>
    call<OperatorMessage[]>('GET', `channels/${channelId}/messages?as=${as}`);

  const actor = (userId: string, channelId: string): Actor => {
    const base = { as: userId, channelId, wait: 'replied' as const };
    return {
      userId,
      channelId,
      slash: (command, options = {}) =>
        interact({ ...base, kind: 'command', command, options: toOptions(options) }),
      autocomplete: (command, focused, options) =>
        interact({ ...base, kind: 'autocomplete', command, focused, options: toOptions(options) }),
      press: async (message, button) =>
        interact({
          ...base,
          kind: 'component',
          messageId: message.id,
          customId: find(message, button).custom_id!,
        }),
      select: (message, customId, values) =>
        interact({ ...base, kind: 'component', messageId: message.id, customId, values }),
      submitModal: (opener, fields) =>
        interact({ ...base, kind: 'modal', interactionId: opener.id, fields: toFields(fields) }),
      say: async (content) =>
        (await call<OperatorMessage>('POST', 'messages', { as: userId, channelId, content })).message,
      messages: async () => (await messages(channelId, userId)).map((entry) => entry.message),
      commands: () => call('GET', `commands?as=${userId}&channel=${channelId}`),
      in: (other) => actor(userId, other),
    };
  };

  return {
    url,
    state,
    interact,
    messages,
    nextEvent: async (type, wanted = () => true) => {
      const { events, close } = await openEvents(`${url}/operator/events`);
      try {
        for await (const event of events) {
          const typed = event as Extract<OperatorEvent, { type: typeof type }>;
          if (event.type === type && wanted(typed)) return typed;
        }
      } finally {
        close();
      }
      throw new Error('The sandbox closed before the event came.');
    },
    guild: async (name) => {
      const guild = (await state()).guilds.find((entry) => entry.name === name);
      if (!guild) throw new Error(`There is no guild "${name}".`);
      return guild;
    },
    as: async (user, channel) => {
      const world = await state();
      const [guildName, channelName] = channel.split('/');
      const found = world.guilds
        .flatMap((guild) => guild.channels.map((entry) => ({ guild, entry })))
        .find(({ guild, entry }) =>
          channelName === undefined
            ? entry.id === channel
            : guild.name === guildName && entry.name === channelName,
        );
      if (!found) throw new Error(`There is no channel "${channel}".`);
      return actor(findUser(world, user).id, found.entry.id);
    },
    dm: async (user) => {
      const { id } = findUser(await state(), user);
      return actor(id, (await call<OperatorChannel>('POST', 'dms', { as: id })).id);
    },
    load: (request) => call('POST', 'load', request),
    interaction: (id) => call('GET', `interactions/${id}`),
    waitForMessage: async (channelId, user, wanted) => {
      const { events, close } = await openEvents(`${url}/operator/events`);
      try {
        // The stream is open before the look at what is there, so that nothing falls between the two.
        const present = (await messages(channelId, user)).find(({ message }) => wanted(message));
        if (present) return present.message;
        for await (const event of events) {
          if (event.type !== 'message' || event.channelId !== channelId) continue;
          const { message, visibleTo } = event.message;
          if ((visibleTo === null || visibleTo === user) && wanted(message)) return message;
        }
      } finally {
        close();
      }
      throw new Error('The sandbox closed before the message came.');
    },
    advanceClock: (advanceMs) => call('POST', 'clock', { advanceMs }),
    setClock: (set) => call('POST', 'clock', { set }),
    addFault: (fault) => call('POST', 'faults', fault),
    clearFaults: async () => {
      await call('DELETE', 'faults');
    },
    disturbGateway: (request) => call('POST', 'gateway', request),
    inspector: (after = 0) => call('GET', `inspector?after=${after}`),
    addGuilds: (request) => call('POST', 'guilds', request),
    addChannel: (guildId, request) => call('POST', `guilds/${guildId}/channels`, request),
    addMember: (guildId, request) => call('POST', `guilds/${guildId}/members`, request),
    patch: (path, body) => call('PATCH', path, body),
    remove: async (path) => {
      await call('DELETE', path);
    },
  };
};
