import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { recall } from '../../src/quiz/ask.ts';
import { HOUR, startWorld, type World } from '../e2e/epoch.ts';
import { smallBank } from '../quiz/world.ts';
import { accessibilityFaults, closeBrowser, openPage } from './browser.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ bank: await smallBank() });
});
afterAll(async () => {
  await closeBrowser();
  await world.close();
});

/** What the key of the newest question put to anybody is, as a person types it. */
async function newestKey(): Promise<string> {
  const ask = await world.epoch.db
    .selectFrom('ask')
    .selectAll()
    .orderBy('asked_at', 'desc')
    .executeTakeFirstOrThrow();
  const recalled = await recall(world.epoch, ask.id, ask.user_id);
  if (!('asked' in recalled)) throw new Error(recalled.status);
  const { spec } = recalled.asked.variant;
  if (spec.kind === 'numeric') return spec.value.toFixed(4);
  if (spec.kind === 'vector') return spec.value.map((value) => value.toFixed(4)).join(', ');
  throw new Error(`${spec.kind} is not typed`);
}

/** Types a command and its options as somebody who knows them; the menu has to follow. */
async function type(page: Page, command: string): Promise<void> {
  await page.locator('#composer').focus();
  await page.keyboard.type(`/${command}`);
  await page.getByRole('option', { selected: true }).waitFor();
  await page.keyboard.press('Enter');
}

describe('a first day on the page', () => {
  test('by keyboard: the daily, a mistake in typing, practice, the leaderboard, the next day', async () => {
    const { page, errors } = await openPage(world.sandbox.url, { locale: 'zh-CN' });

    await page.getByRole('button', { name: '作答', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '填写答案' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('0,58 左右');
    await page.keyboard.press('Enter');
    await page.getByText('没有读懂，这次不算作答').waitFor();

    await page.getByRole('button', { name: '填写答案' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await page.getByRole('dialog').getByRole('textbox').inputValue()).toBe('0,58 左右');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(await newestKey());
    await page.keyboard.press('Enter');
    await page.getByText('答对了').first().waitFor();
    await page.getByText('连续答题 1 天').waitFor();

    await type(page, 'quiz');
    await page.keyboard.press('Enter');
    await page.getByText('题目：').nth(1).waitFor();

    await type(page, 'leaderboard');
    await page.keyboard.press('Enter');
    await page.getByText('你排第 1 名，共 1 人').waitFor();
    await page.getByRole('img', { name: /排行榜/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    await world.pass(24 * HOUR);
    await page.getByText('答题分布').first().waitFor();
    await page.getByRole('button', { name: '补做（不计分）' }).waitFor();
    expect(await page.getByRole('button', { name: '作答', exact: true }).count()).toBe(1);
    expect([...errors, ...world.complaints]).toEqual([]);
  });

  test('by mouse, in English, on a phone', async () => {
    const { userId, channelId } = await world.driver.as(
      'Priya Nair',
      'Deep Learning Reading Group/daily-quiz',
    );
    const hash = `#as=${userId}&channel=${channelId}`;
    const { page, errors } = await openPage(world.sandbox.url, { width: 360, theme: 'light', hash });
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.getByText('Question:').first().waitFor();
    await page.getByText('Only you can see this').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
