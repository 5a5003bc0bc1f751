import type { Core } from '../core.ts';
import { MAX_GUILDS_PER_SHARD } from '../gateway/protocol.ts';
import type { Route } from '../http/router.ts';

export const gatewayRoutes = (core: Core): Route[] => {
  const url = `${core.baseUrl.replace('http', 'ws')}/gateway`;
  return [
    { method: 'GET', pattern: '/gateway', open: true, handle: () => ({ status: 200, body: { url } }) },
    {
      method: 'GET',
      pattern: '/gateway/bot',
      handle: () => {
        const guilds = [...core.world.guilds.values()].filter((guild) => guild.joined).length;
        return {
          status: 200,
          body: {
            url,
            session_start_limit: { max_concurrency: 16, remaining: 1000, reset_after: 0, total: 1000 },
            shards: Math.max(1, Math.ceil(guilds / MAX_GUILDS_PER_SHARD)),
          },
        };
      },
    },
  ];
};
