import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from './failure.ts';

const entry = resolve(import.meta.dirname, 'sandbox/main.ts');

export interface SandboxProcess {
  /** The page to open. */
  readonly url: string;
  /** What the bot takes for Discord. */
  readonly api: string;
  readonly token: string;
  readonly clock: string;
  stop(): Promise<void>;
}

/**
 * Starts the local Discord as a process of its own. `onExit` is called should it end by itself later.
 * @param state where it keeps its messages and members
 * @throws {Failure} with what the sandbox said, when it cannot start
 */
export async function startSandboxProcess(
  { port, state }: { readonly port: number; readonly state: string },
  onExit: () => void,
): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [entry], {
    env: {
      ...process.env,
      SANDBOX_PORT: String(port),
      SANDBOX_STATE: state,
      NODE_COMPILE_CACHE: getCompileCacheDir(),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A session of its own: Ctrl-C reaches this process alone, which stops the bot first and then the sandbox.
    detached: true,
  });
  const complaints: string[] = [];
  let serving = false;
  createInterface({ input: child.stderr! }).on('line', (line) => {
    if (serving) process.stderr.write(`${line}\n`);
    else complaints.push(line);
  });
  const exited = once(child, 'exit');
  const ready = once(createInterface({ input: child.stdout! }), 'line') as Promise<[string]>;
  const first = await Promise.race([ready, exited.then(() => undefined)]);
  if (!first) throw new Failure(complaints.join('\n') || 'The sandbox ended before it was ready.');
  serving = true;

  let stopping = false;
  child.once('exit', () => {
    if (!stopping) onExit();
  });
  return {
    ...(JSON.parse(first[0]) as Omit<SandboxProcess, 'stop'>),
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      await exited;
    },
  };
}
