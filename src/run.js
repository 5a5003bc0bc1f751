// Runs a command under the Node that came with the packages, whatever Node npm was started with.
// npm 11 would find it in node_modules/.bin; npm 10 does not link it there. Plain JavaScript, for any Node.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const platform = process.platform === 'win32' ? 'win' : process.platform;
const runtime = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin');
const path = existsSync(runtime) ? `${runtime}${delimiter}${process.env.PATH}` : process.env.PATH;

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, {
  stdio: 'inherit',
  // Only through a shell does Windows find npm.
  shell: process.platform === 'win32',
  env: { ...process.env, PATH: path },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// A shell between npm and this process passes no signal on, but its death is seen.
const parent = process.ppid;
setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
child.on('error', (error) => {
  console.error(`${command} cannot be run: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
