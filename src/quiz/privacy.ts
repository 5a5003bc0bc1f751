import { forgetLearner } from '../storage/privacy.ts';
import type { Epoch } from './epoch.ts';

/** Removes everything stored about a learner, from leaderboards too, at once. */
export const forget = (epoch: Epoch, userId: string): Promise<void> =>
  epoch.db.transaction().execute((db) => forgetLearner(db, userId));
