import type { BaseInteraction } from 'discord.js';
import type { Locale } from '../compute/operation.ts';
import { localeOf, messagesIn, type Messages } from '../i18n/index.ts';
import { meet } from '../quiz/learner.ts';
import type { LearnerRow } from '../storage/schema.ts';
import type { App } from './app.ts';

/** The person behind an interaction, and how to speak to them. */
export interface Viewer {
  readonly userId: string;
  readonly name: string;
  readonly guildId: string | null;
  readonly locale: Locale;
  readonly messages: Messages;
  readonly learner: LearnerRow;
}

export async function viewerOf(interaction: BaseInteraction, app: App): Promise<Viewer> {
  const { user, guildId } = interaction;
  const name = nameOf(interaction);
  const learner = await meet(app.epoch, {
    userId: user.id,
    name: user.globalName ?? user.username,
    discordLocale: interaction.locale,
    member: guildId === null ? undefined : { guildId, name },
  });
  const locale = localeOf(learner.locale ?? interaction.locale);
  return { userId: user.id, name, guildId, locale, messages: messagesIn(locale), learner };
}

function nameOf(interaction: BaseInteraction): string {
  const { member, user } = interaction;
  const nick = member === null ? undefined : 'displayName' in member ? member.displayName : member.nick;
  return nick ?? user.globalName ?? user.username;
}
