import { addDays, instantOf, localDate } from '../study/index.ts';
import { findDailyAsk } from '../storage/ask.ts';
import { findAttemptByAsk } from '../storage/attempt.ts';
import { cardsDue } from '../storage/card.ts';
import { newestPostedDaily } from '../storage/daily.ts';
import { learnersToRemind, updateLearner } from '../storage/learner.ts';
import type { Db, LearnerRow } from '../storage/schema.ts';
import { findServer } from '../storage/server.ts';
import type { Epoch } from './epoch.ts';
import { zoneFor } from './zone.ts';

/** The next time, after `now`, at which the wall in a zone shows `HH:MM`. */
export function nextReminderAt(time: string, zone: string, now: Date): string {
  const today = localDate(now, zone);
  const at = instantOf(today, time, zone);
  return (at > now ? at : instantOf(addDays(today, 1), time, zone)).toISOString();
}

export interface Reminder {
  readonly learner: LearnerRow;
  /** Cards due for review. */
  readonly due: number;
  /** The name of the server whose open daily they have not answered. */
  readonly openDailyIn: string | undefined;
}

/** Learners whose time to be reminded has come. */
export const dueReminders = ({ db, now }: Epoch): Promise<LearnerRow[]> =>
  learnersToRemind(db, now().toISOString());

/**
 * Of what to remind a learner; undefined when there is nothing left to do. Their next reminder is set before this
 * returns, so that none is sent twice.
 */
export async function takeReminder(epoch: Epoch, learner: LearnerRow): Promise<Reminder | undefined> {
  const { db } = epoch;
  const now = epoch.now();
  const server = learner.last_guild_id === null ? undefined : await findServer(db, learner.last_guild_id);
  const zone = zoneFor(learner, server);
  const { reminder_time: time } = learner;
  await updateLearner(db, learner.user_id, {
    reminder_at: time === null ? null : nextReminderAt(time, zone, now),
  });
  const due = (await cardsDue(db, learner.user_id, localDate(now, zone))).length;
  const openDailyIn =
    server && (await hasOpenDaily(db, server.guild_id, learner.user_id)) ? server.name : undefined;
  return due > 0 || openDailyIn !== undefined ? { learner, due, openDailyIn } : undefined;
}

async function hasOpenDaily(db: Db, guildId: string, userId: string): Promise<boolean> {
  const daily = await newestPostedDaily(db, guildId);
  if (daily?.state !== 'posted') return false;
  const ask = await findDailyAsk(db, guildId, daily.local_date, userId);
  return !(ask && (await findAttemptByAsk(db, ask.id)));
}

/** The learner takes no direct messages: reminding them is given up until they ask for it again. */
export async function giveUpReminding({ db }: Epoch, userId: string): Promise<void> {
  await updateLearner(db, userId, { reminder_time: null, reminder_at: null });
}
