import {
  Client,
  Events,
  GatewayIntentBits,
  Locale as DiscordLocale,
  MessageFlags,
  type SendableChannels,
} from 'discord.js';
import { printAnswer, type Bank, type Variant } from '../bank/index.ts';
import type { Locale } from '../compute/index.ts';
import type { Draw } from '../discord/app.ts';
import { missingPermissions } from '../discord/permissions.ts';
import { askView } from '../discord/views/ask.ts';
import type { Context } from '../discord/views/context.ts';
import { drawnIn, render, type View } from '../discord/views/message.ts';
import { solutionView } from '../discord/views/solution.ts';
import { verdictView } from '../discord/views/verdict.ts';
import { createFigures } from '../figures/index.ts';
import { grade, type Submission } from '../grading/index.ts';
import { messagesIn } from '../i18n/index.ts';
import type { Asked } from '../quiz/ask.ts';
import { startSandboxProcess } from '../sandbox-process.ts';
import type { AskRow, AttemptRow } from '../storage/schema.ts';
import type { Terminal } from './terminal.ts';

const DISCORD = { 'zh-CN': DiscordLocale.ChineseCN, 'en-US': DiscordLocale.EnglishUS };

/** Puts a question, the verdict on each answer worth seeing, and the worked solution on a page of the sandbox. */
export async function previewOnPage(
  terminal: Terminal,
  bank: Bank,
  variant: Variant,
  locale: Locale,
): Promise<number> {
  const sandbox = await startSandboxProcess({ port: 0, state: '' }, () => {});
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: sandbox.api } });
  const figures = createFigures();
  try {
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    await client.login(sandbox.token);
    await ready;
    const channel = channelFor(client, locale);
    const draw: Draw = (kind, data) => (figures[kind] as (of: typeof data) => ReturnType<Draw>)(data);
    const epoch = { bank, now: () => new Date() } as Context['epoch'];
    const context: Context = { epoch, locale, messages: messagesIn(locale), draw, askConfidence: false };
    for (const view of views(variant, context)) await post(channel, view);
    terminal.print(
      `${variant.question.id} is shown in #${'name' in channel ? channel.name : ''}: open ${sandbox.url}`,
    );
    await terminal.interrupted();
    return 0;
  } finally {
    await figures.close();
    await client.destroy();
    await sandbox.stop();
  }
}

function channelFor(client: Client, locale: Locale): SendableChannels {
  const guild =
    client.guilds.cache.find(({ preferredLocale }) => preferredLocale === DISCORD[locale]) ??
    client.guilds.cache.first();
  const channel = guild?.channels.cache.find(
    (candidate) => candidate.isSendable() && missingPermissions(candidate).length === 0,
  );
  if (!channel?.isSendable()) throw new Error('the sandbox has no channel to write in');
  return channel;
}

async function post(channel: SendableChannels, view: View): Promise<void> {
  await channel.send({ ...render(view, await drawnIn(view)), flags: MessageFlags.IsComponentsV2 });
}

function views(variant: Variant, context: Context): View[] {
  const asked: Asked = { ask: askOf(variant), question: variant.question, variant };
  const verdicts = submissions(variant).map((submission) =>
    verdictView(asked, attemptOf(asked, submission), context),
  );
  const steps = variant.solution();
  return [askView(asked, context), ...verdicts, ...(steps.length > 0 ? [solutionView(steps, context)] : [])];
}

/** The right answer, then every mistake and wrong option that has something to say. */
function submissions({ spec, options, mistakes }: Variant): Submission[] {
  switch (spec.kind) {
    case 'choice':
      return [spec.correct, ...options.map((_, index) => index).filter((index) => index !== spec.correct)];
    case 'multi':
      return [
        spec.correct,
        options.map((_, index) => index).filter((index) => !spec.correct.includes(index)),
      ];
    case 'order':
      return [spec.correct, spec.correct.toReversed()];
    case 'short':
      return [[spec.accept].flat()[0]!.text[0]!];
    case 'open':
      return [spec.rubric.map(({ phrases }) => phrases[0]).join(', '), '?'];
    case 'formula':
      return [spec.expression, ...mistakes.map(({ value }) => String(value))];
    default: {
      const wrong = mistakes.map(({ value }) =>
        typeof value === 'string' ? value : printAnswer(value, undefined),
      );
      return [printAnswer(spec.value as number, spec.tolerance), ...wrong];
    }
  }
}

const askOf = ({ question, seed, params }: Variant): AskRow => ({
  id: 'preview',
  user_id: 'preview',
  guild_id: null,
  mode: 'quiz',
  local_date: null,
  question_id: question.id,
  question_version: question.version,
  seed,
  params: JSON.stringify(params),
  hinted: 1,
  draft: null,
  confidence: null,
  asked_at: '',
});

function attemptOf({ ask, question, variant }: Asked, submission: Submission): AttemptRow {
  const { outcome, score, reading, notes } = grade(variant.spec, submission);
  const { id, draft: _, asked_at: __, ...common } = ask;
  return {
    ...common,
    id,
    ask_id: id,
    topic: question.topic,
    level: question.level,
    kind: question.kind,
    submission: JSON.stringify(submission),
    outcome: outcome === 'invalid' ? 'wrong' : outcome,
    score,
    reading: reading ?? null,
    notes: JSON.stringify(notes),
    late: 0,
    points: Math.round(question.level * 10 * score),
    answered_at: '',
    answered_on: '',
    server_date: null,
    season: null,
  };
}
