import { parentPort } from 'node:worker_threads';
import { FigureError, type FigureFault, type Kind, type Requests } from './data.ts';
import { LatexError } from './mathjax.ts';
import { pictures } from './pictures/index.ts';

/** One picture to draw. The main thread sends the next one when it has the answer. */
export interface Job<K extends Kind = Kind> {
  readonly kind: K;
  readonly data: Requests[K];
}

export type Answer =
  | {
      readonly ok: true;
      readonly png: Uint8Array<ArrayBuffer>;
      readonly width: number;
      readonly height: number;
    }
  | { readonly ok: false; readonly code: FigureFault; readonly message: string };

const draw = async <K extends Kind>({ kind, data }: Job<K>): Promise<Answer> => {
  try {
    const canvas = await pictures[kind](data);
    // A copy in memory of its own, which can be handed over.
    const png = new Uint8Array(canvas.toBuffer('image/png'));
    return { ok: true, png, width: canvas.width, height: canvas.height };
  } catch (error) {
    if (error instanceof LatexError) return { ok: false, code: 'latex', message: error.message };
    if (error instanceof FigureError) return { ok: false, code: error.code, message: error.message };
    return { ok: false, code: 'crashed', message: String((error as { stack?: string }).stack ?? error) };
  }
};

const port = parentPort!;
port.on('message', (job: Job) => {
  void draw(job).then((answer) => port.postMessage(answer, answer.ok ? [answer.png.buffer] : []));
});
