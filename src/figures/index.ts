import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { asAlt, textTwin } from './alt.ts';
import { checkBounds } from './bounds.ts';
import { FigureError, type Kind, type Requests } from './data.ts';
import { LatexError } from './mathjax.ts';
import type { Answer, Job } from './worker.ts';

export { textTwin } from './alt.ts';
export { FigureError } from './data.ts';
export type * from './data.ts';

/** A picture and what it says in words, within Discord's 1,024 characters. Pixels are twice the logical size. */
export interface Figure {
  readonly png: Buffer;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture of each kind. All reject with {@link FigureError}; the same data gives the same bytes, and is drawn
 * once however often it is asked for.
 */
export type Figures = { readonly [K in Kind]: (data: Requests[K]) => Promise<Figure> } & {
  /** Ends the worker; what is still asked for is rejected as `closed`. */
  close(): Promise<void>;
};

export interface FiguresOptions {
  /** Bytes of pictures kept in memory. */
  readonly remember?: number;
  /** Milliseconds a picture may take, the start of the worker included, before the worker is replaced. */
  readonly timeout?: number;
  /** Pictures that may wait their turn. */
  readonly waiting?: number;
  /** The worker's module. */
  readonly worker?: URL;
}

type Drawn = Omit<Figure, 'alt'>;

interface Pending {
  readonly job: Job;
  readonly resolve: (drawn: Drawn) => void;
  readonly reject: (error: FigureError) => void;
}

/** Pictures by content, the least recently asked for going first. */
const createCache = (most: number) => {
  const kept = new Map<string, Drawn>();
  let bytes = 0;
  return {
    get(key: string): Drawn | undefined {
      const drawn = kept.get(key);
      if (drawn) {
        kept.delete(key);
        kept.set(key, drawn);
      }
      return drawn;
    },
    set(key: string, drawn: Drawn): void {
      kept.set(key, drawn);
      bytes += drawn.png.length;
      for (const [oldest, { png }] of kept) {
        if (bytes <= most) break;
        kept.delete(oldest);
        bytes -= png.length;
      }
    },
  };
};

/** One job at a time in a worker that starts with the first job and is replaced when it hangs or dies. */
const createQueue = (module: URL, timeout: number, waiting: number) => {
  const queue: Pending[] = [];
  let current: Pending | undefined;
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const finish = (): Pending | undefined => {
    clearTimeout(timer);
    const done = current;
    current = undefined;
    return done;
  };

  const replace = (error: FigureError): void => {
    void worker?.terminate();
    worker = undefined;
    finish()?.reject(error);
    next();
  };

  const start = (): Worker => {
    const started = new Worker(module, {
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 },
    });
    started.on('message', (answer: Answer) => {
      if (started !== worker) return;
      const done = finish();
      if (answer.ok) {
        const { png, width, height } = answer;
        done?.resolve({ png: Buffer.from(png.buffer), width, height });
      } else done?.reject(new FigureError(answer.code, answer.message));
      next();
    });
    const died = (reason: unknown) => {
      if (started === worker) replace(new FigureError('crashed', `the worker died: ${String(reason)}`));
    };
    started.on('error', died);
    started.on('exit', died);
    return started;
  };

  const next = (): void => {
    if (current || closed) return;
    current = queue.shift();
    if (!current) {
      // An idle worker keeps no process alive.
      worker?.unref();
      return;
    }
    worker ??= start();
    worker.ref();
    timer = setTimeout(() => replace(new FigureError('timeout', `not drawn within ${timeout} ms`)), timeout);
    worker.postMessage(current.job, []);
  };

  return {
    draw: (job: Job): Promise<Drawn> =>
      new Promise((resolve, reject) => {
        if (closed) reject(new FigureError('closed', 'no pictures after close'));
        else if (queue.length >= waiting) reject(new FigureError('busy', `${waiting} pictures are waiting`));
        else {
          queue.push({ job, resolve, reject });
          next();
        }
      }),
    async close(): Promise<void> {
      closed = true;
      const error = new FigureError('closed', 'closed before it was drawn');
      finish()?.reject(error);
      for (const pending of queue.splice(0)) pending.reject(error);
      const ending = worker;
      worker = undefined;
      await ending?.terminate();
    },
  };
};

/** Pictures for Discord, drawn in a worker thread that starts with the first of them. */
export const createFigures = (options: FiguresOptions = {}): Figures => {
  const cache = createCache(options.remember ?? 32 * 1024 * 1024);
  const queue = createQueue(
    options.worker ?? new URL('./worker.ts', import.meta.url),
    options.timeout ?? 10_000,
    options.waiting ?? 200,
  );
  const drawing = new Map<string, Promise<Drawn>>();

  const drawn = (job: Job): Promise<Drawn> => {
    const key = createHash('sha256').update(JSON.stringify(job)).digest('base64');
    const kept = cache.get(key);
    if (kept) return Promise.resolve(kept);
    let promise = drawing.get(key);
    if (!promise) {
      promise = queue
        .draw(job)
        .then((picture) => {
          cache.set(key, picture);
          return picture;
        })
        .finally(() => drawing.delete(key));
      drawing.set(key, promise);
    }
    return promise;
  };

  const figure =
    <K extends Kind>(kind: K) =>
    async (data: Requests[K]): Promise<Figure> => {
      try {
        checkBounds(kind, data);
        const alt = asAlt(textTwin(kind, data));
        return { ...(await drawn({ kind, data })), alt };
      } catch (error) {
        if (error instanceof LatexError) throw new FigureError('latex', error.message);
        throw error;
      }
    };

  return {
    formula: figure('formula'),
    question: figure('question'),
    leaderboard: figure('leaderboard'),
    bars: figure('bars'),
    line: figure('line'),
    heatmap: figure('heatmap'),
    forecast: figure('forecast'),
    readiness: figure('readiness'),
    distribution: figure('distribution'),
    close: () => queue.close(),
  };
};
