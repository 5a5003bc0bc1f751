import { Client, Events, GatewayIntentBits, type ClientOptions } from 'discord.js';
import type { Sandbox } from '../../src/sandbox/index.ts';

/** An unmodified discord.js client, logged in and ready; what goes wrong inside it fails the test. */
export const login = async (
  sandbox: Sandbox,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> => {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...options,
    rest: { api: sandbox.api, ...options.rest },
  });
  const ready = new Promise<Client<true>>((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  await client.login(sandbox.token);
  return ready;
};
