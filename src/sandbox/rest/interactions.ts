import type { Core } from '../core.ts';
import type { Route } from '../http/router.ts';
import { acknowledge } from '../interactions/callback.ts';

export const interactionRoutes = (core: Core): Route[] => [
  {
    method: 'POST',
    pattern: '/interactions/:interaction/:token/callback',
    open: true,
    handle: ({ params, body, files, query }) => {
      const response = acknowledge(core, params['interaction']!, params['token']!, body, files);
      return query.get('with_response') === 'true' ? { status: 200, body: response } : { status: 204 };
    },
  },
];
