import { setTimeout as wait } from 'node:timers/promises';
import type { InteractionState } from '../../../src/sandbox/operator-api.ts';
import { messagesIn } from '../../../src/i18n/index.ts';
import { buttonsOf, textOf, type Actor } from '../../sandbox/driver.ts';
import type { Run } from '../process.ts';
import { oneOf, type Random } from './random.ts';

/** Numbers as people type them; the last one cannot be read. */
const TYPED = ['1', '0.5', '-2', '3/4', '约 0.25', 'abc'];

/** How long someone who got nothing looks at the screen before they try again. */
const PUZZLED_MS = 50;

/** How long someone rests who is told to slow down: until there is room for a whole turn again. */
const REST_MS = 1000;

/**
 * One thing after another that a learner does: the daily, a choice or a number to type. What comes of it is read from
 * the screen, not here; while the bot is away, interactions fail as they do on Discord.
 */
export async function takeTurn(learner: Actor, random: Random, run: Run): Promise<void> {
  const act = (start: () => Promise<InteractionState>) => attempt(start, run);
  const turn = random();
  const opened =
    turn < 0.2
      ? await act(() => learner.slash('daily'))
      : await act(() => learner.slash('quiz', { kind: turn < 0.6 ? 'choice' : 'numeric' }));
  const question = opened?.message;
  if (!question) {
    await wait(PUZZLED_MS);
    return;
  }
  if (textOf(question).includes(messagesIn('zh-CN').errors.tooFast)) {
    await wait(REST_MS);
    return;
  }
  const named = (name: string) =>
    buttonsOf(question).flatMap(({ custom_id: id }) => (id?.startsWith(`${name}:`) === true ? [id] : []));
  const options = named('pick');
  const [form] = named('type');
  if (options.length > 0) {
    await act(() => learner.press(question, oneOf(random, options)));
  } else if (form !== undefined) {
    const modal = await act(() => learner.press(question, form));
    if (modal?.modal) await act(() => learner.submitModal(modal, { answer: oneOf(random, TYPED) }));
  }
}

/** Undefined when nothing came of it; nobody waits for an answer of a process that has ended. */
async function attempt(
  start: () => Promise<InteractionState>,
  { ended }: Run,
): Promise<InteractionState | undefined> {
  const state = await Promise.race([start().catch(() => undefined), ended.then(() => undefined)]);
  return state?.status === 'replied' ? state : undefined;
}
