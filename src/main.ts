import { dirname, resolve } from 'node:path';
import pino, { type Logger } from 'pino';
import { ConfigError, loadEnvFile, readConfig, type Config } from './config.ts';
import { Failure } from './failure.ts';
import { createLog } from './log.ts';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';
import { StorageError } from './storage/error.ts';
import { MIGRATIONS } from './storage/migrate.ts';
import type { Health } from './storage/health.ts';
import { openStorage } from './storage/open.ts';
import { ADVICE, troubleOf } from './storage/trouble.ts';

/** How long a stop may take before the process ends regardless. */
const STOP_WITHIN_MS = 10_000;

/** What is to be undone when the process ends, the last begun first. */
const undo: (() => Promise<void> | void)[] = [];

async function main(): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  const log = openLog(config);
  process.on('SIGINT', () => void stop('SIGINT', log));
  process.on('SIGTERM', () => void stop('SIGTERM', log));
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'uncaught');
    process.exit(1);
  });
  // All of ours are awaited; those of a library end no process whose answers are stored. discord.js 14.28 rejects when
  // a session is declared invalid just as it is resumed, and connects anew all the same.
  process.on('unhandledRejection', (err) => log.error({ err }, 'unhandled rejection'));

  const storage = openStorage(config.databasePath, MIGRATIONS, new Date());
  undo.push(() => storage.close());
  reportTrouble(storage.health, log);
  const sandbox = config.token === undefined ? openSandbox(config) : undefined;
  // Whoever waits for it hears of a failure; until then it is not unhandled.
  sandbox?.catch(() => {});
  // Most of a start is loading code: the sandbox starts meanwhile, on another core.
  const { serve } = await import('./serve.ts');
  const sentence = await serve({
    config,
    log,
    storage,
    sandbox,
    undo: (step) => void undo.push(step),
  });
  process.stdout.write(`${sentence}\n`);
}

function openLog({ logLevel }: Config): Logger {
  const destination = pino.destination({ fd: 2, sync: true });
  // A log on a full disk loses lines; Epoch goes on.
  destination.on('error', () => {});
  return createLog(logLevel, destination);
}

/** One line when the database stops taking writes, and one when it takes them again. */
function reportTrouble(health: Health, log: Logger): void {
  health.onChange((trouble) => {
    if (trouble === undefined) log.info('the database takes writes again');
    else
      log.error(
        { trouble },
        `the database takes no writes, and learners are told so: ${ADVICE[trouble]}${trouble === 'damaged' ? '' : '; Epoch then goes on by itself'}`,
      );
  });
}

async function openSandbox({ sandboxPort, databasePath }: Config): Promise<SandboxProcess> {
  const sandbox = await startSandboxProcess(
    { port: sandboxPort, state: resolve(dirname(databasePath), 'sandbox.db') },
    () => void fail(new Failure('The sandbox ended unexpectedly; start Epoch again.')),
  );
  undo.push(() => sandbox.stop());
  return sandbox;
}

let stopping = false;

/** Ctrl-C comes twice where npm passes on what the terminal has sent already: the first one stops, the rest are heard. */
async function stop(signal: string, log: Logger): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping');
  setTimeout(() => {
    log.warn('not everything under way was finished in time; nothing that was answered is lost');
    process.exit(1);
  }, STOP_WITHIN_MS).unref();
  await undoAll((err) => log.error({ err }, 'could not stop cleanly'));
  process.exit(0);
}

/** One step that fails keeps no other from being undone. */
async function undoAll(onError: (error: unknown) => void): Promise<void> {
  for (const step of undo.splice(0).toReversed()) {
    try {
      await step();
    } catch (error) {
      onError(error);
    }
  }
}

async function fail(error: unknown): Promise<void> {
  const known = error instanceof Failure || error instanceof ConfigError || error instanceof StorageError;
  process.stderr.write(`${known ? error.message : explain(error)}\n`);
  // The reason has been given; what follows from it says nothing more.
  await undoAll(() => {});
  process.exit(1);
}

/** Failures that are not ours, as far as an operator can act on them. */
function explain(error: unknown): string {
  const trouble = troubleOf(error);
  if (trouble !== undefined) {
    return `The database cannot be used because ${ADVICE[trouble]}, and start Epoch again.`;
  }
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
