import { describe, expect, test } from 'vitest';
import {
  bot,
  channelId,
  complaints,
  composer,
  gallery,
  hasFocus,
  idOf,
  open,
  privateMessage,
  run,
  setStage,
} from './stage.ts';

setStage();

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
    expect(await hasFocus(picture)).toBe(true);
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

  test('that come of one’s own act are brought into view, however far up one was', async () => {
    const page = await open('Mia Tanaka', 'general');
    await gallery(page);
    await gallery(page);
    const log = page.getByRole('log', { name: 'general' });
    const toPresent = page.getByRole('button', { name: 'Jump to present' });
    const scrollUp = async () => {
      await log.evaluate((element: { scrollTop: number }) => {
        element.scrollTop = 0;
      });
      await toPresent.waitFor();
    };
    await scrollUp();
    await (await gallery(page)).getByRole('link', { name: 'Download loss.csv' }).waitFor();
    await toPresent.waitFor({ state: 'detached' });
    await scrollUp();
    await composer(page).fill('as I said');
    await page.keyboard.press('Enter');
    await page.locator('article', { hasText: 'as I said' }).waitFor();
    await toPresent.waitFor({ state: 'detached' });
    expect(complaints()).toEqual([]);
  });

  test('in other channels leave a mark, and a mention a number', async () => {
    const page = await open('Mia Tanaka', 'general');
    await page.getByRole('log', { name: 'general' }).waitFor();
    const channel = await bot().channels.fetch(channelId('daily-quiz'));
    if (!channel?.isSendable()) throw new Error('The bot cannot write there.');
    await channel.send({ content: `<@${idOf('Mia Tanaka')}> look`, allowedMentions: { parse: ['users'] } });
    const link = page
      .getByRole('navigation', { name: 'Channels' })
      .getByRole('button', { name: 'daily-quiz' });
    await link.locator('.badge', { hasText: '1' }).waitFor();
    await link.click();
    await page.locator('article[data-message]').last().getByText('@Mia Tanaka').waitFor();
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
    await message.getByRole('button', { name: 'I did not' }).click();
    await message.getByText('This interaction failed').waitFor();
    await message.getByRole('button', { name: 'I knew it' }).focus();
    await page.keyboard.press('Enter');
    await message.getByText('Well done.').waitFor();
    await message.getByText('(edited)').waitFor();
    expect(await message.getByText('This interaction failed').count()).toBe(0);
    expect(await hasFocus(message)).toBe(true);
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
    expect(await hasFocus(result)).toBe(true);
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
    expect(await hasFocus(answer)).toBe(true);
    expect(complaints()).toEqual([]);
  });
});
