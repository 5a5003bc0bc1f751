import { describe, expect, test } from 'vitest';
import { accessibilityFaults, screenshot } from './browser.ts';
import { complaints, composer, open, run, setStage } from './stage.ts';

setStage();

const looks = (['dark', 'light'] as const).flatMap((theme) =>
  [1280, 360].flatMap((width) =>
    (
      [
        ['Mia Tanaka', 'daily-quiz', 'en-US'],
        ['林晓', '每日一题', 'zh-CN'],
      ] as const
    ).map(([member, channel, locale]) => ({ theme, width, member, channel, locale })),
  ),
);

describe('looks and accessibility', () => {
  test.each(looks)(
    '$theme, $width px, $locale',
    async ({ theme, width, member, channel, locale }) => {
      const page = await open(member, channel, { theme, width, height: 780, locale });
      const faults: string[] = [];
      const look = async (name: string) => {
        await screenshot(page, `${theme}-${width}-${locale}-${name}`);
        const found = await accessibilityFaults(page);
        faults.push(...found.map((fault) => `${name}: ${fault}`));
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (overflow !== 0) faults.push(`${name}: ${String(overflow)} px too wide`);
      };
      const chinese = locale === 'zh-CN';
      await composer(page).fill('/');
      await page.getByRole('option').first().waitFor();
      await look('menu');
      await composer(page).fill('');
      await run(page, chinese ? '展示' : 'gallery');
      const message = page.locator('article', { hasText: 'loss.csv' }).last();
      await message.waitFor();
      await look('message');
      await message.getByRole('combobox').nth(1).click();
      await page.getByRole('option').first().waitFor();
      await look('select');
      await page.keyboard.press('Escape');
      await message.getByRole('button', { name: chinese ? '作答' : 'Answer', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await look('modal');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      if (width < 900) {
        await page.getByRole('button', { name: chinese ? '打开频道列表' : 'Open the channel list' }).click();
        await page.getByRole('navigation', { name: chinese ? '频道' : 'Channels' }).waitFor();
        await look('channels');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: chinese ? '成员列表' : 'Member list' }).click();
        await page.getByRole('complementary').waitFor();
        await look('members');
        await page.keyboard.press('Escape');
        await page.locator('.drawer-panel').waitFor({ state: 'detached' });
        const focused = await page.evaluate<string>('document.activeElement.textContent');
        if (!focused.includes(chinese ? '成员列表' : 'Member list'))
          faults.push(`the focus went to ${focused}`);
      }
      await page.getByRole('button', { name: chinese ? '检查器' : 'Inspector' }).click();
      for (const tab of chinese ? ['日志', '故障', '时钟'] : ['Log', 'Faults', 'Clock']) {
        await page.getByRole('tab', { name: tab }).click();
        await look(`inspector-${tab}`);
      }
      expect([...faults, ...complaints()]).toEqual([]);
    },
    60_000,
  );
});
