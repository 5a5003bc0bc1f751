/** Loaded into each measured process before its own code: answers with what the process has used so far. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Usage {
  /** User and system time, in ms. */
  readonly cpuMs: number;
  /** Resident memory, in MB. */
  readonly memoryMb: number;
  /** The longest the event loop was held up since the last question, in ms. */
  readonly blockedMs: number;
}

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage: Usage = {
    cpuMs: (user + system) / 1000,
    memoryMb: process.memoryUsage.rss() / 1e6,
    blockedMs: delay.max / 1e6,
  };
  delay.reset();
  process.send!(usage);
});
// Being asked is no reason to live on, and without somebody to ask there is none.
process.channel!.unref();
process.on('disconnect', () => process.exit());
