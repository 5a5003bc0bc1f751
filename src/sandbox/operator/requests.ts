/** The bodies of the operator API, parsed at the edge. */
import * as z from 'zod';
import { locales } from '../validation/command-rules.ts';

const id = z.string().regex(/^\d{17,20}$/, 'must be a Discord id');
const bits = z
  .string()
  .regex(/^\d{1,20}$/, 'must be a decimal bit set')
  .transform(BigInt);
const locale = z.enum(locales as [string, ...string[]]);
const name = z.string().min(1).max(100);

const common = {
  as: id,
  channelId: id,
  wait: z.enum(['dispatched', 'acknowledged', 'replied']).default('dispatched'),
};
const optionValues = z.array(
  z.strictObject({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) }),
);

export const interactionRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('command'),
    command: z.string(),
    options: optionValues.default([]),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('autocomplete'),
    command: z.string(),
    options: optionValues,
    focused: z.string(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('component'),
    messageId: id,
    customId: z.string(),
    values: z.array(z.string()).exactOptional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('modal'),
    interactionId: id,
    fields: z.array(
      z.strictObject({
        customId: z.string(),
        value: z.string().nullable().exactOptional(),
        values: z.array(z.string()).exactOptional(),
        checked: z.boolean().exactOptional(),
      }),
    ),
  }),
]);

export const loadRequest = z.strictObject({
  inFlight: z.int().min(1).max(1000),
  requests: z.array(interactionRequest).min(1).max(10_000),
});

export const dmRequest = z.strictObject({ as: id });
export const messageRequest = z.strictObject({
  as: id,
  channelId: id,
  content: z.string().min(1).max(2000),
});
export const deleteRequest = z.strictObject({ as: id, channelId: id, messageId: id });

export const clockRequest = z.union([
  z.strictObject({ advanceMs: z.number().min(0) }),
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
]);

const everyFault = {
  route: z.string().min(1).exactOptional(),
  times: z.int().min(1).nullable().exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
};

export const faultRequest = z.discriminatedUnion('kind', [
  z.strictObject({ ...everyFault, kind: z.literal('latency'), ms: z.number().min(0).max(600_000) }),
  z.strictObject({
    ...everyFault,
    kind: z.literal('rate-limit'),
    retryAfterMs: z.number().min(0),
    scope: z.enum(['user', 'global', 'shared']).exactOptional(),
  }),
  z.strictObject({ ...everyFault, kind: z.literal('error'), status: z.int().min(400).max(599) }),
  z.strictObject({ ...everyFault, kind: z.literal('drop') }),
  z.strictObject({ ...everyFault, kind: z.literal('lost-reply') }),
  z.strictObject({ ...everyFault, kind: z.literal('limits') }),
]);

const shard = { shard: z.int().min(0).exactOptional() };

export const gatewayRequest = z.discriminatedUnion('action', [
  z.strictObject({ ...shard, action: z.literal('reconnect') }),
  z.strictObject({ ...shard, action: z.literal('invalid-session'), resumable: z.boolean() }),
  z.strictObject({ ...shard, action: z.literal('close'), code: z.int().min(4000).max(4999) }),
  z.strictObject({ ...shard, action: z.literal('drop') }),
  z.strictObject({ ...shard, action: z.literal('away'), ms: z.number().min(0) }),
  z.strictObject({ ...shard, action: z.literal('mute') }),
]);

const overwrites = z.array(
  z.strictObject({ id, type: z.union([z.literal(0), z.literal(1)]), allow: bits, deny: bits }),
);
const channelType = z.literal([0, 2, 4, 5]);

export const guildRequest = z.strictObject({
  name,
  locale,
  ownerId: id.exactOptional(),
  channels: z.array(z.strictObject({ name, type: channelType.default(0) })).default([]),
  count: z.int().min(1).max(10_000).default(1),
});
export const guildPatch = z.strictObject({ name: name.exactOptional(), locale: locale.exactOptional() });
export const channelRequest = z.strictObject({
  name,
  type: channelType.default(0),
  topic: z.string().max(1024).nullable().default(null),
  overwrites: overwrites.default([]),
});
export const channelPatch = z.strictObject({
  name: name.exactOptional(),
  overwrites: overwrites.exactOptional(),
});
export const roleRequest = z.strictObject({
  name,
  permissions: bits.default(0n),
  mentionable: z.boolean().default(false),
  color: z.int().min(0).max(0xffffff).default(0),
});
export const memberRequest = z.strictObject({
  userId: id.exactOptional(),
  name: name.default('Member'),
  locale: locale.default('en-US'),
  roles: z.array(id).default([]),
});
export const memberPatch = z.strictObject({
  roles: z.array(id).exactOptional(),
  nick: name.nullable().exactOptional(),
});
export const userPatch = z.strictObject({
  locale: locale.exactOptional(),
  name: name.exactOptional(),
  acceptsDms: z.boolean().exactOptional(),
});
