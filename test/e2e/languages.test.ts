import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/discord/commands/index.ts';
import type { InteractionState, Message } from '../../src/sandbox/operator-api.ts';
import { smallBank } from '../quiz/world.ts';
import { componentsOf, textOf, type Actor } from '../sandbox/driver.ts';
import { startWorld, type World } from './epoch.ts';

let world: World;
let mia: Actor;
let lin: Actor;

beforeAll(async () => {
  world = await startWorld({ bank: await smallBank(), start: '2026-11-11T04:00:00Z' });
  const reading = await world.driver.guild('Deep Learning Reading Group');
  const alchemy = await world.driver.guild('炼丹学习社');
  mia = await world.driver.as(reading.ownerId, 'Deep Learning Reading Group/general');
  lin = await world.driver.as(alchemy.ownerId, '炼丹学习社/闲聊');
  for (const owner of [mia, lin]) {
    const question = shown(await owner.slash('quiz', { kind: 'choice' }));
    await owner.press(question, 'A');
  }
});
afterAll(() => world.close());

const shown = ({ message }: InteractionState): Message => {
  if (!message) throw new Error('nothing was shown');
  return message;
};

/** Everything a person reads in a message: texts, labels, placeholders, alt texts. */
const words = (message: Message): string =>
  [
    textOf(message),
    ...componentsOf(message).flatMap(({ label, items = [], options = [] }) => [
      label ?? '',
      ...items.map(({ description }) => description ?? ''),
      ...options.map((option) => option.label),
    ]),
  ].join('\n');

const han = /\p{Script=Han}/u;

const stories: [string, Record<string, string | number | boolean>][] = [
  ['daily', {}],
  ['quiz', { topic: 'softmax' }],
  ['review', {}],
  ['review', { mode: 'wrong' }],
  ['explain', { query: 'softmax' }],
  ['explain', { query: 'softmax/shift' }],
  ['compute', { operation: 'softmax' }],
  ['compute', { operation: 'adam', inputs: 'lr = 1' }],
  ['compute', { operation: 'softmax', inputs: 'logits = 1, 2; temperature = 1; mask = null' }],
  ['leaderboard', {}],
  ['leaderboard', { scope: 'global', period: 'all', by: 'streak' }],
  ['progress', {}],
  ['me', {}],
  ['me', { reminder: '20:00', confidence: true }],
  ['report', { question: 'softmax/shift', reason: 'typo' }],
  ['privacy show', {}],
  ['privacy delete', {}],
  ['help', {}],
  ['settings show', {}],
  ['settings check', {}],
  ['settings pause', {}],
  ['settings topics', { topic: 'softmax', levels: '1-3' }],
  ['settings season', {}],
  ['reports', {}],
];

describe('every command', () => {
  test.each(stories)('/%s %j speaks English to an English owner', async (command, options) => {
    expect(words(shown(await mia.slash(command, options)))).not.toMatch(han);
  });

  test.each(stories)('/%s %j speaks Chinese to a Chinese owner', async (command, options) => {
    expect(words(shown(await lin.slash(command, options)))).toMatch(han);
  });

  test('is in the stories above', () => {
    const told = new Set(stories.map(([command]) => command.split(' ')[0]));
    expect(commands.map(({ data }) => data.name).filter((name) => !told.has(name))).toEqual([]);
  });

  test('has a Chinese name and description, as has every option and choice', () => {
    const bare = (node: object, path: string): string[] => {
      const {
        name_localizations: names,
        options = [],
        choices = [],
      } = node as {
        name_localizations?: Record<string, string>;
        options?: { name: string }[];
        choices?: { name: string }[];
      };
      const own = names?.['zh-CN'] === undefined ? [path] : [];
      return [...own, ...[...options, ...choices].flatMap((child) => bare(child, `${path} ${child.name}`))];
    };
    expect(commands.flatMap(({ data }) => bare(data, data.name))).toEqual([]);
  });
});
