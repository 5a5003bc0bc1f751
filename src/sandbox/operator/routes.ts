/** The operator API's routes; see operator-api.ts for what they mean. */
import type { z } from 'zod';
import { buildMessage } from '../build-message.ts';
import { mayUse } from '../commands.ts';
import type { Core } from '../core.ts';
import type { ApiReply, ApiRequest, Route } from '../http/router.ts';
import { interact } from '../interactions/dispatch.ts';
import { notKnown, Refusal } from '../interactions/refusal.ts';
import { toInteractionState } from '../interactions/state.ts';
import type {
  FaultRequest,
  GatewayRequest,
  InteractionRequest,
  InteractionState,
  LoadReport,
  LoadRequest,
  OperatorMessage,
} from '../operator-api.ts';
import { can, Permission } from '../permissions.ts';
import { removeMessage, storeMessage } from '../post.ts';
import { openDm } from '../rest/channels.ts';
import { channelsOf } from '../world.ts';
import * as requests from './requests.ts';
import {
  toOperatorChannel,
  toOperatorGuild,
  toOperatorMember,
  toOperatorRole,
  toOperatorState,
  toOperatorUser,
} from './state.ts';
import * as edits from './world-edits.ts';

/** The parsed body, or a Refusal that names every wrong field. */
const parse = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Refusal(
    'The request is not right.',
    result.error.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.message })),
  );
};

const ok = (body: unknown): ApiReply => ({ status: 200, body });

/** A channel that the user sees. */
const seenChannel = (core: Core, channelId: string, userId: string) => {
  const channel = edits.channelOf(core, channelId);
  if (!core.world.users.has(userId)) throw notKnown('user');
  if (!can(core.world, channel, userId, Permission.viewChannel)) throw notKnown('channel');
  return channel;
};

const interactionRoutes = (core: Core): Route[] => {
  const find = ({ params }: ApiRequest) => {
    const interaction = core.interactions.get(params['id']!);
    if (!interaction) throw notKnown('interaction');
    return interaction;
  };
  return [
    {
      method: 'POST',
      pattern: '/operator/interactions',
      handle: async ({ body }) => {
        const request = parse(requests.interactionRequest, body);
        const interaction = interact(core, request satisfies InteractionRequest);
        await core.interactions.wait(interaction, request.wait);
        return ok(toInteractionState(core, interaction));
      },
    },
    {
      method: 'POST',
      pattern: '/operator/load',
      handle: async ({ body }) =>
        ok(await load(core, parse(requests.loadRequest, body) satisfies LoadRequest)),
    },
    {
      method: 'GET',
      pattern: '/operator/interactions/:id',
      handle: (request) => ok(toInteractionState(core, find(request))),
    },
    {
      method: 'POST',
      pattern: '/operator/interactions/:id/cancel',
      handle: (request) => {
        const interaction = find(request);
        if (!interaction.modal || interaction.modalSubmitted) throw notKnown('modal');
        interaction.modalSubmitted = true;
        return ok(toInteractionState(core, interaction));
      },
    },
  ];
};

const load = async (
  core: Core,
  { inFlight, requests: wanted }: z.output<typeof requests.loadRequest>,
): Promise<LoadReport> => {
  const started = performance.now();
  const interactions: InteractionState[] = [];
  const queue = wanted.entries();
  const lane = async () => {
    for (const [index, request] of queue) {
      const interaction = interact(core, request);
      await core.interactions.wait(interaction, request.wait);
      interactions[index] = toInteractionState(core, interaction);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { tookMs: performance.now() - started, interactions };
};

const messageRoutes = (core: Core): Route[] => [
  {
    method: 'GET',
    pattern: '/operator/channels/:channel/messages',
    handle: ({ params, query }) => {
      const as = query.get('as') ?? '';
      const channel = seenChannel(core, params['channel']!, as);
      const seen = core.messages.seenBy(channel.id, as);
      return ok(seen.map(({ message, visibleTo }): OperatorMessage => ({ message, visibleTo })));
    },
  },
  {
    method: 'POST',
    pattern: '/operator/dms',
    handle: ({ body }) => {
      const { as } = parse(requests.dmRequest, body);
      const user = core.world.users.get(as);
      if (!user || user.bot) throw notKnown('user');
      return ok(toOperatorChannel(core.world, openDm(core, as)));
    },
  },
  {
    method: 'POST',
    pattern: '/operator/messages',
    handle: ({ body }) => {
      const { as, channelId, content } = parse(requests.messageRequest, body);
      const channel = seenChannel(core, channelId, as);
      if (!can(core.world, channel, as, Permission.sendMessages))
        throw new Refusal('This user may not write here.');
      const stored = buildMessage(core, {
        channel,
        authorId: as,
        body: { content },
        uploads: [],
        flags: 0,
        visibleTo: null,
      });
      storeMessage(core, stored);
      return ok({ message: stored.message, visibleTo: null });
    },
  },
  {
    method: 'POST',
    pattern: '/operator/messages/delete',
    handle: ({ body }) => {
      const { as, channelId, messageId } = parse(requests.deleteRequest, body);
      const channel = seenChannel(core, channelId, as);
      const stored = core.messages.get(channelId, messageId);
      if (!stored || (stored.visibleTo !== null && stored.visibleTo !== as)) throw notKnown('message');
      const own = stored.visibleTo === as || stored.message.author.id === as;
      if (!own && !can(core.world, channel, as, Permission.manageMessages))
        throw new Refusal('This user may not delete this message.');
      removeMessage(core, channelId, messageId);
      return ok({});
    },
  },
];

const faultRoutes = (core: Core): Route[] => [
  {
    method: 'POST',
    pattern: '/operator/clock',
    handle: ({ body }) => {
      const request = parse(requests.clockRequest, body);
      const ms = 'set' in request ? Date.parse(request.set) - core.clock.now() : request.advanceMs;
      if (!core.clock.advance(ms)) throw new Refusal('The clock only moves forward.');
      return ok(core.clock.state());
    },
  },
  { method: 'GET', pattern: '/operator/faults', handle: () => ok(core.faults.list()) },
  {
    method: 'POST',
    pattern: '/operator/faults',
    handle: ({ body }) => ok(core.faults.add(parse(requests.faultRequest, body) satisfies FaultRequest)),
  },
  {
    method: 'DELETE',
    pattern: '/operator/faults',
    handle: () => {
      core.faults.clear();
      return ok([]);
    },
  },
  {
    method: 'DELETE',
    pattern: '/operator/faults/:id',
    handle: ({ params }) => {
      if (!core.faults.remove(params['id']!)) throw notKnown('fault');
      return ok(core.faults.list());
    },
  },
  {
    method: 'POST',
    pattern: '/operator/gateway',
    handle: ({ body }) => {
      core.gateway.disturb(parse(requests.gatewayRequest, body) satisfies GatewayRequest);
      return ok(core.gateway.state());
    },
  },
  {
    method: 'GET',
    pattern: '/operator/inspector',
    handle: ({ query }) => ok(core.inspector.after(Number(query.get('after') ?? 0))),
  },
];

const at = (method: string, pattern: string, handle: (request: ApiRequest) => unknown): Route => ({
  method,
  pattern: `/operator/${pattern}`,
  handle: (request) => ok(handle(request) ?? {}),
});

const worldRoutes = (core: Core): Route[] => {
  const { world } = core;
  const guild = (id: string) => toOperatorGuild(world, edits.guildOf(core, id), channelsOf(world, id));
  return [
    at('GET', 'state', () => toOperatorState(core)),
    at('GET', 'commands', ({ query }) => {
      const as = query.get('as') ?? '';
      const channel = seenChannel(core, query.get('channel') ?? '', as);
      return core.commands.all().filter((command) => mayUse(world, command, channel, as));
    }),
    at('POST', 'guilds', ({ body }) => {
      const made = edits.createGuilds(core, parse(requests.guildRequest, body));
      const channels = Map.groupBy(world.channels.values(), (channel) => channel.guildId);
      return made.map((entry) => toOperatorGuild(world, entry, channels.get(entry.id) ?? []));
    }),
    at('PATCH', 'guilds/:guild', ({ params, body }) =>
      guild(edits.updateGuild(core, params['guild']!, parse(requests.guildPatch, body)).id),
    ),
    at('DELETE', 'guilds/:guild', ({ params }) => edits.leaveGuild(core, params['guild']!)),
    at('POST', 'guilds/:guild/channels', ({ params, body }) =>
      toOperatorChannel(
        world,
        edits.createChannel(core, params['guild']!, parse(requests.channelRequest, body)),
      ),
    ),
    at('PATCH', 'channels/:channel', ({ params, body }) =>
      toOperatorChannel(
        world,
        edits.updateChannel(core, params['channel']!, parse(requests.channelPatch, body)),
      ),
    ),
    at('DELETE', 'channels/:channel', ({ params }) => edits.deleteChannel(core, params['channel']!)),
    at('POST', 'guilds/:guild/roles', ({ params, body }) =>
      toOperatorRole(edits.createRole(core, params['guild']!, parse(requests.roleRequest, body))),
    ),
    at('POST', 'guilds/:guild/members', ({ params, body }) =>
      toOperatorMember(
        edits.guildOf(core, params['guild']!),
        edits.createMember(core, params['guild']!, parse(requests.memberRequest, body)),
      ),
    ),
    at('PATCH', 'guilds/:guild/members/:user', ({ params, body }) =>
      toOperatorMember(
        edits.guildOf(core, params['guild']!),
        edits.updateMember(core, params['guild']!, params['user']!, parse(requests.memberPatch, body)),
      ),
    ),
    at('DELETE', 'guilds/:guild/members/:user', ({ params }) =>
      edits.removeMember(core, params['guild']!, params['user']!),
    ),
    at('PATCH', 'users/:user', ({ params, body }) =>
      toOperatorUser(edits.updateUser(core, params['user']!, parse(requests.userPatch, body))),
    ),
  ];
};

export const operatorRoutes = (core: Core): Route[] => [
  ...interactionRoutes(core),
  ...messageRoutes(core),
  ...faultRoutes(core),
  ...worldRoutes(core),
];
