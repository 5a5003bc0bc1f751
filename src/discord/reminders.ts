import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes } from 'discord.js';
import { localeOf, messagesIn } from '../i18n/index.ts';
import { dueReminders, giveUpReminding, takeReminder, type Reminder } from '../quiz/reminder.ts';
import type { App } from './app.ts';
import { accent, card, escape, render, text } from './views/message.ts';

/** Reminds, by direct message, those whose time has come and who have something left to do today. */
export async function sendReminders(app: App): Promise<void> {
  for (const learner of await dueReminders(app.epoch)) {
    try {
      const reminder = await takeReminder(app.epoch, learner);
      if (reminder) await send(app, reminder);
    } catch (err) {
      if (err instanceof DiscordAPIError && err.code === RESTJSONErrorCodes.CannotSendMessagesToThisUser) {
        await giveUpReminding(app.epoch, learner.user_id);
      }
      app.log.warn({ user: learner.user_id, err }, 'could not remind');
    }
  }
}

async function send({ client }: App, { learner, due, openDailyIn }: Reminder): Promise<void> {
  const { reminder } = messagesIn(localeOf(learner.locale ?? learner.discord_locale));
  const lines = [
    openDailyIn !== undefined && reminder.daily(escape(openDailyIn)),
    due > 0 && reminder.due(due),
    `-# ${reminder.off}`,
  ].filter((line) => typeof line === 'string');
  const user = await client.users.fetch(learner.user_id);
  await user.send({
    ...render(card(accent.neutral, text(lines.join('\n')))),
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
  });
}
