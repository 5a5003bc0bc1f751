import { findLearner, updateLearner } from '../storage/learner.ts';
import type { Db, LearnerRow } from '../storage/schema.ts';
import { findServer } from '../storage/server.ts';
import { joinGlobalBoard, leaveGlobalBoard } from './boards.ts';
import type { Epoch } from './epoch.ts';
import { nextReminderAt } from './reminder.ts';
import { zoneFor } from './zone.ts';

export interface OwnSettings {
  readonly locale?: string | null;
  readonly zone?: string | null;
  /** `HH:MM` in the learner's zone; null for no reminder. */
  readonly reminderTime?: string | null;
  readonly globalOptIn?: boolean;
  readonly showProgress?: boolean;
  readonly askConfidence?: boolean;
}

/** Changes a learner's own settings; joining the global board counts everything answered so far, leaving it drops it. */
export function changeOwnSettings(epoch: Epoch, userId: string, settings: OwnSettings): Promise<LearnerRow> {
  return epoch.db.transaction().execute(async (db) => {
    const known = (await findLearner(db, userId))!;
    const { locale, zone, reminderTime, globalOptIn, showProgress, askConfidence } = settings;
    const changed: LearnerRow = {
      ...known,
      ...(locale === undefined ? {} : { locale }),
      ...(zone === undefined ? {} : { zone }),
      ...(reminderTime === undefined ? {} : { reminder_time: reminderTime }),
      ...(globalOptIn === undefined ? {} : { global_opt_in: Number(globalOptIn) }),
      ...(showProgress === undefined ? {} : { show_progress: Number(showProgress) }),
      ...(askConfidence === undefined ? {} : { ask_confidence: Number(askConfidence) }),
    };
    const next = { ...changed, reminder_at: await reminderAt(db, epoch.now(), changed) };
    const { user_id: _, first_seen_at: __, ...columns } = next;
    await updateLearner(db, userId, columns);
    if (globalOptIn === true) await joinGlobalBoard(db, userId);
    if (globalOptIn === false) await leaveGlobalBoard(db, userId);
    return next;
  });
}

/** The zone may have changed as well as the time. */
async function reminderAt(db: Db, now: Date, learner: LearnerRow): Promise<string | null> {
  if (learner.reminder_time === null) return null;
  const server = learner.last_guild_id === null ? undefined : await findServer(db, learner.last_guild_id);
  return nextReminderAt(learner.reminder_time, zoneFor(learner, server), now);
}
