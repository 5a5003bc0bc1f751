import { setTimeout as wait } from 'node:timers/promises';
import { Client, Events, GatewayIntentBits, Locale, Options, type Guild } from 'discord.js';
import { schedule } from 'node-cron';
import type { Locale as OurLocale } from '../compute/index.ts';
import { localeOf } from '../i18n/index.ts';
import { createFigures, type Figure, type Figures, type Kind, type Requests } from '../figures/index.ts';
import type { Metrics } from '../metrics.ts';
import type { Epoch } from '../quiz/epoch.ts';
import { farewell, welcome } from '../quiz/settings.ts';
import type { App, Draw, Log } from './app.ts';
import { commands } from './commands/index.ts';
import { freeInteractions } from './interaction-rest.ts';
import { createLiveCount } from './live-count.ts';
import { logFailure } from './log-failure.ts';
import { createPace, type PaceLimit } from './pace.ts';
import { postDailies, updateCount } from './poster.ts';
import { sendReminders } from './reminders.ts';
import { serveInteractions } from './router.ts';

export interface BotOptions {
  readonly token: string;
  /** Ends in `/api`, without a version. */
  readonly apiUrl: string;
  readonly epoch: Epoch;
  readonly defaultLocale: OurLocale;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pace: PaceLimit;
}

export interface Bot {
  readonly app: App;
  /** Does now what the minute's tick would do; while one is under way, another follows it. */
  tick(): Promise<void>;
  /** Takes no more interactions, finishes those under way unless Discord keeps them waiting, and leaves. */
  stop(): Promise<void>;
}

/** How long a stop waits for what is under way: a rate limit may be longer. */
const FINISH_WITHIN_MS = 5000;

/** Where a server's people most likely are, until /settings says so. */
export const DEFAULT_ZONES: Readonly<Record<OurLocale, string>> = {
  'zh-CN': 'Asia/Shanghai',
  'en-US': 'UTC',
};

/** Logs in, registers the commands, and serves until stopped. Resolves when ready. */
export async function startBot({
  token,
  apiUrl,
  epoch,
  defaultLocale,
  log,
  metrics,
  pace,
}: BotOptions): Promise<Bot> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    // From 2,500 servers on Discord refuses a connection for all of them.
    shards: 'auto',
    allowedMentions: { parse: [] },
    // Nothing here looks at a message again; by default each channel keeps its last 200.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    // Our views are in Discord's own spelling already; looking at every name of every message takes its time.
    jsonTransformer: (json) => json,
    rest: {
      api: apiUrl,
      // A deferred interaction would otherwise leave its handler behind for an hour.
      handlerSweepInterval: 60_000,
      // Added to each second's wait while thousands of dailies are due; discord.js's own 50 ms would be 5 % of the day's rate.
      offset: 20,
    },
  });
  freeInteractions(client.rest);
  const liveCount = createLiveCount((guildId, localDate) => updateCount(app, guildId, localDate));
  const figures = createFigures();
  const app: App = {
    epoch,
    client,
    log,
    defaultLocale,
    liveCount,
    draw: drawWith(figures, log),
    metrics,
    pace: createPace(pace, () => performance.now()),
  };
  const interactions = serveInteractions(app);
  const servers = keepServers(app);
  client.on(Events.Error, (err) => log.error({ err }, 'client error'));

  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  await client.login(token);
  await ready;
  await client.application!.commands.set(commands.map(({ data }) => data));
  await Promise.all(client.guilds.cache.map((guild) => greet(app, guild)));

  const stopping = new AbortController();
  const tick = oneAtATime(async () => {
    await servers.retry();
    await postDailies(app, stopping.signal);
    await sendReminders(app);
  }, log);
  const minute = schedule('* * * * *', tick, { timezone: 'Etc/UTC' });
  return {
    app,
    tick,
    async stop() {
      stopping.abort();
      await minute.destroy();
      liveCount.stop();
      client.removeAllListeners(Events.InteractionCreate);
      const finished = Promise.all([interactions.drain(), tick.idle()]).then(() => true);
      if (!(await Promise.race([finished, wait(FINISH_WITHIN_MS, false, { ref: false })])))
        log.warn({}, 'Discord keeps replies waiting, which are given up; nothing that was answered is lost');
      await figures.close();
      await client.destroy();
    },
  };
}

/** A message without its picture still says everything: the reason goes to the log, not to the learner. */
const drawWith =
  (figures: Figures, log: Log): Draw =>
  async <K extends Kind>(kind: K, data: Requests[K]) => {
    try {
      // Each kind takes its own data, which the compiler cannot follow through an index.
      return await (figures[kind] as (data: Requests[K]) => Promise<Figure>)(data);
    } catch (err) {
      log.warn({ kind, err }, 'no picture');
      return undefined;
    }
  };

/** Notes servers as they come, change and go. What could not be noted is tried again with `retry`. */
function keepServers(app: App) {
  const { client, epoch, log } = app;
  const failed = new Map<string, () => Promise<unknown>>();
  const note = async (guildId: string, work: () => Promise<unknown>) => {
    try {
      await work();
      failed.delete(guildId);
    } catch (err) {
      failed.set(guildId, work);
      logFailure(log, { guild: guildId, err }, 'could not note a server');
    }
  };
  client.on(Events.GuildCreate, (guild) => void note(guild.id, () => greet(app, guild)));
  client.on(Events.GuildUpdate, (_, guild) => void note(guild.id, () => greet(app, guild)));
  client.on(Events.GuildDelete, ({ id }) => void note(id, () => farewell(epoch, id)));
  return {
    async retry() {
      for (const [guildId, work] of failed) await note(guildId, work);
    },
  };
}

function greet({ epoch, defaultLocale }: App, { id, name, preferredLocale }: Guild) {
  // Discord's own default says nothing about the people in the server.
  const locale = preferredLocale === Locale.EnglishUS ? defaultLocale : localeOf(preferredLocale);
  return welcome(epoch, { guildId: id, name, locale, zone: DEFAULT_ZONES[locale] });
}

/** Runs `work` once at a time; calls during a run are answered by one more run after it. */
function oneAtATime(work: () => Promise<void>, log: Log) {
  let running: Promise<void> | undefined;
  let again: Promise<void> | undefined;
  const run = (): Promise<void> => {
    if (running) {
      again ??= running.then(() => {
        again = undefined;
        return run();
      });
      return again;
    }
    running = work()
      .catch((err: unknown) => logFailure(log, { err }, 'tick failed'))
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  return Object.assign(run, {
    async idle() {
      await (again ?? running);
    },
  });
}
