import {
  MessageFlags,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import type { View } from './views/message.ts';

export type Answerable = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

/** Nothing a learner types may ping anyone. */
const silent = { parse: [] };

const body = (view: View) => ({
  components: [...view.components],
  allowedMentions: silent,
});

const PRIVATE = [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const;

/** Answers privately with a new message, whether or not the interaction has been deferred meanwhile. */
export async function reply(interaction: Answerable, view: View): Promise<void> {
  const payload = { ...body(view), flags: MessageFlags.IsComponentsV2 as const };
  if (interaction.deferred && !interaction.replied) await interaction.editReply(payload);
  else if (interaction.replied) await interaction.followUp({ ...payload, flags: PRIVATE });
  else await interaction.reply({ ...payload, flags: PRIVATE });
}

/** Answers privately with a file beside the text. */
export async function replyWithFile(
  interaction: Answerable,
  view: View,
  file: { readonly name: string; readonly attachment: Buffer },
): Promise<void> {
  await interaction.reply({ ...body(view), flags: PRIVATE, files: [file] });
}

/** Answers where everybody in the channel sees it. */
export async function replyToAll(interaction: Answerable, view: View): Promise<void> {
  await interaction.reply({ ...body(view), flags: MessageFlags.IsComponentsV2 });
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
  if (!own || interaction.deferred || interaction.replied) {
    await reply(interaction, view);
  } else if (interaction.isMessageComponent() || interaction.isFromMessage()) {
    await interaction.update({ ...body(view), flags: MessageFlags.IsComponentsV2 });
  } else {
    await reply(interaction, view);
  }
}
