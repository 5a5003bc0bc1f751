import { REST } from 'discord.js';

/**
 * Lets follow-ups and edits of interactions pass beside the 50 requests a second of a bot. Discord does not count them
 * among these ("Interaction endpoints are not bound to the bot's Global Rate Limit"); discord.js does, so that whoever
 * waits for an answer would wait for thousands of dailies, too.
 */
export function freeInteractions(counted: REST): void {
  const free = new REST({ ...counted.options, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  const queueCounted = counted.queueRequest.bind(counted);
  counted.queueRequest = (request) =>
    request.auth === false && request.fullRoute.startsWith('/webhooks/')
      ? free.queueRequest(request)
      : queueCounted(request);
}
