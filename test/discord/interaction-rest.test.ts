import { REST } from 'discord.js';
import { expect, test } from 'vitest';
import { freeInteractions } from '../../src/discord/interaction-rest.ts';

test('edits of interactions do not wait for the rest of the bot, nor it for them', async () => {
  const asked: string[] = [];
  const rest = new REST({
    globalRequestsPerSecond: 1,
    makeRequest: async (url) => {
      asked.push(new URL(url).pathname);
      return new Response('{}', { headers: { 'content-type': 'application/json' } });
    },
  }).setToken('token');
  freeInteractions(rest);
  const edit = (token: string) => rest.patch(`/webhooks/1/${token}/messages/@original`, { auth: false });
  await edit('a');
  await rest.post('/channels/1/messages');
  const waiting = rest.post('/channels/2/messages');
  await Promise.all(['b', 'c', 'd'].map(edit));
  expect(asked).toEqual([
    '/api/v10/webhooks/1/a/messages/@original',
    '/api/v10/channels/1/messages',
    '/api/v10/webhooks/1/b/messages/@original',
    '/api/v10/webhooks/1/c/messages/@original',
    '/api/v10/webhooks/1/d/messages/@original',
  ]);
  await waiting;
  expect(asked.at(-1)).toBe('/api/v10/channels/2/messages');
});
