// Loaded into a process before its own code: ends it, as a power cut would, before its nth call that changes a file.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const CHANGING = ['copyFileSync', 'fsyncSync', 'linkSync', 'mkdirSync', 'renameSync', 'rmSync'] as const;

let left = Number(process.env['KILLED_BEFORE']);
for (const name of CHANGING) {
  const call = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name](...args: unknown[]): unknown {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      return call(...args);
    },
  });
}
syncBuiltinESMExports();
