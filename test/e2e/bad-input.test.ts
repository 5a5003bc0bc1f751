import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCustomId } from '../../src/discord/custom-id.ts';
import type { InteractionState, Message } from '../../src/sandbox/operator-api.ts';
import { buttonsOf, componentsOf, textOf, type Actor } from '../sandbox/driver.ts';
import { smallBank } from '../quiz/world.ts';
import { startWorld, type World } from './epoch.ts';

let world: World;
let learner: Actor;

beforeAll(async () => {
  world = await startWorld({ bank: await smallBank() });
  learner = await world.driver.as('林晓', '炼丹学习社/每日一题');
});
afterAll(() => world.close());

const shown = ({ message }: InteractionState): Message => {
  if (!message) throw new Error('nothing was shown');
  return message;
};

/** Presses a button that no message of the bot has any more: the bot sends it, then the test presses it. */
async function pressRaw(customId: string): Promise<InteractionState> {
  const channel = await world.bot.app.client.channels.fetch(learner.channelId);
  if (!channel?.isSendable()) throw new Error('no channel');
  const sent = await channel.send({
    components: [{ type: 1, components: [{ type: 2, style: 1, label: 'old', custom_id: customId }] }],
    content: 'an old message',
  });
  const message = (await learner.messages()).find(({ id }) => id === sent.id)!;
  return learner.press(message, customId);
}

const attempts = async () => (await world.epoch.db.selectFrom('attempt').selectAll().execute()).length;

describe('what nobody should send', () => {
  test.each([
    ['nonsense', '这个按钮来自旧版本'],
    ['', '这个按钮来自旧版本'],
    ['__proto__:1', '这个按钮来自旧版本'],
    ['constructor', '这个按钮来自旧版本'],
    ['pick', '找不到这道题了'],
    ['pick:999:0', '找不到这道题了'],
    ['typed:999', '找不到这道题了'],
    ['order:999:01', '找不到这道题了'],
    ['undo:999:', '找不到这道题了'],
    ['hint:999', '找不到这道题了'],
    ['solution:999', '找不到这道题了'],
    ['daily:1:2020-01-01', '这道每日一题已经不在记录里了'],
    ['daily', '这道每日一题已经不在记录里了'],
    ['explain:no-such-topic', '没有「no-such-topic」这个主题'],
    ['practise:no-such-topic', '没有符合条件的题目'],
    ['board:x:y:z:w', '排行榜 · 本服务器 · 本周 · 积分'],
    ['board:server:all:streak:-5', '排行榜'],
    ['forget:1', '这条消息不是给你的'],
  ])('the custom id %j gets a private sentence', async (customId, sentence) => {
    const before = await attempts();
    const state = await pressRaw(customId === '' ? ':' : customId);
    expect(textOf(shown(state))).toContain(sentence);
    expect(shown(state).flags! & 64).toBe(64);
    expect(await attempts()).toBe(before);
  });

  test.each([
    ['quiz', { topic: 'no such topic' }, '没有「no such topic」这个主题'],
    ['explain', { query: '\u0000\u202E💥' }, '没有找到'],
    ['compute', { operation: '__proto__' }, '没有「\\_\\_proto\\_\\_」这个运算'],
    ['compute', { operation: 'softmax', inputs: '@everyone' }, '看不懂这一段：\\@everyone'],
    ['leaderboard', { page: 99_999 }, '第 1 / 1 页'],
    ['me', { zone: 'Mars/Olympus' }, '没有「Mars/Olympus」这个时区'],
  ])('/%s %j says what to do', async (command, options, sentence) => {
    expect(textOf(shown(await learner.slash(command, options)))).toContain(sentence);
  });

  test.each([
    [{ time: '25:00' }, '看不懂时间「25:00」'],
    [{ zone: 'Mars' }, '没有「Mars」这个时区'],
  ])('/settings daily %j changes nothing', async (options, sentence) => {
    const guild = await world.driver.guild('炼丹学习社');
    const owner = await world.driver.as(guild.ownerId, '炼丹学习社/每日一题');
    const server = () =>
      world.epoch.db.selectFrom('server').selectAll().where('guild_id', '=', guild.id).execute();
    const before = await server();
    expect(textOf(shown(await owner.slash('settings daily', options)))).toContain(sentence);
    expect(await server()).toEqual(before);
  });

  test('a channel where the bot may not write is refused with what to fix', async () => {
    const guild = await world.driver.guild('炼丹学习社');
    const forbidden = guild.channels.find(({ writers }) => !writers.includes(world.bot.app.client.user!.id))!;
    const owner = await world.driver.as(guild.ownerId, '炼丹学习社/每日一题');
    const refused = shown(await owner.slash('settings daily', { channel: forbidden.id }));
    expect(textOf(refused)).toContain('缺少权限：');
  });
});

async function choice(): Promise<{ message: Message; ids: string[] }> {
  const message = shown(await learner.slash('quiz', { kind: 'choice' }));
  const ids = buttonsOf(message).flatMap(({ custom_id: id }) => (id?.startsWith('pick:') ? [id] : []));
  return { message, ids };
}

describe('hands that are too quick', () => {
  test('pressing every option at once stores one answer', async () => {
    const { message, ids } = await choice();
    const before = await attempts();
    const pressed = await Promise.allSettled(ids.map((id) => learner.press(message, id)));
    expect(await attempts()).toBe(before + 1);
    // A press that arrives after the verdict replaced the buttons is refused by Discord itself.
    const answered = pressed.flatMap((press) =>
      press.status === 'fulfilled' ? [textOf(shown(press.value))] : [],
    );
    expect(answered.filter((text) => !text.includes('你已经答过了'))).toHaveLength(1);
  });

  test('somebody else cannot answer a learner’s question', async () => {
    const { message, ids } = await choice();
    const { args } = parseCustomId(ids[0]!);
    const other = await world.driver.as('陈浩然', '炼丹学习社/每日一题');
    const before = await attempts();
    const channel = await world.bot.app.client.channels.fetch(learner.channelId);
    if (!channel?.isSendable()) throw new Error('no channel');
    const sent = await channel.send({
      content: 'copied',
      components: [
        { type: 1, components: [{ type: 2, style: 1, label: 'A', custom_id: `pick:${args[0]}:0` }] },
      ],
    });
    const copied = (await other.messages()).find(({ id }) => id === sent.id)!;
    expect(textOf(shown(await other.press(copied, `pick:${args[0]}:0`)))).toContain('这道题是出给别人的');
    expect(await attempts()).toBe(before);
    expect(message).toBeDefined();
  });

  test('twenty learners answer the daily at the same instant, each once', async () => {
    const guild = await world.driver.guild('炼丹学习社');
    const post = (await learner.messages()).find((message) =>
      componentsOf(message).some(({ custom_id: id }) => id?.startsWith('daily:')),
    )!;
    const members = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        world.driver.addMember(guild.id, { name: `学员${index}`, locale: 'zh-CN' }),
      ),
    );
    const before = await attempts();
    await Promise.all(
      members.map(async ({ userId }) => {
        const actor = await world.driver.as(userId, learner.channelId);
        const question = shown(await actor.press(post, '作答'));
        const ids = componentsOf(question).map(({ custom_id: id }) => id ?? '');
        const pick = ids.find((id) => id.startsWith('pick:'));
        const select = ids.find((id) => id.startsWith('multi:'));
        const type = ids.find((id) => id.startsWith('type:'));
        if (pick !== undefined) await actor.press(question, pick);
        else if (select !== undefined) await actor.select(question, select, ['0']);
        else if (type !== undefined)
          await actor.submitModal(await actor.press(question, type), { answer: '0, 0, 1' });
      }),
    );
    const dailies = await world.epoch.db.selectFrom('ask').selectAll().where('mode', '=', 'daily').execute();
    expect(dailies.length).toBeGreaterThanOrEqual(20);
    expect(await attempts()).toBeLessThanOrEqual(before + 20);
  });
});

describe('when something breaks inside', () => {
  test('the learner gets an id that the log knows', async () => {
    const bank = world.epoch.bank;
    Object.assign(world.epoch, { bank: undefined });
    const state = await learner.slash('quiz');
    Object.assign(world.epoch, { bank });
    const id = /编号 (\d+)/.exec(textOf(shown(state)))?.[1];
    expect(world.complaints.find(({ message }) => message === 'interaction failed')?.details).toMatchObject({
      interaction: id,
    });
  });
});
