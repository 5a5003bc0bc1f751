import type { Client } from 'discord.js';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { OperatorState } from '../../src/sandbox/operator-api.ts';
import { login } from '../sandbox/client.ts';
import { accessibilityFaults, closeBrowser, openPage, screenshot, type PageOptions } from './browser.ts';
import { showEverything, stopThinking } from './showcase-bot.ts';

let sandbox: Sandbox;
let client: Client<true>;
let world: OperatorState;
const failures: string[] = [];
const opened: { page: Page; errors: string[] }[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  world = await state();
  client = await login(sandbox);
  await showEverything(client, failures);
}, 60_000);

afterAll(async () => {
  await closeBrowser();
  await client.destroy();
  await sandbox.close();
});

afterEach(async () => {
  failures.length = 0;
  for (const { page } of opened.splice(0)) await page.context().close();
});

/** What the pages logged as errors, and what the bot was refused; both are to be empty at the end of a test. */
const complaints = (): string[] => [...opened.flatMap((entry) => entry.errors), ...failures];

const state = async (): Promise<OperatorState> =>
  (await (await fetch(`${sandbox.url}/operator/state`)).json()) as OperatorState;
const idOf = (name: string): string => world.users.find((user) => user.name === name)!.id;
const channelId = (name: string): string =>
  world.guilds.flatMap((guild) => guild.channels).find((channel) => channel.name === name)!.id;

/** Opens the page as a member in a channel. */
const open = async (as: string, channel: string, options: PageOptions = {}): Promise<Page> => {
  const hash = `#as=${idOf(as)}&channel=${channelId(channel)}`;
  const entry = await openPage(sandbox.url, { ...options, hash });
  opened.push(entry);
  return entry.page;
};

const composer = (page: Page) => page.locator('#composer');
const lastMessage = (page: Page) => page.locator('article[data-message]').last();
const privateMessage = (page: Page, text: string) =>
  page.locator('.message-ephemeral', { hasText: text }).last();

/** Types a command and sends it, all by keyboard. */
const run = async (page: Page, command: string): Promise<void> => {
  await composer(page).focus();
  await page.keyboard.type(`/${command}`);
  await page.getByRole('option', { selected: true, name: `/${command}` }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.command-tail').waitFor();
  await page.keyboard.press('Enter');
};

const gallery = async (page: Page) => {
  await run(page, 'gallery');
  const message = page.locator('article', { hasText: 'loss.csv' }).last();
  await message.waitFor();
  return message;
};

describe('opening', () => {
  test('paints within 300 ms, with less than 150 KB of script', async () => {
    const paints: number[] = [];
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
    for (let round = 0; round < 3; round++) {
      await page.reload();
      await composer(page).waitFor();
      paints.push(await page.evaluate<number>("performance.getEntriesByName('first-paint')[0].startTime"));
    }
    expect(Math.min(...paints)).toBeLessThan(300);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
    expect(complaints()).toEqual([]);
  });

  test('chooses a server in the language of the browser', async () => {
    const english = await openPage(sandbox.url, { locale: 'en-US' });
    const chinese = await openPage(sandbox.url, { locale: 'zh-CN' });
    opened.push(english, chinese);
    await english.page.getByRole('heading', { level: 1, name: 'daily-quiz' }).waitFor();
    await chinese.page.getByRole('heading', { level: 1, name: '每日一题' }).waitFor();
    expect(await chinese.page.evaluate('document.documentElement.lang')).toBe('zh-CN');
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

describe('slash commands', () => {
  test('are found, filled in, corrected and sent by keyboard alone', async () => {
    const page = await open('Lukas Weber', 'general');
    await page.keyboard.press('/');
    await page.getByRole('listbox', { name: 'Commands' }).waitFor();
    await page.keyboard.type('qz');
    await page.getByRole('option', { selected: true, name: '/quiz' }).waitFor();
    await page.keyboard.press('Tab');

    const topic = page.getByLabel('topic', { exact: true });
    await topic.waitFor();
    await page.keyboard.type('cross');
    await page.getByRole('option', { name: 'Softmax and cross-entropy', selected: true }).waitFor();
    await page.getByRole('option', { name: 'Attention' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');

    const level = page.getByLabel('level', { exact: true });
    await level.waitFor();
    await page.keyboard.type('9');
    await page.keyboard.press('Enter');
    await page.getByText('Must be at most 5.').waitFor();
    expect(await level.getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');

    await privateMessage(page, '/quiz: topic=Softmax and cross-entropy, level=3').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('composer');
    expect(complaints()).toEqual([]);
  });

  test('offer choices and members, and ask for what is required', async () => {
    const page = await open('Lukas Weber', 'general');
    await composer(page).focus();
    await page.keyboard.type('/quiz');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Attention' }).waitFor();
    await page.keyboard.type('Attention');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'kind' }).click();
    await page.getByRole('option', { name: 'A matrix' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'rival' }).click();
    await page.keyboard.type('dan');
    await page.getByRole('option', { name: 'Daniel Okafor', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await privateMessage(page, `kind=matrix, rival=${idOf('Daniel Okafor')}`).waitFor();

    await page.keyboard.type('/quiz');
    await page.keyboard.press('Enter');
    await page.getByLabel('topic', { exact: true }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('This option is required.').waitFor();
    await page.keyboard.press('Escape');
    expect(await composer(page).inputValue()).toBe('');
    expect(complaints()).toEqual([]);
  });

  test('have subcommands, and are hidden from those who may not use them', async () => {
    const owner = await open('Mia Tanaka', 'general');
    await composer(owner).focus();
    await owner.keyboard.type('/daily');
    await owner.getByRole('option', { name: '/settings daily' }).waitFor();
    await owner.keyboard.press('Enter');
    await owner.getByRole('option', { name: 'announcements' }).click();
    await owner.keyboard.press('Tab');
    await owner.getByRole('option', { name: 'True' }).waitFor();
    await owner.keyboard.press('ArrowDown');
    await owner.keyboard.press('Enter');
    await owner.keyboard.press('Enter');
    await privateMessage(owner, `channel=${channelId('announcements')}, ping=false`).waitFor();

    const member = await open('Lukas Weber', 'general');
    await composer(member).focus();
    await member.keyboard.type('/settings');
    await member.getByText('No command matches').waitFor();
    expect(complaints()).toEqual([]);
  });

  test('are shown in Chinese to those who read it, and found by either name', async () => {
    const page = await open('林晓', '闲聊');
    await composer(page).focus();
    await page.keyboard.type('/quiz');
    await page.getByRole('option', { name: '/练习', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('主题', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('/设置');
    await page.getByRole('option', { name: '/设置 每日' }).waitFor();
    expect(complaints()).toEqual([]);
  });

  test('show thinking, sending that fails, and what nobody answered', async () => {
    const page = await open('Daniel Okafor', 'general');
    await run(page, 'silent');
    await run(page, 'think');
    await page.getByText('Epoch is thinking…').waitFor();
    await stopThinking();
    await page.getByText('Done thinking.').waitFor();
    await page.getByText('The application did not respond').waitFor();
    await page
      .getByRole('article', { name: '/silent' })
      .getByRole('button', { name: 'Dismiss message' })
      .click();
    await page.getByText('The application did not respond').waitFor({ state: 'detached' });
    expect(complaints()).toEqual([]);
  });
});

describe('messages', () => {
  test('draw markdown, media and files', async () => {
    const page = await open('Mia Tanaka', 'general');
    const message = await gallery(page);
    await message.getByText('Mia Tanaka used /gallery').waitFor();
    expect(await message.locator('ol > li').count()).toBe(3);
    expect(await message.locator('ol ul > li').count()).toBe(1);
    expect(await message.locator('blockquote').count()).toBe(1);
    expect(await message.locator('pre code').textContent()).toContain('mean = x.mean(axis=0)');
    const link = message.getByRole('link', { name: 'the paper' }).first();
    expect(await link.getAttribute('href')).toBe('https://example.com/1502.03167');
    expect(await link.getAttribute('rel')).toContain('noopener');
    await message.getByRole('button', { name: 'Reveal spoiler' }).click();
    await message.getByText('subtract the mean, divide by the deviation').waitFor();
    expect(await message.getByRole('link', { name: 'Download loss.csv' }).getAttribute('href')).toMatch(
      /^\/attachments\//,
    );
    expect(await message.getByRole('button', { name: 'Closed' }).isDisabled()).toBe(true);

    const picture = message.getByRole('button', { name: 'Enlarge picture: y = gamma' });
    expect(
      await picture.locator('img').evaluate((image: { naturalWidth: number }) => image.naturalWidth),
    ).toBe(640);
    await picture.click();
    const dialog = page.getByRole('dialog', { name: 'y = gamma' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await picture.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(complaints()).toEqual([]);
  });

  test('never take a member’s text for markup', async () => {
    const page = await open('Priya Nair', 'general');
    await composer(page).fill(
      '<img src=x onerror="alert(1)"> <b>bold</b> [x](javascript:alert(1)) **strong**',
    );
    await page.keyboard.press('Enter');
    const message = page.locator('article', { hasText: '<b>bold</b>' });
    await message.waitFor();
    expect(await message.locator('img, b, a').count()).toBe(0);
    expect(await message.locator('strong').textContent()).toBe('strong');
    expect(complaints()).toEqual([]);
  });

  test('of the bot to one member are marked, dismissed, and seen by nobody else', async () => {
    const page = await open('Mia Tanaka', 'general');
    const message = await gallery(page);
    await message.getByRole('button', { name: 'Hint' }).click();
    const hint = privateMessage(page, 'You pressed hint.');
    await hint.getByText('Only you can see this').waitFor();

    await page.getByRole('button', { name: 'Act as Daniel Okafor' }).click();
    await page.getByText('You are now Daniel Okafor').waitFor();
    await page.locator('article', { hasText: 'loss.csv' }).last().waitFor();
    expect(await page.getByText('You pressed hint.').count()).toBe(0);

    await page.getByRole('button', { name: 'Act as Mia Tanaka' }).click();
    await hint.getByRole('button', { name: 'Dismiss message' }).click();
    await hint.waitFor({ state: 'detached' });
    expect(complaints()).toEqual([]);
  });

  test('in other channels leave a mark, and a mention a number', async () => {
    const page = await open('Mia Tanaka', 'general');
    await page.getByRole('log', { name: 'general' }).waitFor();
    const channel = await client.channels.fetch(channelId('daily-quiz'));
    if (!channel?.isSendable()) throw new Error('The bot cannot write there.');
    await channel.send({ content: `<@${idOf('Mia Tanaka')}> look`, allowedMentions: { parse: ['users'] } });
    const link = page
      .getByRole('navigation', { name: 'Channels' })
      .getByRole('button', { name: 'daily-quiz' });
    await link.locator('.badge', { hasText: '1' }).waitFor();
    await link.click();
    await lastMessage(page).getByText('@Mia Tanaka').waitFor();
    await link.locator('.badge').waitFor({ state: 'detached' });
    expect(complaints()).toEqual([]);
  });

  test('of the direct conversation with the bot', async () => {
    const page = await open('Lukas Weber', 'general');
    await page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: 'Epoch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Epoch' }).waitFor();
    await run(page, 'quiz').catch(() => {});
    await page.keyboard.type('x');
    await page.keyboard.press('Escape');
    await run(page, 'gallery');
    await page.locator('article', { hasText: 'loss.csv' }).last().waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe('components', () => {
  test('a select by keyboard, with one value and with several', async () => {
    const page = await open('Mia Tanaka', 'general');
    const message = await gallery(page);
    await message.getByRole('combobox', { name: 'Pick a topic' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('listbox', { name: 'Pick a topic' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await privateMessage(page, 'You chose 1.').waitFor();

    await message.getByRole('combobox', { name: 'Pick everything that is right' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('listbox', { name: 'Pick everything that is right' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('Escape');
    await privateMessage(page, 'You chose A+C.').waitFor();
    expect(complaints()).toEqual([]);
  });

  test('a member is found by name', async () => {
    const page = await open('Mia Tanaka', 'general');
    const message = await gallery(page);
    await message.getByRole('combobox', { name: 'Pick a member' }).click();
    await page.keyboard.type('pri');
    await page.getByRole('option', { name: 'Priya Nair' }).click();
    await privateMessage(page, `You chose ${idOf('Priya Nair')}.`).waitFor();
    expect(complaints()).toEqual([]);
  });

  test('a button that nobody answers fails under its message, and an update keeps the focus', async () => {
    const page = await open('Mia Tanaka', 'general');
    const message = await gallery(page);
    const id = await message.getAttribute('data-message');
    await message.getByRole('button', { name: 'I did not' }).click();
    await message.getByText('This interaction failed').waitFor();
    await message.getByRole('button', { name: 'I knew it' }).focus();
    await page.keyboard.press('Enter');
    const updated = page.locator(`[data-message="${id}"]`);
    await updated.getByText('Well done.').waitFor();
    await updated.getByText('(edited)').waitFor();
    expect(await updated.getByText('This interaction failed').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.dataset.message')).toBe(id);
    expect(complaints()).toEqual([]);
  });
});

describe('modals', () => {
  test('check what is filled in, send it by Enter, and show what comes of it', async () => {
    const page = await open('Mia Tanaka', 'general');
    await run(page, 'form');
    const dialog = page.getByRole('dialog', { name: 'Your answer' });
    await dialog.waitFor();
    const result = dialog.getByRole('textbox', { name: 'Result' });
    expect(await result.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(await dialog.getByRole('textbox', { name: 'How you got there' }).inputValue()).toBe(
      'By the running mean.',
    );
    expect(await dialog.getByRole('checkbox', { name: 'Gradient descent' }).isChecked()).toBe(true);
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await dialog.getByText('Must have at least 2 characters.').waitFor();
    await dialog.getByText('This option is required.').waitFor();
    await dialog.getByRole('radio', { name: 'Attention' }).check();
    await dialog.getByRole('checkbox', { name: 'Attention' }).check();
    await result.fill('0.58');
    await result.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await privateMessage(page, 'result 0.58; like 3; about 2+3').waitFor();
    expect(complaints()).toEqual([]);
  });

  test('close by Esc and give the focus back', async () => {
    const page = await open('Mia Tanaka', 'general');
    const message = await gallery(page);
    const answer = message.getByRole('button', { name: 'Answer', exact: true });
    await answer.click();
    const dialog = page.getByRole('dialog', { name: 'Your answer' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await answer.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
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
