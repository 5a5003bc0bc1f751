import type { Bank } from '../bank/index.ts';
import type { Db } from '../storage/schema.ts';

/** What every use case works on. */
export interface Epoch {
  readonly db: Db;
  /** The bank as it is now: it may be reloaded while Epoch runs. */
  readonly bank: Bank;
  readonly now: () => Date;
}
