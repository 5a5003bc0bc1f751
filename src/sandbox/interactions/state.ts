import type { APIMessage } from 'discord.js';
import type { Core } from '../core.ts';
import type { InteractionState, Modal } from '../operator-api.ts';
import type { Interaction } from './store.ts';

/** An interaction as the page and the tests see it. */
export const toInteractionState = (core: Core, interaction: Interaction): InteractionState => {
  const find = (id: string | null): APIMessage | null =>
    id === null ? null : (core.messages.get(interaction.channelId, id)?.message ?? null);
  return {
    id: interaction.id,
    kind: interaction.kind,
    userId: interaction.userId,
    channelId: interaction.channelId,
    guildId: interaction.guildId,
    command: interaction.command,
    customId: interaction.customId,
    sourceMessageId: interaction.sourceMessageId,
    status: interaction.status,
    failure: interaction.failure,
    callbackType: interaction.callbackType,
    message: find(interaction.originalId),
    followUps: interaction.followUpIds.map(find).filter((message) => message !== null),
    modal: interaction.modal as unknown as Modal | null,
    choices: interaction.choices,
    tookMs: interaction.tookMs,
  };
};
