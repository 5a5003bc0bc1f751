import type { Recalled } from '../quiz/ask.ts';
import type { App } from './app.ts';
import type { Viewer } from './viewer.ts';
import { askView } from './views/ask.ts';
import type { Context } from './views/context.ts';
import type { View } from './views/message.ts';
import { noticeView } from './views/notice.ts';
import { verdictView } from './views/verdict.ts';

export const contextOf = ({ epoch, draw }: App, { locale, messages, learner }: Viewer): Context => ({
  epoch,
  draw,
  locale,
  messages,
  askConfidence: learner.ask_confidence === 1,
});

interface Showing {
  readonly send: (view: View) => Promise<void>;
  readonly notice?: string | undefined;
  readonly chosen?: readonly number[];
}

/** Shows what became of an ask: the question still open, the verdict if it was answered, or why it cannot be shown. */
export function showRecalled(
  recalled: Recalled,
  app: App,
  viewer: Viewer,
  { send, notice, chosen = [] }: Showing,
): Promise<void> {
  const { ask } = viewer.messages;
  const context = contextOf(app, viewer);
  switch (recalled.status) {
    case 'gone':
      return send(noticeView(ask.gone));
    case 'not-yours':
      return send(noticeView(ask.notYours));
    case 'changed':
      return send(askView(recalled.asked, context, { notice: ask.changed }));
    case 'answered':
      return send(verdictView(recalled.asked, recalled.attempt, context, { notice: notice ?? ask.already }));
    case 'open':
      return send(askView(recalled.asked, context, { chosen, notice }));
  }
}
