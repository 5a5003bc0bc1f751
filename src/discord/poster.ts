import {
  DiscordAPIError,
  MessageFlags,
  RESTJSONErrorCodes,
  type Message,
  type SendableChannels,
} from 'discord.js';
import { localeOf, messagesIn } from '../i18n/index.ts';
import {
  answeredSoFar,
  closeDaily,
  confirmPosted,
  dailiesToPost,
  dailiesToReveal,
  dailiesToSettle,
  dueServers,
  noteFailure,
  openDaily,
  postOf,
  reveal,
  startSending,
  type DailyPost,
} from '../quiz/daily.ts';
import { closesAt } from '../study/index.ts';
import type { ServerRow } from '../storage/schema.ts';
import { troubleOf } from '../storage/trouble.ts';
import type { App } from './app.ts';
import { logFailure } from './log-failure.ts';
import { dailyButton, dailyView, revealView } from './views/daily.ts';
import type { Context } from './views/context.ts';
import { drawnIn, render, type Pictures, type View } from './views/message.ts';

/** Discord's own limiter spreads the requests; this many servers are under way at once. */
const AT_ONCE = 16;

/** After so many failures in a row the server's admins are told. */
const TELL_AFTER = 3;

/** A reveal that fails this often is given up: the daily closes in the ledger, its post stays as it was. */
const GIVE_UP_REVEAL_AFTER = 8;

/** As many messages as Discord gives at once. */
const PAGE = 100;

/** Errors that no retry mends while the message or channel stays away. */
const GONE: readonly unknown[] = [
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
];

/**
 * Does what the ledger says is due: opens and posts new dailies, settles those of unknown fate, reveals those that are
 * over. One server's trouble is noted on its own row and delays no other. Once `stopping` is aborted nothing more is
 * begun.
 */
export async function postDailies(app: App, stopping: AbortSignal): Promise<void> {
  const each = <T>(items: readonly T[], work: (item: T) => Promise<void>) =>
    eachOf(items, async (item) => (stopping.aborted ? undefined : work(item)));
  // Each is sent as soon as it is open: the first ones need not wait while thousands are opened.
  await each(await dueServers(app.epoch), (server) => openAndSend(app, server));
  await each(await dailiesToSettle(app.epoch), (post) => attempt(app, post, settle));
  await each(await dailiesToPost(app.epoch), (post) => attempt(app, post, send));
  await each(await dailiesToReveal(app.epoch), (post) => attempt(app, post, showReveal));
}

async function openAndSend(app: App, server: ServerRow): Promise<void> {
  let post: DailyPost | undefined;
  try {
    post = await openDaily(app.epoch, server);
  } catch (err) {
    logFailure(app.log, { guild: server.guild_id, err }, 'cannot open daily');
  }
  if (!post) return;
  app.metrics.daily('due');
  await attempt(app, post, send);
}

/** Brings a post's public count up to date. */
export async function updateCount(app: App, guildId: string, localDate: string): Promise<void> {
  try {
    const post = await postOf(app.epoch, guildId, localDate);
    if (post?.daily.state !== 'posted' || post.daily.message_id === null) return;
    const answered = await answeredSoFar(app.epoch, guildId, localDate);
    const view = dailyView(post, answered, post.daily.closes_at!, contextFor(app, post));
    await (await channelOf(app, post)).messages.edit(post.daily.message_id, silently(view));
  } catch (err) {
    app.log.warn({ guild: guildId, date: localDate, err }, 'cannot update the count');
  }
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

type Work = (app: App, post: DailyPost) => Promise<void>;

async function attempt(app: App, post: DailyPost, work: Work): Promise<void> {
  try {
    await work(app, post);
  } catch (err) {
    await fail(app, post, err).catch((failure: unknown) =>
      logFailure(app.log, { guild: post.daily.guild_id, err: failure }, 'cannot note a failure'),
    );
  }
}

async function fail(app: App, post: DailyPost, error: unknown): Promise<void> {
  // Not this server's trouble: its row is as it was, and the next tick takes it up again.
  if (troubleOf(error) !== undefined) throw error;
  const { daily } = post;
  const reason = error instanceof Error ? error.message : String(error);
  app.log.warn(
    { guild: daily.guild_id, date: daily.local_date, state: daily.state, err: error },
    'daily failed',
  );
  app.metrics.daily('failed');
  // What was in doubt stays so: Discord may have refused the look for the message, and not the message.
  const inDoubt = daily.state === 'sending' || !isRefusal(error);
  const tries = await noteFailure(app.epoch, post, { reason, inDoubt });
  if (daily.state === 'posted' && (isGone(error) || tries >= GIVE_UP_REVEAL_AFTER))
    await closeDaily(app.epoch, post);
  if (daily.state !== 'posted' && tries === TELL_AFTER) await tellAdmins(app, post, reason);
}

/** Discord itself said no, so nothing was posted. */
const isRefusal = (error: unknown): boolean => error instanceof DiscordAPIError && error.status < 500;

const isGone = (error: unknown): boolean => error instanceof DiscordAPIError && GONE.includes(error.code);

async function send(app: App, post: DailyPost): Promise<void> {
  const channel = await channelOf(app, post);
  await startSending(app.epoch, post);
  const now = app.epoch.now();
  const { daily, server } = post;
  const closes = closesAt(
    { localDate: daily.local_date, time: server.daily_time ?? '00:00', zone: server.zone },
    now,
  );
  const view = dailyView(post, 0, closes.toISOString(), contextFor(app, post));
  const message = await channel.send({
    ...render(view),
    flags: MessageFlags.IsComponentsV2,
    nonce: daily.nonce,
    enforceNonce: true,
    allowedMentions: server.role_id === null ? { parse: [] } : { roles: [server.role_id] },
  });
  await confirmPosted(app.epoch, post, message.id, app.epoch.now());
  app.metrics.daily('posted');
}

/** Looks for the message of a daily that was being sent; only if there is none is it sent again. */
async function settle(app: App, post: DailyPost): Promise<void> {
  const found = await findPosted(app, await channelOf(app, post), post.daily);
  if (found) await confirmPosted(app.epoch, post, found.id, found.createdAt);
  else await send(app, post);
}

/** Reads the channel from its newest message back to the time the daily was due, however much was said since. */
async function findPosted(
  app: App,
  channel: SendableChannels,
  daily: DailyPost['daily'],
): Promise<Message | undefined> {
  const button = dailyButton(daily);
  const due = Date.parse(daily.due_at);
  let oldest: Message | undefined;
  do {
    const page = await channel.messages.fetch({ limit: PAGE, ...(oldest && { before: oldest.id }) });
    const found = page.find(
      (message) =>
        message.author.id === app.client.user?.id && JSON.stringify(message.components).includes(button),
    );
    if (found) return found;
    oldest = page.size === PAGE ? page.last() : undefined;
  } while (oldest && oldest.createdTimestamp >= due);
  return undefined;
}

async function showReveal(app: App, post: DailyPost): Promise<void> {
  const view = revealView(post, await reveal(app.epoch, post), contextFor(app, post));
  const pictures = await drawnIn(view);
  await (await channelOf(app, post)).messages.edit(post.daily.message_id!, silently(view, pictures));
  await closeDaily(app.epoch, post);
  app.metrics.daily('closed');
}

const silently = (view: View, pictures?: Pictures) => ({
  ...render(view, pictures),
  flags: MessageFlags.IsComponentsV2 as const,
  allowedMentions: { parse: [] },
});

function contextFor({ epoch, draw }: App, { server }: DailyPost): Context {
  const locale = localeOf(server.locale);
  return { epoch, locale, messages: messagesIn(locale), draw, askConfidence: false };
}

async function channelOf({ client }: App, { daily }: DailyPost): Promise<SendableChannels> {
  const channel =
    client.channels.cache.get(daily.channel_id) ?? (await client.channels.fetch(daily.channel_id));
  if (!channel?.isSendable()) throw new Error(`channel ${daily.channel_id} takes no messages`);
  return channel;
}

/** Whoever set the daily up, else the server's system channel. */
async function tellAdmins(app: App, post: DailyPost, reason: string): Promise<void> {
  const { server, daily } = post;
  const { settings } = messagesIn(localeOf(server.locale));
  const content = settings.postingFails(server.name, `<#${daily.channel_id}>`, reason);
  const message = { content, allowedMentions: { parse: [] } };
  try {
    if (server.set_by === null) throw new Error('nobody has run /settings');
    await (await app.client.users.fetch(server.set_by)).send(message);
  } catch {
    await app.client.guilds.cache
      .get(server.guild_id)
      ?.systemChannel?.send(message)
      .catch((err: unknown) => app.log.warn({ guild: server.guild_id, err }, 'no admin could be told'));
  }
}
