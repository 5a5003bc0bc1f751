import type { Child } from './child.ts';
import type { Stage } from './stage.ts';

/** Messages that the sandbox keeps for a channel are fewer than that. */
const PER_CHANNEL = 190;
const LEARNERS = 400;

interface Shown {
  readonly status: string;
  readonly tookMs: number;
  readonly message: { readonly id: string; readonly components: unknown } | null;
}

interface Report {
  readonly tookMs: number;
  readonly interactions: readonly Shown[];
}

export interface Answering {
  /** CPU of the bot for one answer, in microseconds. */
  readonly cpuUs: number;
  readonly perSecond: number;
  /** 99th percentile of the time from dispatch to callback, in ms. */
  readonly p99Ms: number;
  /** The longest the event loop was held up meanwhile, in ms. */
  readonly blockedMs: number;
}

/** Has `count` learners' questions put, and then, this being what is measured, a button pressed on each. */
export async function answerAll(
  stage: Stage,
  bot: Child,
  { count, inFlight }: { readonly count: number; readonly inFlight: number },
): Promise<Answering> {
  const asks = await crowd(stage, count);
  const load = (acts: readonly object[]) => {
    const requests = acts.map((act) => ({ ...act, wait: 'replied' }));
    return stage.call<Report>('POST', 'load', { inFlight, requests });
  };
  const asked = await load(
    asks.map((ask) => ({
      ...ask,
      kind: 'command',
      command: 'quiz',
      options: [{ name: 'kind', value: 'choice' }],
    })),
  );
  const presses = asked.interactions.map((interaction, index) => ({
    ...asks[index]!,
    kind: 'component',
    messageId: shownBy(interaction).id,
    customId: firstButton(shownBy(interaction).components),
  }));
  const before = await bot.usage();
  const answered = await load(presses);
  const after = await bot.usage();
  for (const interaction of answered.interactions) shownBy(interaction);
  const took = answered.interactions.map(({ tookMs }) => tookMs);
  return {
    cpuUs: ((after.cpuMs - before.cpuMs) * 1000) / count,
    perSecond: (count * 1000) / answered.tookMs,
    p99Ms: took.toSorted((a, b) => a - b)[Math.floor(count * 0.99)]!,
    blockedMs: after.blockedMs,
  };
}

/** Who asks where: learners in turn, in as many channels as their questions take. */
async function crowd(stage: Stage, count: number): Promise<{ as: string; channelId: string }[]> {
  const [guild] = await stage.call<{ id: string }[]>('POST', 'guilds', {
    name: 'bench',
    locale: 'zh-CN',
    channels: Array.from({ length: Math.ceil(count / PER_CHANNEL) }, (_, index) => ({ name: `c${index}` })),
  });
  const state = await stage.call<{ guilds: { id: string; channels: { id: string }[] }[] }>('GET', 'state');
  const channels = state.guilds.find(({ id }) => id === guild!.id)!.channels;
  const members = await Promise.all(
    Array.from({ length: LEARNERS }, () =>
      stage.call<{ userId: string }>('POST', `guilds/${guild!.id}/members`, { locale: 'zh-CN' }),
    ),
  );
  return Array.from({ length: count }, (_, index) => ({
    as: members[index % LEARNERS]!.userId,
    channelId: channels[Math.floor(index / PER_CHANNEL)]!.id,
  }));
}

/** Throws unless the bot answered. */
function shownBy(interaction: Shown): NonNullable<Shown['message']> {
  if (interaction.status !== 'replied' || !interaction.message) {
    throw new Error(`an interaction ended as ${JSON.stringify(interaction)}`);
  }
  return interaction.message;
}

const firstButton = (components: unknown): string =>
  /"pick:[^"]*"/.exec(JSON.stringify(components))![0].slice(1, -1);
