import {
  Events,
  type AutocompleteInteraction,
  type Interaction,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { localeOf, messagesIn, type Messages } from '../i18n/index.ts';
import { findLearner } from '../storage/learner.ts';
import { troubleOf } from '../storage/trouble.ts';
import type { App } from './app.ts';
import { commands } from './commands/index.ts';
import { components } from './components/index.ts';
import { parseCustomId } from './custom-id.ts';
import type { Permit } from './pace.ts';
import { isAcknowledged, reply, type Answerable } from './respond.ts';
import { viewerOf, type Viewer } from './viewer.ts';
import { noticeView } from './views/notice.ts';

/** Discord gives up after 3 s; whatever is slow gets a "thinking…" before that. */
const ACKNOWLEDGE_WITHIN_MS = 2000;

/** Serves every interaction of the client; returns a promise that settles when those under way have been served. */
export function serveInteractions(app: App): { drain(): Promise<void> } {
  const underWay = new Set<Promise<void>>();
  app.client.on(Events.InteractionCreate, (interaction) => {
    const served = serve(interaction, app).finally(() => underWay.delete(served));
    underWay.add(served);
  });
  return {
    async drain() {
      await Promise.allSettled(underWay);
    },
  };
}

async function serve(interaction: Interaction, app: App): Promise<void> {
  const started = performance.now();
  const outcome = await attempt(interaction, app);
  app.metrics.interaction(nameOf(interaction), outcome, (performance.now() - started) / 1000);
}

async function attempt(interaction: Interaction, app: App): Promise<'served' | 'failed' | 'limited'> {
  try {
    const permit = app.pace(interaction.user.id);
    if (permit !== 'go') {
      await slowDown(interaction, permit);
      return 'limited';
    }
    if (interaction.isAutocomplete()) {
      await complete(interaction, app);
    } else if (
      interaction.isChatInputCommand() ||
      interaction.isMessageComponent() ||
      interaction.isModalSubmit()
    ) {
      await answer(interaction, app);
    }
    return 'served';
  } catch (error) {
    if (isAcknowledged(error)) {
      // The first try went through and its reply was lost: what was to be shown is on display.
      app.log.warn({ interaction: interaction.id, err: error }, 'acknowledged twice');
      return 'served';
    }
    await apologize(interaction, error, app);
    return 'failed';
  }
}

/** Costs next to nothing: no look at the database, and one sentence, not one for every press. */
async function slowDown(interaction: Interaction, permit: Exclude<Permit, 'go'>): Promise<void> {
  if (interaction.isAutocomplete()) {
    await interaction.respond([]);
  } else if (interaction.isMessageComponent() && permit === 'ignore') {
    await interaction.deferUpdate();
  } else if (interaction.isRepliable()) {
    const { errors } = messagesIn(localeOf(interaction.locale));
    await reply(interaction as Answerable, noticeView(errors.tooFast));
  }
}

/** The command, or the kind of component: never an id, of which there is no end. */
function nameOf(interaction: Interaction): string {
  if ('commandName' in interaction) return interaction.commandName;
  const { name } = parseCustomId(interaction.customId);
  return Object.hasOwn(components, name) ? name : 'unknown';
}

async function answer(interaction: Answerable, app: App): Promise<void> {
  const thinking = setTimeout(() => void deferLate(interaction, app), ACKNOWLEDGE_WITHIN_MS);
  try {
    const viewer = await viewerOf(interaction, app);
    if (interaction.isChatInputCommand()) {
      await commands.find(({ data }) => data.name === interaction.commandName)?.run(interaction, app, viewer);
    } else {
      await useComponent(interaction, app, viewer);
    }
  } finally {
    clearTimeout(thinking);
  }
}

async function useComponent(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  app: App,
  viewer: Viewer,
): Promise<void> {
  const { name, args } = parseCustomId(interaction.customId);
  const component = Object.hasOwn(components, name) ? components[name] : undefined;
  if (!component) {
    app.log.warn({ interaction: interaction.id, customId: interaction.customId }, 'unknown custom id');
    await reply(interaction, noticeView(viewer.messages.errors.unknownButton));
    return;
  }
  await component(interaction, args, app, viewer);
}

async function complete(interaction: AutocompleteInteraction, app: App): Promise<void> {
  const command = commands.find(({ data }) => data.name === interaction.commandName);
  const viewer = await viewerOf(interaction, app);
  const suggestions = (await command?.complete?.(interaction, app, viewer)) ?? [];
  await interaction.respond(suggestions.map(({ name, value }) => ({ name: name.slice(0, 100), value })));
}

async function deferLate(interaction: Answerable, app: App): Promise<void> {
  if (interaction.deferred || interaction.replied) return;
  try {
    await interaction.deferReply({ flags: 'Ephemeral' });
  } catch (error) {
    app.log.warn({ interaction: interaction.id, err: error }, 'could not defer');
  }
}

/** The learner is told what to do next, and quotes an id that finds the cause in the log. */
async function apologize(interaction: Interaction, error: unknown, app: App): Promise<void> {
  const trouble = troubleOf(error);
  const who = { interaction: interaction.id, user: interaction.user.id };
  if (trouble === undefined) app.log.error({ ...who, err: error }, 'interaction failed');
  // No error of its own: what troubles the database is said once, by whoever watches it.
  else app.log.info({ ...who, trouble }, 'not saved');
  if (!interaction.isRepliable()) return;
  const { errors } = await messagesFor(interaction, app);
  const text = trouble === undefined ? errors.unexpected : errors.notSaved;
  try {
    await reply(interaction as Answerable, noticeView(text(interaction.id)));
  } catch (failure) {
    app.log.warn({ interaction: interaction.id, err: failure }, 'could not apologize');
  }
}

/** In the language that the learner has chosen, if that can still be read. */
async function messagesFor({ user, locale }: Interaction, { epoch }: App): Promise<Messages> {
  const learner = await findLearner(epoch.db, user.id).catch(() => undefined);
  return messagesIn(localeOf(learner?.locale ?? locale));
}
