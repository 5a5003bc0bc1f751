import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InteractionState, Message } from '../../src/sandbox/operator-api.ts';
import { buttonsOf, componentsOf, textOf, type Actor } from '../sandbox/driver.ts';
import { smallBank } from '../quiz/world.ts';
import { HOUR, startWorld, type World } from './epoch.ts';

let world: World;
let learner: Actor;
let owner: Actor;

beforeAll(async () => {
  world = await startWorld({ bank: await smallBank(), start: '2026-11-11T04:00:00Z' });
  learner = await world.driver.as('林晓', '炼丹学习社/闲聊');
  const guild = await world.driver.guild('炼丹学习社');
  owner = await world.driver.as(guild.ownerId, '炼丹学习社/闲聊');
});
afterAll(() => world.close());

const shown = ({ message }: InteractionState): Message => {
  if (!message) throw new Error('nothing was shown');
  return message;
};
const labels = (message: Message) => buttonsOf(message).map(({ label }) => label);

/** Chooses an option of the small bank's choice question; the first of the file is the right one. */
async function choose(actor: Actor, message: Message, right: boolean): Promise<Message> {
  const options = textOf(message)
    .split('\n')
    .flatMap((line) => /^\*\*([A-C])\.\*\* (.*)$/.exec(line)?.slice(1) ?? []);
  const letter = options[options.indexOf('不变') - 1]!;
  const wrong = ['A', 'B', 'C'].find((candidate) => candidate !== letter)!;
  return shown(await actor.press(message, right ? letter : wrong));
}

const practise = async (actor: Actor, right: boolean) =>
  choose(actor, shown(await actor.slash('quiz', { kind: 'choice' })), right);

const pictureCount = (message: Message) => componentsOf(message).flatMap(({ items = [] }) => items).length;

/** The number of pictures once a message has its own, which may come after the text. */
async function pictures(state: InteractionState): Promise<number> {
  const message = await world.driver.waitForMessage(
    learner.channelId,
    learner.userId,
    (candidate) => candidate.id === shown(state).id && pictureCount(candidate) > 0,
  );
  return pictureCount(message);
}

async function dueOn(questionId: string): Promise<string> {
  const card = await world.epoch.db
    .selectFrom('card')
    .select('due_on')
    .where('question_id', '=', questionId)
    .executeTakeFirstOrThrow();
  return card.due_on;
}

describe('review', () => {
  test('nothing is due at first', async () => {
    expect(textOf(shown(await learner.slash('review')))).toContain('今天没有要复习的题');
  });

  test('what was answered wrong comes back, by itself and on request', async () => {
    await practise(learner, false);
    const wrong = shown(await learner.slash('review', { mode: 'wrong' }));
    expect(textOf(wrong)).toContain('题目：shift');
    const ahead = await learner.slash('review');
    expect(textOf(shown(ahead))).toContain('接下来 14 天');
    await world.pass(2 * 24 * HOUR);
    const due = shown(await learner.slash('review'));
    expect(textOf(due)).toContain('题目：shift');
    const verdict = await choose(learner, due, true);
    expect(textOf(verdict)).toContain('+10 分');
    expect(labels(verdict)).toContain('下一题');
    expect(textOf(shown(await learner.press(verdict, '下一题')))).toContain('今天没有要复习的题');
  });

  test('a topic needs to be named', async () => {
    expect(textOf(shown(await learner.slash('review', { mode: 'topic' })))).toContain('请选一个主题');
    expect(textOf(shown(await learner.slash('review', { topic: 'softmax' })))).toContain('题目：shift');
  });
});

describe('the learner’s own word', () => {
  test('easy puts a card off, once', async () => {
    const question = shown(await learner.slash('quiz', { kind: 'order' }));
    const askId = buttonsOf(question)[0]!.custom_id!.split(':')[1]!;
    const lines = textOf(question).split('\n');
    const position = (step: string) => 'ABC'.indexOf(lines.find((line) => line.endsWith(step))!.charAt(2));
    const steps = ['减最大值', '取指数', '除以和'].map((step) => position(step));
    let current = question;
    for (let count = 1; count <= steps.length; count += 1) {
      current = shown(await learner.press(current, `order:${askId}:${steps.slice(0, count).join('')}`));
    }
    expect(textOf(current)).toContain('答对了');
    const before = await dueOn('softmax/order');
    expect(textOf(shown(await learner.press(current, '太简单了')))).toContain('再见');
    expect((await dueOn('softmax/order')) > before).toBe(true);
  });

  test('confidence is asked for only on request, and feeds the calibration', async () => {
    await learner.slash('me', { confidence: true });
    const question = shown(await learner.slash('quiz', { kind: 'choice' }));
    const sure = shown(await learner.press(question, '把握：不填'));
    expect(labels(sure)).toContain('把握：大');
    await choose(learner, sure, true);
    expect(textOf(shown(await learner.slash('progress')))).toContain('有把握的 1 题对了 100%');
  });

  test('a hint costs, and says so', async () => {
    const question = shown(await learner.slash('quiz', { kind: 'multi' }));
    const hinted = shown(await learner.press(question, '提示（少得一些分）'));
    expect(textOf(hinted)).toContain('提示在此');
    expect(labels(hinted)).not.toContain('提示（少得一些分）');
  });
});

describe('sharing the daily', () => {
  test('shows squares and nothing of the question', async () => {
    const daily = shown(await learner.slash('daily'));
    const type = buttonsOf(daily).find(({ custom_id: id }) => id?.startsWith('type:'));
    const select = componentsOf(daily).find(({ custom_id: id }) => id?.startsWith('multi:'));
    const pick = buttonsOf(daily).find(({ custom_id: id }) => id?.startsWith('pick:'));
    const order = buttonsOf(daily).filter(({ custom_id: id }) => id?.startsWith('order:'));
    let verdict = daily;
    if (pick) verdict = shown(await learner.press(daily, pick.custom_id!));
    if (select) verdict = shown(await learner.select(daily, select.custom_id!, ['0']));
    if (type)
      verdict = shown(
        await learner.submitModal(await learner.press(daily, type.custom_id!), { answer: '1, 2, 3' }),
      );
    const askId = order[0]?.custom_id?.split(':')[1];
    for (const positions of order.length > 0 ? ['0', '01', '012'] : []) {
      verdict = shown(await learner.press(verdict, `order:${askId}:${positions}`));
    }
    const share = shown(await learner.press(verdict, '晒一下'));
    expect(share.flags! & 64).toBe(0);
    expect(textOf(share)).toMatch(/林晓 答了 .* 的每日一题\*\*\n⬛*[🟩🟨🟥]/u);
    expect(textOf(share)).not.toContain('题目');
  });
});

describe('reports', () => {
  test('go from a question to the admins, who hide it here', async () => {
    const verdict = await practise(learner, true);
    const form = await learner.press(verdict, '报告问题');
    expect(textOf(shown(await learner.submitModal(form, { reason: '选项 **B** 也对 @everyone' })))).toContain(
      '已记录',
    );
    expect(
      textOf(shown(await learner.slash('report', { question: 'softmax/shift', reason: '再说一次' }))),
    ).toContain('已经报告过');
    const queue = shown(await owner.slash('reports'));
    expect(textOf(queue)).toContain('1 人报告');
    expect(textOf(queue)).toContain(String.raw`选项 \*\*B\*\* 也对 \@everyone`);
    const hidden = shown(await owner.press(queue, '在本服务器隐藏'));
    expect(textOf(hidden)).toContain('没有待处理的报告');
    expect(textOf(shown(await learner.slash('quiz', { kind: 'choice' })))).toContain('没有符合条件的题目');
  });

  test('an unknown question cannot be reported', async () => {
    expect(textOf(shown(await learner.slash('report', { question: 'no/such', reason: 'x' })))).toContain(
      '没有这道题',
    );
  });
});

describe('one’s own data', () => {
  test('can be taken away as a file', async () => {
    const state = await learner.slash('privacy export');
    const [attachment] = shown(state).attachments;
    const path = new URL(attachment!.url).pathname;
    const rows = (await (await fetch(`${world.sandbox.url}${path}`)).json()) as Record<string, unknown[]>;
    expect(Object.keys(rows)).toEqual(expect.arrayContaining(['attempt', 'card', 'learner', 'report']));
    expect(rows['attempt']!.length).toBeGreaterThan(0);
  });
});

describe('pictures', () => {
  test.each([
    ['progress', {}, 2],
    ['leaderboard', {}, 1],
    ['compute', { operation: 'softmax', inputs: 'logits = 1, 2; temperature = 1; mask = null' }, 2],
  ])('/%s %j has its own beside the text', async (command, options, count) => {
    expect(await pictures(await learner.slash(command, options))).toBe(count);
  });

  test('nothing was complained of', () => {
    expect(world.complaints).toEqual([]);
  });
});
