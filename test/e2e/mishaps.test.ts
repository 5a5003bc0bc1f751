import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InteractionState, Message } from '../../src/sandbox/operator-api.ts';
import { smallBank } from '../quiz/world.ts';
import { buttonsOf, textOf, type Actor } from '../sandbox/driver.ts';
import { HOUR, startWorld, type World } from './epoch.ts';

let world: World;
let learner: Actor;

beforeEach(async () => {
  const { questions, topics } = await smallBank();
  // Of these two the vector is the day's daily, which leaves the choice for practice.
  const two = [...questions].filter(([, { kind }]) => kind === 'choice' || kind === 'vector');
  world = await startWorld({ bank: { questions: new Map(two), topics } });
  learner = await world.driver.as('林晓', '炼丹学习社/闲聊');
  // The first visit of the day is noted; from here on, nothing is written but what is answered.
  await learner.slash('help');
});
afterEach(() => world.close());

const shown = ({ message }: InteractionState): Message => {
  if (!message) throw new Error('nothing was shown');
  return message;
};
const button = (message: Message, start: string) =>
  buttonsOf(message).find(({ custom_id: id }) => id?.startsWith(start))!.custom_id!;
const isPrivate = (message: Message) => (message.flags! & 64) !== 0;

async function practise(): Promise<{ question: Message; answer: () => Promise<InteractionState> }> {
  const question = shown(await learner.slash('quiz', { kind: 'choice' }));
  return { question, answer: () => learner.press(question, button(question, 'pick:')) };
}

/** Answers the daily, for the message with the button that shows it to everybody. */
async function answerDaily(): Promise<Message> {
  const daily = shown(await learner.slash('daily'));
  const form = await learner.press(daily, button(daily, 'type:'));
  return shown(await learner.submitModal(form, { answer: '1, 2, 3' }));
}

/** Holds the database until "thinking…" is on the learner's screen; resolves with what came of the act in the end. */
async function slowly(message: Message, customId: string): Promise<InteractionState> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const held = world.epoch.db.transaction().execute(() => released);
  const { id } = await world.driver.interact({
    as: learner.userId,
    channelId: learner.channelId,
    kind: 'component',
    messageId: message.id,
    customId,
    wait: 'acknowledged',
  });
  const replied = world.driver.nextEvent(
    'interaction',
    ({ interaction }) => interaction.id === id && interaction.status === 'replied',
  );
  release();
  await held;
  await replied;
  return world.driver.interaction(id);
}

describe('a database that is slow', () => {
  test('shows the verdict where it was thinking', async () => {
    const { question } = await practise();
    const verdict = shown(await slowly(question, button(question, 'pick:')));
    expect(textOf(verdict)).toContain('讲解');
    expect(isPrivate(verdict)).toBe(true);
    expect(world.complaints).toEqual([]);
  });

  test('shares with everybody what was asked for in private', async () => {
    const verdict = await answerDaily();
    const before = await learner.messages();
    // Sharing only reads, which waits for nobody; the first visit of a day is noted, and waits.
    await world.epoch.db.updateTable('learner').set({ last_seen_at: '2026-11-23T04:00:00.000Z' }).execute();
    await slowly(verdict, button(verdict, 'share:'));
    const shared = await world.driver.waitForMessage(learner.channelId, learner.userId, (message) =>
      textOf(message).includes('林晓 答了'),
    );
    expect(isPrivate(shared)).toBe(false);
    // Nothing is left of the private "thinking…".
    expect((await learner.messages()).length).toBe(before.length + 1);
    expect(world.complaints).toEqual([]);
  });
});

const lose = () => world.driver.addFault({ kind: 'lost-reply', times: 1, route: 'POST /interactions/*' });

describe('a callback whose reply was lost', () => {
  test('shows the verdict once, and is no failure', async () => {
    const { answer } = await practise();
    await lose();
    expect(textOf(shown(await answer()))).toContain('讲解');
    await learner.slash('help');
    expect(world.complaints).toEqual([]);
  });

  test('leaves a form open that can be sent', async () => {
    const question = shown(await learner.slash('daily'));
    await lose();
    const form = await learner.press(question, button(question, 'type:'));
    expect(textOf(shown(await learner.submitModal(form, { answer: '1, 2, 3' })))).toContain('讲解');
    expect(world.complaints.map(({ message }) => message)).toEqual(['acknowledged twice']);
  });
});

const refuse = (on: 0 | 1) => sql.raw(`PRAGMA query_only = ${on}`).execute(world.epoch.db);

describe('a database that takes no writes', () => {
  test('tells the learner to try again, in their language, and shows no verdict', async () => {
    const { question, answer } = await practise();
    await refuse(1);
    expect(textOf(shown(await answer()))).toMatch(/^现在存不了数据，.*没有保存。.*编号 \d+ 告诉管理员。$/);
    await refuse(0);
    await learner.slash('me', { language: 'en-US' });
    await refuse(1);
    const again = await learner.press(question, button(question, 'pick:'));
    expect(textOf(shown(again))).toMatch(
      /^Nothing can be saved right now, .* was not saved\. .* the id \d+\.$/,
    );
    await refuse(0);
    const attempts = await world.epoch.db.selectFrom('attempt').selectAll().execute();
    expect(attempts).toEqual([]);
    // The trouble is logged by whoever watches the database, not once for each answer.
    expect(world.complaints).toEqual([]);
  });

  test('posts no daily, and posts it once when it can', async () => {
    const reader = learner.in(await dailyChannel());
    const posts = async () => (await reader.messages()).filter((message) => !isPrivate(message)).length;
    const before = await posts();
    await refuse(1);
    await world.pass(24 * HOUR);
    expect(await posts()).toBe(before);
    await refuse(0);
    await world.bot.tick();
    expect(await posts()).toBe(before + 1);
    expect(world.complaints).toEqual([]);
  });
});

test('a server that joins meanwhile is noted when it can be', async () => {
  await refuse(1);
  const [guild] = await world.driver.addGuilds({ name: '新来的', locale: 'zh-CN' });
  const noted = () =>
    world.epoch.db.selectFrom('server').select('name').where('guild_id', '=', guild!.id).execute();
  await world.bot.tick();
  expect(await noted()).toEqual([]);
  await refuse(0);
  await world.bot.tick();
  expect(await noted()).toEqual([{ name: '新来的' }]);
});

async function dailyChannel(): Promise<string> {
  const { channels } = await world.driver.guild('炼丹学习社');
  return channels.find(({ name }) => name === '每日一题')!.id;
}
