import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InteractionState, Message } from '../../src/sandbox/operator-api.ts';
import type { AnswerSpec } from '../../src/grading/index.ts';
import { recall } from '../../src/quiz/ask.ts';
import { buttonsOf, componentsOf, textOf, type Actor } from '../sandbox/driver.ts';
import { HOUR, startWorld, type World } from './epoch.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const labels = (message: Message) => buttonsOf(message).map(({ label }) => label);

const shown = ({ message }: InteractionState): Message => {
  if (!message) throw new Error('nothing was shown');
  return message;
};

/** The id of the ask that a question's components name. */
function askIdOf(message: Message): string {
  const named = componentsOf(message).find(({ custom_id: id }) =>
    /^(?:pick|multi|order|type):/.test(id ?? ''),
  );
  return named!.custom_id!.split(':')[1]!;
}

/** Answers a question on display as somebody who knows the key, or as somebody who does not. */
async function answer(actor: Actor, message: Message, right: boolean): Promise<Message> {
  const askId = askIdOf(message);
  const recalled = await recall(world.epoch, askId, actor.userId);
  if (recalled.status !== 'open') throw new Error(`ask ${askId} is ${recalled.status}`);
  const { spec, display } = recalled.asked.variant;
  const positions = (indices: readonly number[]) => indices.map((index) => display.indexOf(index));
  switch (spec.kind) {
    case 'choice': {
      const index = right ? spec.correct : display.find((candidate) => candidate !== spec.correct)!;
      return shown(await actor.press(message, `pick:${askId}:${positions([index])[0]}`));
    }
    case 'multi': {
      const wrong = display.filter((index) => !spec.correct.includes(index));
      const values = positions(right ? spec.correct : wrong).map(String);
      return shown(await actor.select(message, `multi:${askId}`, values));
    }
    case 'order':
      return order(actor, message, askId, positionsOfSteps(recalled.asked.variant, right));
    default: {
      const form = await actor.press(message, `type:${askId}`);
      return shown(await actor.submitModal(form, { answer: right ? typed(spec) : '-123456.789' }));
    }
  }
}

function positionsOfSteps(variant: { display: readonly number[] }, right: boolean): number[] {
  const inOrder = variant.display.map((_, index) => variant.display.indexOf(index));
  return right ? inOrder : inOrder.toReversed();
}

async function order(
  actor: Actor,
  message: Message,
  askId: string,
  positions: readonly number[],
): Promise<Message> {
  let current = message;
  for (const [count, _] of positions.entries()) {
    current = shown(await actor.press(current, `order:${askId}:${positions.slice(0, count + 1).join('')}`));
  }
  return current;
}

function typed(spec: AnswerSpec): string {
  switch (spec.kind) {
    case 'numeric':
      return spec.value.toFixed(6);
    case 'vector':
      return spec.value.map((value) => value.toFixed(6)).join(', ');
    case 'matrix':
      return `[${spec.value.map((row) => row.map((value) => value.toFixed(6)).join(' ')).join('; ')}]`;
    case 'formula':
      return spec.expression;
    case 'short':
      return ('text' in spec.accept ? spec.accept : spec.accept[0]!).text[0]!;
    case 'open':
      return spec.rubric.map(({ phrases }) => phrases[0]).join(' ');
    default:
      throw new Error(`${spec.kind} is not typed`);
  }
}

describe('a first day in a Chinese server', () => {
  let learner: Actor;
  let post: Message;

  test('the daily is there, and gives nothing away', async () => {
    learner = await world.driver.as('林晓', '炼丹学习社/每日一题');
    [post] = (await learner.messages()) as [Message];
    expect(textOf(post)).toContain('每日一题');
    expect(textOf(post)).toContain('还没有人作答');
    expect(labels(post)).toEqual(['作答']);
  });

  test('the learner answers it, and is told at once and privately', async () => {
    const question = shown(await learner.press(post, '作答'));
    expect(question.flags! & 64).toBe(64);
    const verdict = await answer(learner, question, true);
    expect(textOf(verdict)).toContain('✅ 答对了');
    expect(textOf(verdict)).toContain('🔥 连续答题 1 天');
    expect(labels(verdict)).toContain('再来一题');
  });

  test('pressing Answer again shows the verdict, and counts nothing twice', async () => {
    const again = shown(await learner.press(post, '作答'));
    expect(textOf(again)).toContain('这道题你已经答过了');
    const attempts = await world.epoch.db.selectFrom('attempt').selectAll().execute();
    expect(attempts).toHaveLength(1);
  });

  test('they practise a few more of every topic', async () => {
    for (const topic of world.epoch.bank.topics.map(({ slug }) => slug).slice(0, 3)) {
      const question = shown(await learner.slash('quiz', { topic }));
      const verdict = await answer(learner, question, topic !== 'softmax-function');
      expect(textOf(verdict)).toMatch(/讲解/);
      const another = shown(await learner.press(verdict, '再来一题'));
      expect(askIdOf(another)).not.toBe(askIdOf(question));
    }
  });

  test('a computed question has a worked solution with the learner’s numbers', async () => {
    const question = shown(await learner.slash('quiz', { kind: 'vector' }));
    const verdict = await answer(learner, question, false);
    expect(textOf(shown(await learner.press(verdict, '解题过程')))).toContain('用你的数字一步步算');
  });

  test('an answer that cannot be read is no attempt, and can be mended', async () => {
    const question = shown(await learner.slash('quiz', { kind: 'numeric' }));
    const form = await learner.press(question, '填写答案');
    const invalid = shown(await learner.submitModal(form, { answer: '0,58 大概' }));
    expect(textOf(invalid)).toContain('没有读懂，这次不算作答');
    const reopened = await learner.press(invalid, '填写答案');
    expect(JSON.stringify(reopened.modal)).toContain('0,58 大概');
    expect(textOf(await answer(learner, invalid, true))).toContain('✅ 答对了');
  });

  test('a topic is explained, and found by part of its name', async () => {
    const found = await learner.autocomplete('explain', 'query', { query: 'soft' });
    expect(found.choices?.[0]).toEqual({ name: '写一下 softmax 函数', value: 'softmax-function' });
    const lesson = shown(await learner.slash('explain', { query: 'softmax-function' }));
    expect(textOf(lesson)).toContain('写一下 softmax 函数');
    expect(labels(lesson)).toContain('练这个主题');
  });

  test('an operation is computed with the steps', async () => {
    const result = shown(
      await learner.slash('compute', {
        operation: 'softmax',
        inputs: 'logits = 0，0; temperature = 1; mask = null',
      }),
    );
    expect(textOf(result)).toContain('probs = [0.5, 0.5]');
    const form = shown(await learner.slash('compute', { operation: 'softmax' }));
    expect(textOf(form)).toContain('logits = 2, 1, 0.5; temperature = 1; mask = null');
  });

  test('they find themselves on the leaderboard and see their progress', async () => {
    const board = shown(await learner.slash('leaderboard'));
    expect(textOf(board)).toMatch(/🥇 \*\*林晓\*\*/);
    expect(textOf(board)).toContain('你排第 1 名');
    const progress = shown(await learner.slash('progress'));
    expect(textOf(progress)).toContain('连续答题 1 天');
  });

  test('the next day the daily is revealed and another one posted', async () => {
    await world.pass(24 * HOUR);
    const posts = (await learner.messages()).filter(({ interaction_metadata: by }) => by === undefined);
    expect(posts).toHaveLength(2);
    expect(textOf(posts[0]!)).toContain('答题分布');
    expect(labels(posts[0]!)).toEqual(['补做（不计分）']);
    expect(labels(posts[1]!)).toEqual(['作答']);
  });

  test('a late answer is practice', async () => {
    const late = await world.driver.as('陈浩然', '炼丹学习社/每日一题');
    const closed = (await late.messages()).find((message) => labels(message).includes('补做（不计分）'));
    const question = shown(await late.press(closed!, '补做（不计分）'));
    expect(textOf(question)).toContain('这道题已经截止');
    const verdict = await answer(late, question, true);
    expect(textOf(verdict)).toContain('已截止，不计分');
    expect(textOf(shown(await late.slash('leaderboard')))).toContain('你还没有上榜');
  });

  test('everything about a learner is deleted on request', async () => {
    const asked = shown(await learner.slash('privacy delete'));
    const gone = shown(await learner.press(asked, '永久删除'));
    expect(textOf(gone)).toBe('已删除你的全部数据。');
    const board = shown(await learner.slash('leaderboard'));
    expect(textOf(board)).not.toContain('林晓');
  });
});

describe('a first day in an English server', () => {
  test('reads English throughout', async () => {
    const learner = await world.driver.as('Priya Nair', 'Deep Learning Reading Group/daily-quiz');
    const post = (await learner.messages()).findLast((message) => labels(message).includes('Answer'))!;
    expect(textOf(post)).toContain('Daily question');
    const question = shown(await learner.press(post, 'Answer'));
    const verdict = await answer(learner, question, false);
    expect(textOf(verdict)).toMatch(/❌ Not right|🟡 Partly right/);
    for (const command of ['help', 'me', 'progress', 'leaderboard', 'privacy show']) {
      expect(textOf(shown(await learner.slash(command)))).not.toMatch(/\p{Script=Han}/u);
    }
  });

  test('a Chinese server speaks English to an English member', async () => {
    const guest = await world.driver.as('Priya Nair', '炼丹学习社/每日一题');
    expect(textOf(shown(await guest.slash('help')))).toContain('training for LLM');
  });

  test('the daily works in a direct message', async () => {
    const learner = await world.driver.dm('Priya Nair');
    expect(shown(await learner.slash('daily'))).toBeDefined();
  });
});

describe('setting up a server', () => {
  test('one command by its owner, in their own words', async () => {
    const guild = await world.driver.guild('炼丹学习社');
    const owner = await world.driver.as(guild.ownerId, '炼丹学习社/每日一题');
    const saved = shown(await owner.slash('settings daily', { time: '8：30', zone: '上海' }));
    expect(textOf(saved)).toContain('时间：每天 08:30（Asia/Shanghai）');
    expect(textOf(shown(await owner.slash('settings check')))).toContain('权限齐全');
    expect(
      textOf(shown(await owner.slash('settings topics', { topic: 'softmax-function', levels: '1-3' }))),
    ).toContain('主题：写一下 softmax 函数');
    expect(textOf(shown(await owner.slash('settings language', { language: 'en-US' })))).toContain('English');
    expect(textOf(shown(await owner.slash('settings pause')))).toContain('已暂停');
    expect(textOf(shown(await owner.slash('settings pause')))).toContain('恢复');
    expect(textOf(shown(await owner.slash('settings season')))).toContain('新赛季');
    expect(textOf(shown(await owner.slash('settings show')))).toContain('08:30');
  });
});

test('nothing went wrong on the way', () => {
  expect(world.complaints).toEqual([]);
});
