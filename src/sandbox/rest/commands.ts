/** Registration of application commands, global and per guild. */
import { toCommand, withoutLocalizations } from '../commands.ts';
import type { Core } from '../core.ts';
import { missingAccess, refuseIf, unknownCommand } from '../http/errors.ts';
import type { ApiReply, ApiRequest, Route } from '../http/router.ts';
import type { Command } from '../operator-api.ts';
import { commandIssues, commandSetIssues } from '../validation/command-rules.ts';
import type { Json } from '../validation/component-rules.ts';
import { checkCommandCreate, checkCommandPatch, checkCommandSet } from '../validation/requests.ts';

/** null for global commands. Refuses another application, and guilds the bot is not in. */
const scopeOf = (core: Core, { params }: ApiRequest): string | null => {
  if (params['application'] !== core.world.application.id) throw missingAccess();
  const guildId = params['guild'];
  if (guildId === undefined) return null;
  if (core.world.guilds.get(guildId)?.joined !== true) throw missingAccess();
  return guildId;
};

const commandOf = (core: Core, request: ApiRequest): Command => {
  const scope = scopeOf(core, request);
  const command = core.commands.get(request.params['command']!);
  if (!command || (command.guild_id ?? null) !== scope) throw unknownCommand();
  return command;
};

const announce = (core: Core): void => {
  core.persist.world();
  core.publish(() => ({ type: 'commands', commands: core.commands.all() }));
};

const sameName = (core: Core, scope: string | null, body: Json): Command | undefined =>
  core.commands
    .list(scope)
    .find((other) => other.name === body['name'] && (other.type as number) === (body['type'] ?? 1));

/** A command keeps its id as long as its name and type stay. */
const register = (core: Core, scope: string | null, body: Json, known: Command | undefined): Command => {
  const command = toCommand(body, {
    id: known?.id ?? core.newId(),
    applicationId: core.world.application.id,
    guildId: scope,
    version: core.newId(),
  });
  core.commands.put(command);
  return command;
};

const show = (command: Command, query: URLSearchParams): Command =>
  query.get('with_localizations') === 'true' ? command : withoutLocalizations(command);

const list = (core: Core, request: ApiRequest): ApiReply => ({
  status: 200,
  body: core.commands.list(scopeOf(core, request)).map((command) => show(command, request.query)),
});

const create = (core: Core, request: ApiRequest): ApiReply => {
  const scope = scopeOf(core, request);
  const body = checkCommandCreate(request.body);
  refuseIf(commandIssues(body));
  const known = sameName(core, scope, body);
  const others = core.commands.list(scope).filter((command) => command !== known);
  refuseIf(commandSetIssues([...(others as unknown as Json[]), body]));
  const command = register(core, scope, body, known);
  announce(core);
  return { status: known ? 200 : 201, body: command };
};

const replaceAll = (core: Core, request: ApiRequest): ApiReply => {
  const scope = scopeOf(core, request);
  const bodies = checkCommandSet(request.body);
  refuseIf([...bodies.flatMap((body, index) => commandIssues(body, [index])), ...commandSetIssues(bodies)]);
  const known = bodies.map((body) => sameName(core, scope, body));
  for (const command of core.commands.list(scope)) core.commands.remove(command.id);
  const commands = bodies.map((body, index) => register(core, scope, body, known[index]));
  announce(core);
  return { status: 200, body: commands };
};

const change = (core: Core, request: ApiRequest): ApiReply => {
  const command = commandOf(core, request);
  const patch = checkCommandPatch(request.body);
  const body = { ...(command as unknown as Json), ...patch };
  refuseIf(commandIssues(body));
  const changed = register(core, command.guild_id ?? null, body, command);
  announce(core);
  return { status: 200, body: changed };
};

export const commandRoutes = (core: Core): Route[] =>
  ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'].flatMap(
    (all): Route[] => [
      { method: 'GET', pattern: all, handle: (request) => list(core, request) },
      { method: 'POST', pattern: all, handle: (request) => create(core, request) },
      { method: 'PUT', pattern: all, handle: (request) => replaceAll(core, request) },
      {
        method: 'GET',
        pattern: `${all}/:command`,
        handle: (request) => ({ status: 200, body: commandOf(core, request) }),
      },
      { method: 'PATCH', pattern: `${all}/:command`, handle: (request) => change(core, request) },
      {
        method: 'DELETE',
        pattern: `${all}/:command`,
        handle: (request) => {
          core.commands.remove(commandOf(core, request).id);
          announce(core);
          return { status: 204 };
        },
      },
    ],
  );
