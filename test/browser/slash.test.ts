import { describe, expect, test } from 'vitest';
import { stopThinking } from './showcase-bot.ts';
import { channelId, complaints, composer, idOf, open, privateMessage, run, setStage } from './stage.ts';

setStage();

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

  test('begin after a space, and take what is typed for the value of the next option', async () => {
    const page = await open('Lukas Weber', 'general');
    await composer(page).focus();
    await page.keyboard.type('/quiz ');
    await page.getByLabel('topic', { exact: true }).waitFor();
    await page.keyboard.type('softmax');
    await page.getByRole('option', { name: 'Softmax and cross-entropy', selected: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('level', { exact: true }).inputValue()).toBe('4');
    await page.keyboard.press('Enter');
    await privateMessage(page, '/quiz: topic=Softmax and cross-entropy, level=4').waitFor();
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
