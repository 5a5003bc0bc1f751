import type { Message, OperatorEvent } from '../../../src/sandbox/operator-api.ts';
import { buttonsOf, openEvents, textOf } from '../../sandbox/driver.ts';

/** Everything the sandbox showed to anybody, and what the bot asked of it. */
export interface Screen {
  /** The points of every verdict that reached a learner, by the ask it is about. */
  readonly verdicts: ReadonlyMap<string, ReadonlySet<number>>;
  /** The ids of the public posts of each daily, as `guild:date`. */
  readonly posts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Private notices that something could not be saved. */
  readonly notSaved: number;
  /** Requests of the bot so far. */
  readonly requests: number;
  /** Resolves once `reached` holds; it is asked again after everything that happens. */
  until(reached: () => boolean): Promise<void>;
  close(): void;
}

/** Watches a sandbox from now on. */
export async function watchScreen(url: string): Promise<Screen> {
  const { events, close } = await openEvents(`${url}/operator/events`);
  const verdicts = new Map<string, Set<number>>();
  const posts = new Map<string, Set<string>>();
  const waiting = new Set<() => void>();
  let notSaved = 0;
  let requests = 0;

  const read = (event: OperatorEvent) => {
    if (event.type === 'record' && event.record.kind === 'request') requests += 1;
    if (event.type !== 'message') return;
    const { message, visibleTo } = event.message;
    if (visibleTo === null) {
      const daily = buttonOf(message, 'daily');
      if (daily !== undefined) add(posts, daily, message.id);
      return;
    }
    const text = textOf(message);
    if (text.includes('没有保存')) notSaved += 1;
    const askId = buttonOf(message, 'report');
    if (askId !== undefined && text.includes('讲解')) add(verdicts, askId, pointsIn(text));
  };
  const watching = (async () => {
    for await (const event of events) {
      read(event);
      for (const check of waiting) check();
    }
  })();
  // Closing ends it in the middle of a read.
  watching.catch(() => {});

  return {
    verdicts,
    posts,
    get notSaved() {
      return notSaved;
    },
    get requests() {
      return requests;
    },
    until: (reached) =>
      new Promise((resolve) => {
        const check = () => {
          if (!reached()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    close,
  };
}

/** What follows the name in the custom id of the message's button of that name. */
function buttonOf(message: Message, name: string): string | undefined {
  const id = buttonsOf(message).find(({ custom_id }) => custom_id?.startsWith(`${name}:`))?.custom_id;
  return id?.slice(name.length + 1);
}

const pointsIn = (text: string): number => Number(/\+(\d+) 分/.exec(text)?.[1] ?? 0);

function add<T>(sets: Map<string, Set<T>>, key: string, item: T): void {
  const set = sets.get(key);
  if (set) set.add(item);
  else sets.set(key, new Set([item]));
}
