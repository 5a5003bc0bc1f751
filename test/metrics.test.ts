import { describe, expect, test } from 'vitest';
import type { Metrics } from '../src/metrics.ts';
import { startWorld } from './e2e/epoch.ts';
import { smallBank } from './quiz/world.ts';

describe('metrics', () => {
  test('the bot reports what it serves, by name and never by id', async () => {
    const seen: string[] = [];
    const metrics: Metrics = {
      interaction: (name, outcome) => void seen.push(`${name} ${outcome}`),
      daily: (outcome) => void seen.push(`daily ${outcome}`),
    };
    const world = await startWorld({ bank: await smallBank(), metrics });
    const learner = await world.driver.as('林晓', '炼丹学习社/每日一题');
    const [post] = await learner.messages();
    await learner.slash('help');
    await learner.press(post!, '作答');
    await world.close();
    expect(seen.slice(0, 4).toSorted()).toEqual(['daily due', 'daily due', 'daily posted', 'daily posted']);
    expect(seen.slice(4)).toEqual(['help served', 'daily served']);
  });
});
