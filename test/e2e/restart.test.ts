import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InteractionState, Message } from '../../src/sandbox/operator-api.ts';
import { smallBank } from '../quiz/world.ts';
import { buttonsOf, textOf, type Actor } from '../sandbox/driver.ts';
import { HOUR, startWorld, type World } from './epoch.ts';

let world: World;
let learner: Actor;
let owner: Actor;

beforeAll(async () => {
  world = await startWorld({ bank: await smallBank(), start: '2026-11-11T04:00:00Z' });
  learner = await world.driver.as('王雨桐', '炼丹学习社/每日一题');
  const guild = await world.driver.guild('炼丹学习社');
  owner = await world.driver.as(guild.ownerId, '炼丹学习社/每日一题');
});
afterAll(() => world.close());

const shown = ({ message }: InteractionState): Message => {
  if (!message) throw new Error('nothing was shown');
  return message;
};
const button = (message: Message, start: string) =>
  buttonsOf(message).find(({ custom_id: id }) => id?.startsWith(start))!.custom_id!;

/** How many messages everybody can see. */
const posts = async () => (await learner.messages()).filter(({ flags }) => (flags! & 64) === 0).length;

/** Does the first half, restarts the bot, and hands what was on display to the second half. */
async function across<T>(first: () => Promise<T>): Promise<T> {
  const displayed = await first();
  await world.restart();
  return displayed;
}

describe('a restart in the middle', () => {
  test('of a choice', async () => {
    const question = await across(async () => shown(await learner.slash('quiz', { kind: 'choice' })));
    expect(textOf(shown(await learner.press(question, button(question, 'pick:'))))).toContain('讲解');
  });

  test('of an ordering, with what was pressed so far', async () => {
    const begun = await across(async () => {
      const question = shown(await learner.slash('quiz', { kind: 'order' }));
      return shown(await learner.press(question, button(question, 'order:')));
    });
    expect(textOf(begun)).toContain('已选顺序：**A**');
    const [, , second] = buttonsOf(begun);
    expect(textOf(shown(await learner.press(begun, second!.custom_id!)))).toMatch(
      /已选顺序：\*\*A → [BC]\*\*/,
    );
  });

  test('of typing an answer', async () => {
    const form = await across(async () => {
      const question = shown(await learner.slash('quiz', { kind: 'vector' }));
      return learner.press(question, button(question, 'type:'));
    });
    expect(textOf(shown(await learner.submitModal(form, { answer: '1, 2, 3' })))).toContain('讲解');
  });

  test('of mending what could not be read', async () => {
    const invalid = await across(async () => {
      const question = shown(await learner.slash('quiz', { kind: 'vector' }));
      const form = await learner.press(question, button(question, 'type:'));
      return shown(await learner.submitModal(form, { answer: 'abc' }));
    });
    const reopened = await learner.press(invalid, button(invalid, 'type:'));
    expect(JSON.stringify(reopened.modal)).toContain('abc');
  });

  test('of the daily: the same question, and one answer', async () => {
    const [post] = await learner.messages();
    const before = await across(async () => shown(await learner.press(post!, '作答')));
    expect(textOf(shown(await learner.press(post!, '作答')))).toBe(textOf(before));
  });

  test('of a lesson, a leaderboard and a report', async () => {
    const [lesson, board, verdict] = await across(async () => [
      shown(await learner.slash('explain', { query: 'softmax' })),
      shown(await learner.slash('leaderboard')),
      shown(await learner.slash('explain', { query: 'softmax/shift' })),
    ]);
    expect(textOf(shown(await learner.press(lesson, '练这个主题')))).toContain('题目');
    expect(textOf(board)).toContain('王雨桐');
    const form = await across(() => learner.press(verdict, '报告问题'));
    expect(textOf(shown(await learner.submitModal(form, { reason: '不对' })))).toContain('已记录');
    const queue = await across(async () => shown(await owner.slash('reports')));
    expect(textOf(shown(await owner.press(queue, '已处理')))).toContain('没有待处理的报告');
  });

  test('of deleting everything', async () => {
    const asked = await across(async () => shown(await learner.slash('privacy delete')));
    expect(textOf(shown(await learner.press(asked, '永久删除')))).toContain('已删除');
  });

  test('of the day: nothing is posted twice, and the next day still comes', async () => {
    const before = await posts();
    await world.restart();
    expect(await posts()).toBe(before);
    await world.pass(24 * HOUR);
    await world.restart();
    expect(await posts()).toBe(before + 1);
  });

  test('of a post whose reply was lost: it is found again behind all that was said since, not sent again', async () => {
    await Promise.all(Array.from({ length: 120 }, (_, said) => learner.say(`第 ${said} 句`)));
    await world.pass(HOUR);
    const before = await posts();
    await world.epoch.db
      .updateTable('daily')
      .set({ state: 'sending', message_id: null })
      .where('state', '=', 'posted')
      .execute();
    await world.restart();
    expect(await posts()).toBe(before);
    const states = await world.epoch.db
      .selectFrom('daily')
      .select('state')
      .where('state', '=', 'sending')
      .execute();
    expect(states).toEqual([]);
  });

  test('and nothing was complained of', () => {
    expect(world.complaints).toEqual([]);
  });
});
