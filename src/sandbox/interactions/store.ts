import type { Clock } from '../clock.ts';
import type { InteractionState, Wait } from '../operator-api.ts';
import type { Json } from '../validation/component-rules.ts';

export interface Interaction {
  id: string;
  token: string;
  kind: InteractionState['kind'];
  /** Discord's type: 2 command, 3 component, 4 autocomplete, 5 modal. */
  type: 2 | 3 | 4 | 5;
  userId: string;
  channelId: string;
  guildId: string | null;
  command: string | null;
  customId: string | null;
  sourceMessageId: string | null;
  /** Virtual time. */
  createdAt: number;
  /** `performance.now()`. */
  dispatchedAt: number;
  status: InteractionState['status'];
  failure: InteractionState['failure'];
  callbackType: number | null;
  /** The message that `@original` means. */
  originalId: string | null;
  followUpIds: string[];
  modal: Json | null;
  /** A modal can be sent once. */
  modalSubmitted: boolean;
  choices: InteractionState['choices'];
  tookMs: number | null;
  /** The message's `interaction_metadata` and its older form `interaction`. */
  metadata: Json;
  legacy: Json | null;
}

export interface InteractionStore {
  add(interaction: Interaction): void;
  get(id: string): Interaction | undefined;
  byToken(token: string): Interaction | undefined;
  /** To be called after every change. */
  changed(interaction: Interaction): void;
  fail(interaction: Interaction, failure: 'no-bot' | 'timeout'): void;
  /** Resolves when the interaction has come that far, or failed. */
  wait(interaction: Interaction, until: Wait): Promise<void>;
  close(): void;
}

const ACKNOWLEDGE_WITHIN = 3000;
export const TOKEN_VALID_FOR = 15 * 60_000;
const KEPT = 5000;

const reached = (interaction: Interaction, until: Wait): boolean =>
  until === 'dispatched' ||
  interaction.status === 'replied' ||
  interaction.status === 'failed' ||
  (until === 'acknowledged' && interaction.status === 'acknowledged');

/**
 * Keeps the last 5000 interactions. One that is not acknowledged fails when 3 s have passed, by the system's
 * clock or by the virtual one, whichever comes first.
 */
export const createInteractions = (
  clock: Clock,
  publish: (interaction: Interaction) => void,
): InteractionStore => {
  const byId = new Map<string, Interaction>();
  const byToken = new Map<string, Interaction>();
  // In order of arrival; a map's first key is slow to find once many before it have been deleted.
  const ring: Interaction[] = [];
  let next = 0;
  const unanswered = new Set<Interaction>();
  const waiting = new Map<Interaction, { until: Wait; resolve: () => void }[]>();
  let timer: NodeJS.Timeout | undefined;

  const changed = (interaction: Interaction) => {
    if (interaction.status !== 'sent') unanswered.delete(interaction);
    publish(interaction);
    const waiters = waiting.get(interaction);
    if (!waiters) return;
    const still = waiters.filter(({ until, resolve }) => {
      if (!reached(interaction, until)) return true;
      resolve();
      return false;
    });
    if (still.length > 0) waiting.set(interaction, still);
    else waiting.delete(interaction);
  };

  const fail: InteractionStore['fail'] = (interaction, failure) => {
    interaction.status = 'failed';
    interaction.failure = failure;
    changed(interaction);
  };

  const expire = () => {
    clearTimeout(timer);
    timer = undefined;
    for (const interaction of unanswered) {
      const left = interaction.dispatchedAt + ACKNOWLEDGE_WITHIN - performance.now();
      if (left <= 0 || clock.now() - interaction.createdAt >= ACKNOWLEDGE_WITHIN) {
        fail(interaction, 'timeout');
      } else {
        timer = setTimeout(expire, Math.ceil(left));
        timer.unref();
        return;
      }
    }
  };
  const stopListening = clock.onChange(expire);

  return {
    add: (interaction) => {
      byId.set(interaction.id, interaction);
      byToken.set(interaction.token, interaction);
      unanswered.add(interaction);
      if (!timer) {
        timer = setTimeout(expire, ACKNOWLEDGE_WITHIN);
        timer.unref();
      }
      const oldest = ring[next];
      if (oldest) {
        byId.delete(oldest.id);
        byToken.delete(oldest.token);
      }
      ring[next] = interaction;
      next = (next + 1) % KEPT;
    },
    get: (id) => byId.get(id),
    byToken: (token) => byToken.get(token),
    changed,
    fail,
    wait: (interaction, until) =>
      reached(interaction, until)
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.set(interaction, [...(waiting.get(interaction) ?? []), { until, resolve }]);
          }),
    close: () => {
      clearTimeout(timer);
      stopListening();
    },
  };
};
