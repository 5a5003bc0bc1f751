import { dirname, resolve } from 'node:path';
import pino, { type Logger } from 'pino';
import { ConfigError, loadEnvFile, readConfig, type Config } from './config.ts';
import { Failure } from './failure.ts';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';
import { StorageError } from './storage/error.ts';
import { openStorage } from './storage/open.ts';

const root = resolve(import.meta.dirname, '..');

/** How long a stop may take before the process ends regardless. */
const STOP_WITHIN_MS = 10_000;

/** What is to be undone when the process ends, the last begun first. */
const undo: (() => Promise<void> | void)[] = [];

async function main(): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  const log = createLog(config);
  process.on('SIGINT', () => void stop('SIGINT', log));
  process.on('SIGTERM', () => void stop('SIGTERM', log));
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'uncaught');
    process.exit(1);
  });

  const storage = openStorage(config.databasePath, resolve(root, 'migrations'), new Date());
  undo.push(() => storage.close());
  const sandbox = config.token === undefined ? openSandbox(config) : undefined;
  // Whoever waits for it hears of a failure; until then it is not unhandled.
  sandbox?.catch(() => {});
  // Most of a start is loading code: the sandbox starts meanwhile, on another core.
  const { serve } = await import('./serve.ts');
  const sentence = await serve({
    config,
    log,
    db: storage.db,
    sandbox,
    undo: (step) => void undo.push(step),
  });
  process.stdout.write(`${sentence}\n`);
}

const createLog = ({ logLevel }: Config): Logger =>
  pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['token', '*.token'],
    },
    pino.destination({ fd: 2, sync: true }),
  );

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
