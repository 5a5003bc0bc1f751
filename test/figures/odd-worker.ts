import { parentPort } from 'node:worker_threads';
import type { Job } from '../../src/figures/worker.ts';

/** Stands in for the worker: hangs, dies, or answers with a picture of the same words. */
parentPort!.on('message', ({ data }: Job<'formula'>) => {
  if (data.latex === 'hang') for (;;);
  if (data.latex === 'die') process.exit(1);
  if (data.latex === 'throw') throw new Error('uncaught');
  const png = new TextEncoder().encode(data.latex);
  parentPort!.postMessage({ ok: true, png, width: 1, height: 1 }, [png.buffer]);
});
