/** Runs the sandbox as a process of its own. */
import { enableCompileCache } from 'node:module';
import type { Sandbox } from './index.ts';

// Halves the time to start from the second start on; it must come before what it is to keep.
enableCompileCache();
const { startSandbox } = await import('./index.ts');

// The page is served as TypeScript without its types, which Node announces as experimental on every screen.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') console.error(warning);
});

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const readPort = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    fail(`SANDBOX_PORT is "${text}", but a port from 0 (any free one) to 65535 is wanted.`);
  return port;
};

const port = readPort(process.env['SANDBOX_PORT'] ?? '4455');
const state = process.env['SANDBOX_STATE'] ?? '';

const start = async (): Promise<Sandbox> => {
  try {
    return await startSandbox({ port, ...(state === '' ? {} : { state }) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return fail(
      code === 'EADDRINUSE'
        ? `Port ${port} is taken: stop what listens there, or set SANDBOX_PORT to another port.`
        : `The sandbox could not start: ${message}`,
    );
  }
};

const sandbox = await start();
let closing = false;
const close = async (): Promise<void> => {
  if (closing) return;
  closing = true;
  await sandbox.close();
  if (process.connected) process.disconnect();
};
process.once('SIGTERM', () => void close());
process.once('SIGINT', () => void close());
process.once('disconnect', () => void close());

const { url, api, token, clockUrl } = sandbox;
process.stdout.write(`${JSON.stringify({ ready: true, url, api, token, clock: clockUrl })}\n`);
