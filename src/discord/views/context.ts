import type { Locale } from '../../compute/index.ts';
import type { Messages } from '../../i18n/index.ts';
import type { Epoch } from '../../quiz/epoch.ts';
import type { Draw } from '../app.ts';

/** What a view needs to speak to its reader. */
export interface Context {
  readonly epoch: Epoch;
  readonly locale: Locale;
  readonly messages: Messages;
  readonly draw: Draw;
  /** Whether the reader wants to say how sure they are before answering. */
  readonly askConfidence: boolean;
}
