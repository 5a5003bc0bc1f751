import { dirname, resolve } from 'node:path';
import type { Logger } from 'pino';
import { followClock, systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { setUpDemo } from './demo.ts';
import { startBot, type Bot } from './discord/bot.ts';
import { learnerPace } from './discord/pace.ts';
import { Failure } from './failure.ts';
import { describeFaults, onChange, openBank, type LiveBank } from './live-bank.ts';
import { noMetrics } from './metrics.ts';
import type { MetricsServer, Observed } from './metrics-server.ts';
import type { Epoch } from './quiz/epoch.ts';
import type { SandboxProcess } from './sandbox-process.ts';
import type { Storage } from './storage/open.ts';
import { ADVICE } from './storage/trouble.ts';

export interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly storage: Storage;
  /** Undefined on the real Discord. */
  readonly sandbox: Promise<SandboxProcess> | undefined;
  /** Remembers what is to be undone when the process ends. */
  readonly undo: (step: () => Promise<void> | void) => void;
}

/** Reads the bank and starts the bot. Resolves, when it is ready, with the sentence that says so. */
export async function serve({ config, log, storage, sandbox: starting, undo }: Parts): Promise<string> {
  const bank = await openBank(config.questionsDir, resolve(dirname(config.databasePath), 'bank.cache'));
  const sandbox = await starting;
  const clock = await openClock(config.clockUrl ?? sandbox?.clock);
  undo(() => clock.close());
  const epoch: Epoch = {
    db: storage.db,
    get bank() {
      return bank.current;
    },
    now: clock.now,
  };
  process.on('SIGHUP', () => void reloadBank(bank, config, log));
  if (sandbox) undo(onChange(config.questionsDir, () => void reloadBank(bank, config, log)));

  let running: Bot | undefined;
  const metrics =
    config.metricsPort === undefined
      ? undefined
      : await openMetrics(config.metricsPort, {
          trouble: () => troubleNow(storage, running),
          database: storage.usage,
        });
  if (metrics) undo(() => metrics.close());

  const bot = await startBot({
    token: config.token ?? sandbox!.token,
    apiUrl: sandbox?.api ?? config.apiUrl,
    epoch,
    defaultLocale: config.defaultLocale,
    log,
    metrics: metrics ?? noMetrics,
    pace: learnerPace,
  });
  undo(() => bot.stop());
  running = bot;
  if (sandbox) await setUpDemo(epoch, bot.app.client);
  clock.onJump(() => void bot.tick());
  // What could not be posted meanwhile is posted now.
  storage.health.onChange((trouble) => void (trouble === undefined && bot.tick()));
  const posted = bot.tick();
  // Whoever opens the sandbox's page finds the daily there. On Discord there may be thousands of them.
  if (sandbox) await posted;

  const { questions, topics } = epoch.bank;
  log.info({ questions: questions.size, topics: topics.length, ms: Math.round(performance.now()) }, 'ready');
  const where = sandbox ? `open ${sandbox.url}` : `logged in as ${bot.app.client.user?.tag}`;
  return `Epoch is ready with ${questions.size} questions: ${where}`;
}

/** The code for it is loaded only where metrics are asked for. */
async function openMetrics(port: number, observed: Observed): Promise<MetricsServer> {
  const { serveMetrics } = await import('./metrics-server.ts');
  return serveMetrics(port, observed);
}

/** Why Epoch cannot serve now, for a health check; undefined when it can. */
function troubleNow({ health }: Storage, bot: Bot | undefined): string | undefined {
  const trouble = health.trouble();
  if (trouble !== undefined) return `the database takes no writes: ${ADVICE[trouble]}`;
  return bot?.app.client.isReady() === true ? undefined : 'not connected to Discord';
}

async function openClock(url: string | undefined): Promise<Clock> {
  if (url === undefined) return systemClock;
  return followClock(url).catch((error: Error) => {
    throw new Failure(`EPOCH_CLOCK_URL: no clock at ${url} (${error.message}).`);
  });
}

/** Reads the bank again, and says what became of it. */
async function reloadBank(bank: LiveBank, { questionsDir }: Config, log: Logger): Promise<void> {
  try {
    const faults = await bank.reload();
    if (faults.length === 0) log.info({ questions: bank.current.questions.size }, 'bank reloaded');
    else log.error({ faults }, `the bank stays as it was: ${describeFaults(questionsDir, faults)}`);
  } catch (err) {
    log.error({ err }, 'the bank stays as it was');
  }
}
