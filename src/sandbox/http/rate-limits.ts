/** Rate-limit headers of every reply, and, when they are asked for, Discord's limits themselves. */

interface Limited {
  headers: Record<string, string>;
  /** Set when the request is refused. */
  refusal: { retryAfter: number; global: boolean } | null;
}

interface Window {
  resetAt: number;
  used: number;
}

const GLOBAL_PER_SECOND = 50;
/** A bucket's requests and its length in milliseconds. */
const BUCKET = { limit: 5, ms: 5000 };
/** Announced while limits are not in force: nobody needs to slow down. */
const GENEROUS = { limit: 1000, ms: 1000 };

/** The top-level resource of a path, which has a bucket of its own. */
const bucketOf = (method: string, pattern: string, params: Record<string, string>): string =>
  `${method}:${pattern}:${params['channel'] ?? params['guild'] ?? params['token'] ?? ''}`;

const hash = (text: string): string => {
  let value = 5381;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 33) ^ text.charCodeAt(i)) >>> 0;
  return value.toString(16).padStart(32, '0');
};

const headers = (
  bucket: string,
  limit: number,
  left: number,
  resetAt: number,
  now: number,
): Record<string, string> => ({
  'x-ratelimit-bucket': bucket,
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(left),
  'x-ratelimit-reset': (resetAt / 1000).toFixed(3),
  'x-ratelimit-reset-after': ((resetAt - now) / 1000).toFixed(3),
});

export interface RateLimits {
  /** Counts a request. `now` is system time in milliseconds. */
  take(
    method: string,
    pattern: string,
    params: Record<string, string>,
    enforced: boolean,
    now: number,
  ): Limited;
}

export const createRateLimits = (): RateLimits => {
  const windows = new Map<string, Window>();
  const hashes = new Map<string, string>();
  let everything: Window = { resetAt: 0, used: 0 };

  return {
    take: (method, pattern, params, enforced, now) => {
      const kind = `${method} ${pattern}`;
      let bucket = hashes.get(kind);
      if (bucket === undefined) hashes.set(kind, (bucket = hash(kind)));
      const ofInteraction = params['token'] !== undefined;
      if (!enforced || ofInteraction) {
        const { limit, ms } = GENEROUS;
        return { headers: headers(bucket, limit, limit - 1, now + ms, now), refusal: null };
      }
      if (now >= everything.resetAt) everything = { resetAt: now + 1000, used: 0 };
      const key = bucketOf(method, pattern, params);
      let window = windows.get(key);
      if (!window || now >= window.resetAt)
        windows.set(key, (window = { resetAt: now + BUCKET.ms, used: 0 }));
      if (windows.size > 20_000)
        for (const [old, entry] of windows) if (now >= entry.resetAt) windows.delete(old);
      if (++everything.used > GLOBAL_PER_SECOND) {
        const retryAfter = everything.resetAt - now;
        return {
          headers: { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' },
          refusal: { retryAfter, global: true },
        };
      }
      window.used++;
      const left = Math.max(0, BUCKET.limit - window.used);
      const reply = headers(bucket, BUCKET.limit, left, window.resetAt, now);
      if (window.used <= BUCKET.limit) return { headers: reply, refusal: null };
      return {
        headers: { ...reply, 'x-ratelimit-scope': 'user' },
        refusal: { retryAfter: window.resetAt - now, global: false },
      };
    },
  };
};

/** The body and headers of a 429; `retryAfter` in milliseconds. */
export const rateLimited = (retryAfter: number, scope: 'user' | 'global' | 'shared') => ({
  body: {
    message: 'You are being rate limited.',
    retry_after: retryAfter / 1000,
    global: scope === 'global',
  },
  headers: {
    'retry-after': String(Math.max(1, Math.ceil(retryAfter / 1000))),
    'x-ratelimit-scope': scope,
    ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
  },
});
