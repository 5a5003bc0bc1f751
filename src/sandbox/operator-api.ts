/**
 * The operator API: what the page and the tests exchange with the sandbox. JSON over plain http, no
 * authentication (the sandbox listens on this machine only), `as` names the user who acts. It is not part of
 * Discord: it stands for the hands on a Discord client, and for the operator who breaks things on purpose.
 * Objects that Discord itself defines (messages, commands, modals) are passed on exactly as on Discord's wire.
 *
 *   GET    /operator/state                                  -> OperatorState
 *   GET    /operator/events                                 SSE; each event is one OperatorEvent (`event:` is its type)
 *   GET    /operator/channels/:channel/messages?as=USER     -> OperatorMessage[], oldest first, ephemeral ones of USER included
 *   GET    /operator/commands?as=USER&channel=CHANNEL       -> Command[]: those USER may use there (permissions, contexts)
 *   GET    /operator/interactions/:id                       -> InteractionState
 *   POST   /operator/interactions                           InteractionRequest -> InteractionState (see `wait`)
 *   POST   /operator/load                                   LoadRequest -> LoadReport: many interactions, some at a time
 *   POST   /operator/interactions/:id/cancel                {} -> InteractionState: the modal was closed
 *
 *   POST   /operator/dms                                    { as } -> OperatorChannel: the direct messages of a user and the bot
 *   POST   /operator/messages                               { as, channelId, content } -> OperatorMessage
 *   POST   /operator/messages/delete                        { as, channelId, messageId } -> {}; an ephemeral one is dismissed
 *
 *   POST   /operator/clock                                  { advanceMs } | { set: ISO time } -> ClockState; only forward
 *   GET    /operator/faults                                 -> Fault[]
 *   POST   /operator/faults                                 FaultRequest -> Fault
 *   DELETE /operator/faults/:id   DELETE /operator/faults   -> Fault[] (those left)
 *   POST   /operator/gateway                                GatewayRequest -> GatewayState
 *   GET    /operator/inspector?after=SEQ                    -> InspectorRecord[] (the last 500)
 *
 *   POST   /operator/guilds                                 GuildRequest -> OperatorGuild[] (as many as `count`)
 *   PATCH  /operator/guilds/:guild                          { name?, locale? } -> OperatorGuild
 *   DELETE /operator/guilds/:guild                          -> {}: the bot is removed from it
 *   POST   /operator/guilds/:guild/channels                 ChannelRequest -> OperatorChannel
 *   PATCH  /operator/channels/:channel                      { name?, overwrites? } -> OperatorChannel
 *   DELETE /operator/channels/:channel                      -> {}
 *   POST   /operator/guilds/:guild/roles                    { name, permissions?, mentionable?, color? } -> OperatorRole
 *   POST   /operator/guilds/:guild/members                  MemberRequest -> OperatorMember
 *   PATCH  /operator/guilds/:guild/members/:user            { roles?, nick? } -> OperatorMember
 *   DELETE /operator/guilds/:guild/members/:user            -> {}
 *   PATCH  /operator/users/:user                            { locale?, name?, acceptsDms? } -> OperatorUser
 *
 * A refusal has status 400 (404 when a thing is not known, 409 when it cannot be done now) and an OperatorError.
 */
import type { APIApplicationCommand, APIMessage, APIModalInteractionResponseCallbackData } from 'discord.js';

/** A time as ISO text, in virtual time unless it says otherwise. */
type Time = string;
export type Id = string;
export type Message = APIMessage;
/** A registered command as `GET /applications/…/commands?with_localizations=true` shows it. */
export type Command = APIApplicationCommand;
export type Modal = APIModalInteractionResponseCallbackData;

export interface OperatorError {
  /** One sentence in English. */
  error: string;
  /** For wrong command options or modal values: which field, and why. */
  problems?: { field: string; reason: string }[];
}

// ---------------------------------------------------------------------------------------------- the world

export interface OperatorState {
  /** The bot's own user. */
  bot: OperatorUser;
  applicationId: Id;
  /** Everybody, the bot included. */
  users: OperatorUser[];
  guilds: OperatorGuild[];
  /** Direct-message channels opened so far. */
  dms: OperatorChannel[];
  /** Every registered command, global (no `guild_id`) and per guild. */
  commands: Command[];
  clock: ClockState;
  gateway: GatewayState;
  faults: Fault[];
}

export interface OperatorUser {
  id: Id;
  username: string;
  /** The display name. */
  name: string;
  locale: string;
  bot: boolean;
  /** Path of a small SVG picture. */
  avatarUrl: string;
  acceptsDms: boolean;
}

export interface OperatorGuild {
  id: Id;
  name: string;
  locale: string;
  ownerId: Id;
  /** Whether the bot is in it. */
  joined: boolean;
  roles: OperatorRole[];
  channels: OperatorChannel[];
  members: OperatorMember[];
}

export interface OperatorRole {
  id: Id;
  name: string;
  /** A decimal bit set, as on the wire. */
  permissions: string;
  mentionable: boolean;
  /** 24-bit RGB, 0 for none. */
  color: number;
  position: number;
}

export interface OperatorChannel {
  id: Id;
  /** null in a direct message. */
  guildId: Id | null;
  name: string;
  topic: string | null;
  /** Discord's channel type: 0 text, 1 direct message, 4 category, 5 announcement. */
  type: number;
  position: number;
  /** The other side of a direct message. */
  recipientId: Id | null;
  overwrites: { id: Id; type: 0 | 1; allow: string; deny: string }[];
  /** Who may see it and write in it, by user id (the bot included). */
  viewers: Id[];
  writers: Id[];
}

export interface OperatorMember {
  userId: Id;
  nick: string | null;
  roles: Id[];
  /** The member's permissions in the guild, a decimal bit set. */
  permissions: string;
}

export interface ClockState {
  now: Time;
  /** Virtual time minus system time. */
  offsetMs: number;
}

export interface GatewayState {
  /** Connected and identified shards. */
  shards: { id: number; count: number; sessionId: string; seq: number }[];
  /** Set while the gateway refuses connections; system time. */
  awayUntil: Time | null;
}

export interface OperatorMessage {
  message: Message;
  /** An ephemeral message is seen by this user only; null: by all who see the channel. */
  visibleTo: Id | null;
}

// ------------------------------------------------------------------------------------------- interactions

/** The value of an option: text, number, flag, or the id of a user, role or channel. */
export interface OptionValue {
  name: string;
  value: string | number | boolean;
}

/** What a modal's component holds when it is sent. */
export interface FieldValue {
  customId: string;
  /** A text input or radio group. */
  value?: string | null;
  /** A select or checkbox group. */
  values?: string[];
  /** A checkbox. */
  checked?: boolean;
}

/**
 * How long the request waits: `dispatched` (default) returns at once; `acknowledged` until the bot's callback;
 * `replied` until there is something to see (a message after a deferral, a modal, choices). All of them end
 * when the interaction fails.
 */
export type Wait = 'dispatched' | 'acknowledged' | 'replied';

export type InteractionRequest = { as: Id; channelId: Id; wait?: Wait } & (
  | {
      kind: 'command';
      /** Full name with spaces: `daily`, `settings daily`. */
      command: string;
      options?: OptionValue[];
    }
  | {
      kind: 'autocomplete';
      command: string;
      /** What is filled in so far, the focused option included. */
      options: OptionValue[];
      focused: string;
    }
  | {
      kind: 'component';
      messageId: Id;
      customId: string;
      /** Selects: the chosen values, or ids for user, role, mentionable and channel selects. */
      values?: string[];
    }
  | {
      kind: 'modal';
      /** The interaction that was answered with the modal. */
      interactionId: Id;
      fields: FieldValue[];
    }
);

export interface InteractionState {
  id: Id;
  kind: InteractionRequest['kind'];
  userId: Id;
  channelId: Id;
  guildId: Id | null;
  /** Full name of the command, for `command` and `autocomplete`. */
  command: string | null;
  customId: string | null;
  /** The message whose component was used. */
  sourceMessageId: Id | null;
  /**
   * sent -> acknowledged -> replied, or failed. `acknowledged` is "thinking…" for a command and a quiet
   * deferral for a component; `replied` means that there is something to see, or nothing more to wait for.
   */
  status: 'sent' | 'acknowledged' | 'replied' | 'failed';
  /** Why it failed: nobody connected, or no callback within 3 s. */
  failure: 'no-bot' | 'timeout' | null;
  /** Discord's callback type: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal. */
  callbackType: number | null;
  /** The message that the callback created or changed; its latest form. */
  message: Message | null;
  /** Messages sent as follow-ups, latest form. */
  followUps: Message[];
  modal: Modal | null;
  choices:
    | { name: string; name_localizations?: Record<string, string | null> | null; value: string | number }[]
    | null;
  /** Milliseconds from dispatch to the callback. */
  tookMs: number | null;
}

/**
 * Interactions sent one after the other in `inFlight` rows, each as soon as the one before has come as far as its `wait`
 * says.
 */
export interface LoadRequest {
  inFlight: number;
  requests: InteractionRequest[];
}

export interface LoadReport {
  /** From the first dispatch to the end of the last wait. */
  tookMs: number;
  /** In the order of the requests. */
  interactions: InteractionState[];
}

// ------------------------------------------------------------------------------------------------- faults

/** What goes wrong with requests of the bot. `times` counts down to removal; null or absent: until removed. */
export type FaultRequest = {
  /** `METHOD /path` or `/path` below /api/v10, `*` for any text: `POST /channels/*`. Absent: every request. */
  route?: string;
  times?: number | null;
  /** 0..1, default 1. */
  probability?: number;
} & (
  | { kind: 'latency'; ms: number }
  | { kind: 'rate-limit'; retryAfterMs: number; scope?: 'user' | 'global' | 'shared' }
  | { kind: 'error'; status: number }
  /** The connection is reset and nothing was done. */
  | { kind: 'drop' }
  /** The request is carried out, then the connection is reset. */
  | { kind: 'lost-reply' }
  /** Discord's own limits are in force: 50 requests a second (interactions excepted), and 5 in 5 s a channel. */
  | { kind: 'limits' }
);

export type Fault = FaultRequest & { id: string; left: number | null };

/** What happens to the gateway, at once. `shard` absent: to every shard. */
export type GatewayRequest = { shard?: number } & (
  | { action: 'reconnect' }
  | { action: 'invalid-session'; resumable: boolean }
  | { action: 'close'; code: number }
  /** The socket is cut without a word. */
  | { action: 'drop' }
  /** Sockets are cut and connections refused for this long (system time). */
  | { action: 'away'; ms: number }
  /** Heartbeats are no longer answered on the present connections. */
  | { action: 'mute' }
);

// ---------------------------------------------------------------------------------------------- world edits

export interface GuildRequest {
  name: string;
  locale: string;
  /** Default: a new member made for it. */
  ownerId?: Id;
  channels?: { name: string; type?: number }[];
  /** Makes so many, numbered; default 1. */
  count?: number;
}

export interface ChannelRequest {
  name: string;
  type?: number;
  topic?: string;
  overwrites?: OperatorChannel['overwrites'];
}

/** `userId` adds somebody known; otherwise a new user is made. */
export interface MemberRequest {
  userId?: Id;
  name?: string;
  locale?: string;
  roles?: Id[];
}

// ---------------------------------------------------------------------------------------------- inspector

export interface InspectorRecord {
  seq: number;
  /** System time. */
  at: Time;
  /** `request`: of the bot to REST; `dispatch`: gateway to bot; `gateway`: other gateway traffic. */
  kind: 'request' | 'dispatch' | 'gateway';
  /** `POST /channels/1/messages`, `INTERACTION_CREATE`, `identify`. */
  title: string;
  status: number | null;
  tookMs: number | null;
  shard: number | null;
  /** The request's body or the event's data. */
  sent: unknown;
  /** The response's body. */
  received: unknown;
  /** Fault that was applied. */
  fault: string | null;
}

// ------------------------------------------------------------------------------------------------- events

export type OperatorEvent =
  | { type: 'message'; change: 'created' | 'updated'; channelId: Id; message: OperatorMessage }
  | { type: 'message-deleted'; channelId: Id; messageId: Id; visibleTo: Id | null }
  | { type: 'interaction'; interaction: InteractionState }
  /** Guilds, channels, roles, members or users changed: read the state again. */
  | { type: 'world' }
  | { type: 'commands'; commands: Command[] }
  | { type: 'clock'; clock: ClockState }
  | { type: 'gateway'; gateway: GatewayState }
  | { type: 'faults'; faults: Fault[] }
  | { type: 'record'; record: InspectorRecord }
  | { type: 'typing'; channelId: Id; userId: Id };
