import type { Clock } from './clock.ts';
import type { CommandStore } from './commands.ts';
import type { Faults } from './faults.ts';
import type { StoredFile } from './files.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Inspector } from './inspector.ts';
import type { InteractionStore } from './interactions/store.ts';
import type { MessageStore } from './messages.ts';
import type { OperatorEvent } from './operator-api.ts';
import type { World } from './world.ts';

/** Everything the sandbox knows; made once in `startSandbox` and passed to what needs it. */
export interface Core {
  readonly world: World;
  readonly clock: Clock;
  /** A new snowflake at the clock's time. */
  readonly newId: () => string;
  /** The bot's token. */
  readonly token: string;
  /** `http://127.0.0.1:4455`. */
  readonly baseUrl: string;
  readonly messages: MessageStore;
  readonly files: Map<string, StoredFile>;
  readonly commands: CommandStore;
  readonly interactions: InteractionStore;
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly inspector: Inspector;
  /** Tells the page and the tests; the event is made only if somebody listens. */
  readonly publish: (event: () => OperatorEvent) => void;
  /** Marks what must be written to the state file. */
  readonly persist: Persist;
}

export interface Persist {
  world(): void;
  message(channelId: string, messageId: string): void;
}
