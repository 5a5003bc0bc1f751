import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createClock } from './clock.ts';
import { createCommands } from './commands.ts';
import type { Core, Persist } from './core.ts';
import { demoWorld } from './demo-world.ts';
import { createFaults } from './faults.ts';
import type { StoredFile } from './files.ts';
import { createGateway } from './gateway/gateway.ts';
import { createEventStream, formatEvent } from './http/event-stream.ts';
import { createHttpServer, serve } from './http/server.ts';
import { createInspector } from './inspector.ts';
import { toInteractionState } from './interactions/state.ts';
import { createInteractions } from './interactions/store.ts';
import { createMessages } from './messages.ts';
import type { OperatorEvent } from './operator-api.ts';
import { channelRoutes } from './rest/channels.ts';
import { commandRoutes } from './rest/commands.ts';
import { gatewayRoutes } from './rest/gateway.ts';
import { guildRoutes } from './rest/guilds.ts';
import { interactionRoutes } from './rest/interactions.ts';
import { webhookRoutes } from './rest/webhooks.ts';
import { createIds } from './snowflake.ts';
import type { SavedState, StateFile } from './state-file.ts';
import type { World } from './world.ts';

export { emptyWorld } from './demo-world.ts';

export interface SandboxOptions {
  /** 0: any free port. */
  port: number;
  /** File in which the world, the commands and the public messages outlive a restart; absent: memory only. */
  state?: string;
  /** The clock below the virtual one, in milliseconds; default the system's. */
  now?: () => number;
  /** Decides where a fault's probability is less than 1; default `Math.random`. */
  random?: () => number;
  /** What exists at the start, unless the state file holds a world; default the demo world. */
  world?: World;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`: the page and the operator API. */
  url: string;
  /** What the bot takes as DISCORD_API_URL. */
  api: string;
  /** The bot's token. */
  token: string;
  /** What the bot takes as EPOCH_CLOCK_URL. */
  clockUrl: string;
  close(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const nothingSaved: SavedState = { world: null, commands: [], messages: [], files: [], offsetMs: 0 };
const noPersist: Persist = { world: () => {}, message: () => {} };

/** Looks like a bot's token, and is the same at every start, as a saved `.env` would be. */
const tokenFor = (botId: string): string =>
  [Buffer.from(botId).toString('base64url'), 'sAndBx', 'local-sandbox-token-not-a-secret'].join('.');

/** Starts a local Discord on 127.0.0.1. Rejects with the system's error (EADDRINUSE) when the port is taken. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const server = createHttpServer();
  const baseUrl = `http://127.0.0.1:${await listen(server, options.port)}`;
  const streams = { operator: createEventStream(), clock: createEventStream() };
  const publish = (make: () => OperatorEvent) =>
    streams.operator.send(() => {
      const event = make();
      return formatEvent(event.type, event);
    });

  const openState = async (path: string): Promise<StateFile> => {
    const { openStateFile } = await import('./state-file.ts');
    return openStateFile(path, baseUrl, {
      world: () => ({ world, commands: commands.all(), offsetMs: clock.state().offsetMs }),
      message: (channelId, messageId) => {
        const stored = messages.get(channelId, messageId);
        return stored && { stored, files: stored.fileIds.flatMap((id) => files.get(id) ?? []) };
      },
    });
  };
  const stateFile =
    options.state === undefined
      ? undefined
      : await openState(options.state).catch((error: unknown) => {
          server.close();
          throw error;
        });
  const saved = stateFile?.saved ?? nothingSaved;
  const world = saved.world ?? options.world ?? demoWorld();
  const clock = createClock(options.now ?? Date.now, saved.offsetMs);
  const files = new Map<string, StoredFile>(saved.files.map((file) => [file.id, file]));
  const persist: Persist = stateFile
    ? { world: stateFile.markWorld, message: stateFile.markMessage }
    : noPersist;
  const messages = createMessages((evicted) => {
    for (const id of evicted.fileIds) files.delete(id);
    if (evicted.visibleTo === null) persist.message(evicted.message.channel_id, evicted.message.id);
  });
  for (const stored of saved.messages) messages.add(stored);
  const commands = createCommands(saved.commands);

  const core: Core = {
    world,
    clock,
    newId: createIds(clock.now),
    token: tokenFor(world.application.botId),
    baseUrl,
    messages,
    files,
    commands,
    interactions: createInteractions(clock, (interaction) =>
      publish(() => ({ type: 'interaction', interaction: toInteractionState(core, interaction) })),
    ),
    gateway: createGateway(),
    faults: createFaults(
      (faults) => publish(() => ({ type: 'faults', faults: faults() })),
      options.random ?? Math.random,
    ),
    inspector: createInspector((record) => publish(() => ({ type: 'record', record: record() }))),
    publish,
    persist,
  };
  core.gateway.start(core);
  clock.onChange((state) => {
    persist.world();
    publish(() => ({ type: 'clock', clock: state }));
    streams.clock.send(() => formatEvent('', { offsetMs: state.offsetMs }));
  });
  if (!saved.world) persist.world();
  serve(
    server,
    core,
    [
      ...gatewayRoutes(core),
      ...guildRoutes(core),
      ...channelRoutes(core),
      ...commandRoutes(core),
      ...interactionRoutes(core),
      ...webhookRoutes(core),
    ],
    streams,
  );

  let closed: Promise<void> | undefined;
  const close = async () => {
    core.interactions.close();
    core.gateway.close();
    streams.operator.close();
    streams.clock.close();
    const ended = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await ended;
    stateFile?.close();
  };

  return {
    url: baseUrl,
    api: `${baseUrl}/api`,
    token: core.token,
    clockUrl: `${baseUrl}/clock`,
    close: () => (closed ??= close()),
  };
};
