import { findLearner, updateLearner, type LearnerSettings } from '../storage/learner.ts';
import type { LearnerRow } from '../storage/schema.ts';
import { joinGlobalBoard, leaveGlobalBoard } from './boards.ts';
import type { Epoch } from './epoch.ts';

export interface OwnSettings {
  readonly locale?: string | null;
  readonly zone?: string | null;
  readonly globalOptIn?: boolean;
  readonly showProgress?: boolean;
  readonly askConfidence?: boolean;
}

/** Changes a learner's own settings; joining the global board counts everything answered so far, leaving it drops it. */
export function changeOwnSettings(epoch: Epoch, userId: string, settings: OwnSettings): Promise<LearnerRow> {
  return epoch.db.transaction().execute(async (db) => {
    const { locale, zone, globalOptIn, showProgress, askConfidence } = settings;
    const change: LearnerSettings = {
      ...(locale === undefined ? {} : { locale }),
      ...(zone === undefined ? {} : { zone }),
      ...(globalOptIn === undefined ? {} : { global_opt_in: Number(globalOptIn) }),
      ...(showProgress === undefined ? {} : { show_progress: Number(showProgress) }),
      ...(askConfidence === undefined ? {} : { ask_confidence: Number(askConfidence) }),
    };
    if (Object.keys(change).length > 0) await updateLearner(db, userId, change);
    if (globalOptIn === true) await joinGlobalBoard(db, userId);
    if (globalOptIn === false) await leaveGlobalBoard(db, userId);
    return (await findLearner(db, userId))!;
  });
}
