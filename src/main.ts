import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import pino, { type Logger } from 'pino';
import { followClock, systemClock, type Clock } from './clock.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { setUpDemo } from './demo.ts';
import { startBot } from './discord/bot.ts';
import { Failure } from './failure.ts';
import { describeFaults, onChange, openBank, type LiveBank } from './live-bank.ts';
import type { Epoch } from './quiz/epoch.ts';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';
import { StorageError } from './storage/error.ts';
import { openStorage, type Storage } from './storage/open.ts';

const root = resolve(import.meta.dirname, '..');

/** How long a stop may take before the process ends regardless. */
const STOP_WITHIN_MS = 10_000;

/** What is to be undone when the process ends, the last begun first. */
const undo: (() => Promise<void> | void)[] = [];

async function main(): Promise<void> {
  const envFile = resolve(root, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const config = readConfig(process.env);
  const log = pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['token', '*.token'],
    },
    pino.destination({ fd: 2, sync: true }),
  );
  process.once('SIGINT', () => void stop('SIGINT', log));
  process.once('SIGTERM', () => void stop('SIGTERM', log));
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'uncaught');
    process.exit(1);
  });

  const storage = openDatabase(config);
  const [bank, sandbox] = await Promise.all([
    openBank(config.questionsDir, resolve(dirname(config.databasePath), 'bank.cache')),
    config.token === undefined ? openSandbox(config) : undefined,
  ]);
  const clock = await openClock(config.clockUrl ?? sandbox?.clock);
  const epoch: Epoch = {
    db: storage.db,
    get bank() {
      return bank.current;
    },
    now: clock.now,
  };
  process.on('SIGHUP', () => void reloadBank(bank, config, log));
  if (sandbox) undo.push(onChange(config.questionsDir, () => void reloadBank(bank, config, log)));

  const bot = await startBot({
    token: config.token ?? sandbox!.token,
    apiUrl: sandbox?.api ?? config.apiUrl,
    epoch,
    defaultLocale: config.defaultLocale,
    log,
  });
  undo.push(() => bot.stop());
  if (sandbox) await setUpDemo(epoch, bot.app.client);
  clock.onJump(() => void bot.tick());
  await bot.tick();

  log.info(
    {
      questions: epoch.bank.questions.size,
      topics: epoch.bank.topics.length,
      readyMs: Math.round(performance.now()),
    },
    'ready',
  );
  const where = sandbox ? `open ${sandbox.url}` : `logged in as ${bot.app.client.user?.tag}`;
  process.stdout.write(`Epoch is ready with ${epoch.bank.questions.size} questions: ${where}\n`);
}

function openDatabase({ databasePath }: Config): Storage {
  const storage = openStorage(databasePath, resolve(root, 'migrations'), new Date());
  undo.push(() => storage.close());
  return storage;
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

async function openSandbox({ sandboxPort, databasePath }: Config): Promise<SandboxProcess> {
  const sandbox = await startSandboxProcess(
    { port: sandboxPort, state: resolve(dirname(databasePath), 'sandbox.json') },
    () => void fail(new Failure('The sandbox ended unexpectedly; start Epoch again.')),
  );
  undo.push(() => sandbox.stop());
  return sandbox;
}

async function openClock(url: string | undefined): Promise<Clock> {
  if (url === undefined) return systemClock;
  const clock = await followClock(url).catch((error: Error) => {
    throw new Failure(`EPOCH_CLOCK_URL: no clock at ${url} (${error.message}).`);
  });
  undo.push(() => clock.close());
  return clock;
}

async function stop(signal: string, log: Logger): Promise<void> {
  log.info({ signal }, 'stopping');
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await undoAll();
  process.exit(0);
}

async function undoAll(): Promise<void> {
  for (const step of undo.splice(0).toReversed()) await step();
}

async function fail(error: unknown): Promise<void> {
  const known = error instanceof Failure || error instanceof ConfigError || error instanceof StorageError;
  process.stderr.write(`${known ? error.message : explain(error)}\n`);
  await undoAll().catch(() => {});
  process.exit(1);
}

/** Failures that are not ours, as far as an operator can act on them. */
function explain(error: unknown): string {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'TokenInvalid' || message === 'An invalid token was provided.') {
    return 'DISCORD_TOKEN: Discord refused this token; copy it anew from the developer portal.';
  }
  return stack ?? message;
}

try {
  await main();
} catch (error) {
  await fail(error);
}
