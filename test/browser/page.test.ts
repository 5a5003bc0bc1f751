import { describe, expect, test } from 'vitest';
import { complaints, open, openAnywhere, run, setStage, state } from './stage.ts';

setStage();

describe('opening', () => {
  test('takes less than 150 KB of script', async () => {
    const page = await open('Mia Tanaka', 'general');
    const scripts = await page.evaluate<string[]>(
      "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /[.](ts|js)$/.test(name))",
    );
    const sizes = await Promise.all(
      scripts.map(async (url) => {
        const { headers } = await fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } });
        return Number(headers.get('content-length'));
      }),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
    expect(complaints()).toEqual([]);
  });

  test('chooses a server in the language of the browser', async () => {
    const english = await openAnywhere({ locale: 'en-US' });
    const chinese = await openAnywhere({ locale: 'zh-CN' });
    await english.getByRole('heading', { level: 1, name: 'daily-quiz' }).waitFor();
    await chinese.getByRole('heading', { level: 1, name: '每日一题' }).waitFor();
    expect(await chinese.evaluate('document.documentElement.lang')).toBe('zh-CN');
    expect(complaints()).toEqual([]);
  });

  test('comes back to the same place after a reload', async () => {
    const page = await open('Priya Nair', 'daily-quiz');
    await page.getByRole('button', { name: 'general' }).click();
    await page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
    await page.getByRole('button', { name: 'Act as Priya Nair', pressed: true }).waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe('inspector', () => {
  test('lists requests, breaks them, and moves the clock', async () => {
    const page = await open('Mia Tanaka', 'general');
    await page.getByRole('button', { name: 'Inspector' }).click();
    await run(page, 'gallery');
    const record = page.getByRole('button', { name: /POST \/interactions\/.*callback/ }).first();
    await record.click();
    await page.getByText('components:').first().waitFor();

    await page.getByRole('tab', { name: 'Log' }).focus();
    await page.keyboard.press('ArrowRight');
    const fault = page.getByRole('switch', { name: 'Server errors' });
    await fault.click();
    await page.getByRole('switch', { name: 'Server errors', checked: true }).waitFor();
    expect((await state()).faults).toMatchObject([{ kind: 'error', status: 503 }]);
    await fault.click();
    await page.getByRole('switch', { name: 'Server errors', checked: false }).waitFor();
    expect((await state()).faults).toEqual([]);

    await page.keyboard.press('Tab');
    const before = (await state()).clock.offsetMs;
    await page.getByRole('tab', { name: 'Clock' }).click();
    await page.getByRole('button', { name: 'Next day' }).click();
    await page.getByText('1 d ahead of real time').waitFor();
    expect((await state()).clock.offsetMs - before).toBe(86_400_000);
    expect(complaints()).toEqual([]);
  });
});
