/** The request bodies of Discord's specification, each as a strict check that throws Discord's refusal. */
import * as spec from 'discord-api-spec/zod';
import { invalidForm } from '../http/errors.ts';
import { compile, validate, type Schema } from './compile.ts';
import type { Json } from './component-rules.ts';
import type { MessageBody } from './message-rules.ts';

const schemas = spec as unknown as Record<string, Schema>;

const checker = <T>(name: string): ((body: unknown) => T) => {
  const schema = schemas[`${name}Schema`];
  if (!schema) throw new Error(`discord-api-spec has no ${name}`);
  const validator = compile(schema);
  return (body) => {
    const issues = validate(validator, body);
    if (issues.length > 0) throw invalidForm(issues);
    return body as T;
  };
};

export const checkMessageCreate = checker<MessageBody>('MessageCreateRequest');

/**
 * discord.js writes `tts: false` and `enforce_nonce: false` into every message, also where Discord has no such
 * field and ignores it.
 */
const withoutDefaults = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null) return body;
  const { tts, enforce_nonce: enforce, ...rest } = body as Json;
  if (tts === undefined && enforce === undefined) return body;
  return {
    ...rest,
    ...(tts === false ? {} : { tts }),
    ...(enforce === false ? {} : { enforce_nonce: enforce }),
  };
};

const messageChecker = (name: string) => {
  const check = checker<MessageBody>(name);
  return (body: unknown) => check(withoutDefaults(body));
};

export const checkMessageEdit = messageChecker('MessageEditRequestPartial');
export const checkWebhookCreate = messageChecker('IncomingWebhookInteractionRequest');
export const checkWebhookEdit = messageChecker('IncomingWebhookUpdateRequestPartial');
export const checkDmCreate = checker<{ recipient_id?: string | null }>('CreatePrivateChannelRequest');

const callbacks = {
  pong: checker<Json>('PongInteractionCallbackRequest'),
  create: checker<Json>('CreateMessageInteractionCallbackRequest'),
  update: checker<Json>('UpdateMessageInteractionCallbackRequest'),
  autocomplete: checker<Json>('ApplicationCommandAutocompleteCallbackRequest'),
  modal: checker<Json>('ModalInteractionCallbackRequest'),
};

/** By callback type. */
const callbackByType: Record<number, (body: unknown) => Json> = {
  1: callbacks.pong,
  4: callbacks.create,
  5: callbacks.create,
  6: callbacks.update,
  7: callbacks.update,
  8: callbacks.autocomplete,
  9: callbacks.modal,
};

export interface CallbackBody {
  type: number;
  data?: Json | null;
}

export const checkCallback = (body: unknown): CallbackBody => {
  const type = (body as Json | null | undefined)?.['type'];
  const check = callbackByType[type as number];
  if (check) {
    const { data, ...rest } = body as Json;
    return check(
      data === undefined ? rest : { ...rest, data: withoutDefaults(data) },
    ) as unknown as CallbackBody;
  }
  const code = type == null ? 'BASE_TYPE_REQUIRED' : 'BASE_TYPE_CHOICES';
  const message =
    type == null
      ? 'This field is required'
      : `Value must be one of {${Object.keys(callbackByType).join(', ')}}.`;
  throw invalidForm([{ path: ['type'], code, message }]);
};

const commandCreate = checker<Json>('ApplicationCommandCreateRequest');
const commandUpdate = checker<Json>('ApplicationCommandUpdateRequest');
const commandPatch = checker<Json>('ApplicationCommandPatchRequestPartial');

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
  for (const command of body) commandUpdate(asSpecified(command));
  return body as Json[];
};
