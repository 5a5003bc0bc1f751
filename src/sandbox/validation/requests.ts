/** The request bodies of Discord's specification, each as a strict check that throws Discord's refusal. */
import * as spec from 'discord-api-spec/zod';
import { below, invalidForm } from '../http/errors.ts';
import { compile, validate, type Schema } from './compile.ts';
import type { Json } from './component-rules.ts';
import type { MessageBody } from './message-rules.ts';

const schemas = spec as unknown as Record<string, Schema>;

/** Throws Discord's refusal unless a body keeps to the named schema. */
const checker = (name: string): ((body: unknown) => void) => {
  const schema = schemas[`${name}Schema`];
  if (!schema) throw new Error(`discord-api-spec has no ${name}`);
  const validator = compile(schema);
  return (body) => {
    const issues = validate(validator, body);
    if (issues.length > 0) throw invalidForm(issues);
  };
};

/**
 * discord.js writes `tts: false` and `enforce_nonce: false` into every message, also where Discord has no such
 * field and ignores it.
 */
const withoutDefaults = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null) return body;
  const { tts, enforce_nonce: enforce, ...rest } = body as Json;
  if (tts !== undefined && tts !== false) return body;
  return enforce === undefined || enforce === false ? rest : body;
};

const messageChecker = (name: string): ((body: unknown) => MessageBody) => {
  const check = checker(name);
  return (body) => {
    const message = withoutDefaults(body);
    check(message);
    return message as MessageBody;
  };
};

export const checkMessageCreate = messageChecker('MessageCreateRequest');
export const checkMessageEdit = messageChecker('MessageEditRequestPartial');
export const checkWebhookCreate = messageChecker('IncomingWebhookInteractionRequest');
export const checkWebhookEdit = messageChecker('IncomingWebhookUpdateRequestPartial');

const dmCreate = checker('CreatePrivateChannelRequest');

export const checkDmCreate = (body: unknown): { recipient_id?: string | null } => {
  dmCreate(body);
  return body as { recipient_id?: string | null };
};

const createCallback = checker('CreateMessageInteractionCallbackRequest');
const updateCallback = checker('UpdateMessageInteractionCallbackRequest');

/** By callback type. */
const callbackByType: Record<number, (body: unknown) => void> = {
  1: checker('PongInteractionCallbackRequest'),
  4: createCallback,
  5: createCallback,
  6: updateCallback,
  7: updateCallback,
  8: checker('ApplicationCommandAutocompleteCallbackRequest'),
  9: checker('ModalInteractionCallbackRequest'),
};

export interface CallbackBody {
  type: number;
  data?: Json | null;
}

export const checkCallback = (body: unknown): CallbackBody => {
  const { type, data, ...rest } = (body ?? {}) as Json;
  const check = callbackByType[type as number];
  if (check) {
    const callback = { type, ...rest, ...(data === undefined ? {} : { data: withoutDefaults(data) }) };
    check(callback);
    return callback as CallbackBody;
  }
  const list = Object.keys(callbackByType).join(', ');
  const [code, message] =
    type == null
      ? ['BASE_TYPE_REQUIRED', 'This field is required']
      : ['BASE_TYPE_CHOICES', `Value must be one of {${list}}.`];
  throw invalidForm([{ path: ['type'], code, message }]);
};

const commandCreate = checker('ApplicationCommandCreateRequest');
const commandUpdate = checker('ApplicationCommandUpdateRequest');
const commandPatch = checker('ApplicationCommandPatchRequestPartial');

/**
 * The specification has `default_member_permissions` as an integer, but the wire carries a decimal string.
 * Discord also takes `nsfw`, which the specification leaves out.
 */
const asSpecified = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null) return body;
  const { nsfw, ...rest } = body as Json;
  if (nsfw !== undefined && typeof nsfw !== 'boolean') return body;
  const permissions = rest['default_member_permissions'];
  return typeof permissions === 'string' && /^\d{1,20}$/.test(permissions)
    ? { ...rest, default_member_permissions: Number(permissions) }
    : rest;
};

export const checkCommandCreate = (body: unknown): Json => {
  commandCreate(asSpecified(body));
  return body as Json;
};

export const checkCommandPatch = (body: unknown): Json => {
  commandPatch(asSpecified(body));
  return body as Json;
};

export const checkCommandSet = (body: unknown): Json[] => {
  if (!Array.isArray(body)) {
    throw invalidForm([
      { path: [], code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
    ]);
  }
  for (const [index, command] of body.entries()) below(index, () => commandUpdate(asSpecified(command)));
  return body as Json[];
};
