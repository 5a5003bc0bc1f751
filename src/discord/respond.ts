import {
  DiscordAPIError,
  MessageFlags,
  RESTJSONErrorCodes,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { drawnIn, render, type Pictures, type View } from './views/message.ts';

export type Answerable = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

/** A picture that takes longer is added to the message when it is there. */
const PICTURES_WITHIN_MS = 500;

const PRIVATE = [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const;

/** Nothing a learner types may ping anyone. */
const body = (view: View, pictures?: Pictures) => ({
  ...render(view, pictures),
  allowedMentions: { parse: [] },
});

/** Answers privately with a new message. */
export function reply(interaction: Answerable, view: View): Promise<void> {
  return show(interaction, view, (payload) => sendPrivately(interaction, payload));
}

/** Answers privately with a file beside the text. */
export async function replyWithFile(
  interaction: Answerable,
  view: View,
  file: { readonly name: string; readonly attachment: Buffer },
): Promise<void> {
  await sendPrivately(interaction, { ...body(view), files: [file] });
}

/** Answers where everybody in the channel sees it. A deferral was private: it goes away first, or the answer would take its place. */
export async function replyToAll(interaction: Answerable, view: View): Promise<void> {
  const payload = { ...body(view), flags: MessageFlags.IsComponentsV2 } as const;
  if (interaction.deferred) {
    await interaction.deleteReply();
    await interaction.followUp(payload);
  } else {
    await interaction.reply(payload);
  }
}

/**
 * Replaces the message whose component was used, if it is the learner's own private one; on a message that others
 * see, answers privately beside it.
 */
export async function replace(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  view: View,
): Promise<void> {
  const own = interaction.message?.flags.has(MessageFlags.Ephemeral) === true;
  const updatable = interaction.isMessageComponent() || interaction.isFromMessage();
  if (!own || !updatable || interaction.deferred || interaction.replied) {
    await reply(interaction, view);
    return;
  }
  await show(interaction, view, async (payload) => {
    await orEdit(interaction, payload, () =>
      interaction.update({ ...payload, flags: MessageFlags.IsComponentsV2 }),
    );
  });
}

type Payload = Pick<InteractionReplyOptions, 'components' | 'files' | 'allowedMentions'>;

/** The interaction may have been deferred or answered meanwhile. */
async function sendPrivately(interaction: Answerable, payload: Payload): Promise<void> {
  if (interaction.deferred && !interaction.replied) {
    await interaction.editReply({ ...payload, flags: MessageFlags.IsComponentsV2 });
  } else if (interaction.replied) {
    await interaction.followUp({ ...payload, flags: PRIVATE });
  } else {
    await orEdit(interaction, payload, () => interaction.reply({ ...payload, flags: PRIVATE }));
  }
}

/** Answers for the first time. If Discord has an answer already, its reply was lost or a deferral came first: that one is edited. */
async function orEdit(
  interaction: Answerable,
  payload: Payload,
  send: () => Promise<unknown>,
): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!isAcknowledged(error)) throw error;
    interaction.replied = true;
    await interaction.editReply({ ...payload, flags: MessageFlags.IsComponentsV2 });
  }
}

/** The interaction has been answered before. */
export const isAcknowledged = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;

/** Sends a view with its pictures if they are quickly there; if not, the text goes first and they follow. */
async function show(
  interaction: Answerable,
  view: View,
  send: (payload: ReturnType<typeof body>) => Promise<void>,
): Promise<void> {
  if (!view.blocks.some((block) => block.type === 'drawing')) {
    await send(body(view));
    return;
  }
  const pictures = drawnIn(view);
  const quick = await Promise.race([pictures, nothingAfter(PICTURES_WITHIN_MS)]);
  await send(body(view, quick));
  if (quick) return;
  const late = await pictures;
  if (late.size === 0) return;
  try {
    await interaction.editReply({ ...body(view, late), flags: MessageFlags.IsComponentsV2 });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

const GONE: readonly unknown[] = [
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
];

/** The message was dismissed, or is too old to be edited: nobody waits for its pictures any more. */
const isGone = (error: unknown): boolean => error instanceof DiscordAPIError && GONE.includes(error.code);

const nothingAfter = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
