import { afterAll, beforeAll, expect, test } from 'vitest';
import { learnerPace } from '../../src/discord/pace.ts';
import { smallBank } from '../quiz/world.ts';
import { textOf, type Actor } from '../sandbox/driver.ts';
import { startWorld, type World } from './epoch.ts';

const CHANNEL = '炼丹学习社/每日一题';

let world: World;
let hasty: Actor;
let calm: Actor;

beforeAll(async () => {
  world = await startWorld({ bank: await smallBank(), pace: learnerPace });
  hasty = await world.driver.as('王雨桐', CHANNEL);
  calm = await world.driver.as('林晓', CHANNEL);
});
afterAll(() => world.close());

test('a member who presses 1,000 buttons is told once to slow down, and keeps nobody waiting', async () => {
  const [post] = await hasty.messages();
  const press = {
    as: hasty.userId,
    channelId: hasty.channelId,
    kind: 'component',
    wait: 'acknowledged',
    messageId: post!.id,
    customId: /daily:[^"]+/.exec(JSON.stringify(post))![0],
  } as const;
  const pressing = world.driver.load({ inFlight: 50, requests: Array.from({ length: 1000 }, () => press) });
  const shown: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    shown.push(textOf((await calm.slash('quiz', { kind: 'choice' })).message!));
  }
  const { interactions } = await pressing;
  expect(shown.filter((text) => text.includes('题目'))).toHaveLength(5);
  expect(interactions.filter(({ status }) => status === 'failed' || status === 'sent')).toEqual([]);
  const texts = (await hasty.messages()).map(textOf);
  const told = texts.filter((text) => text.includes('操作太快了'));
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(100);
  const typed = await hasty.slash('help');
  expect(typed.status).toBe('replied');
  expect(world.complaints).toEqual([]);
});
