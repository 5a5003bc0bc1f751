import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import type { App } from '../app.ts';
import type { Viewer } from '../viewer.ts';

export type Used = MessageComponentInteraction | ModalSubmitInteraction;

/** What happens when a button, select or modal is used; `args` are the records its custom id names. */
export type Component = (
  interaction: Used,
  args: readonly string[],
  app: App,
  viewer: Viewer,
) => Promise<void>;
