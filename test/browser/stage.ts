/** The sandbox with the showcase bot in it, and what every test of the page does. */
import type { Client } from 'discord.js';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { OperatorState } from '../../src/sandbox/operator-api.ts';
import { login } from '../sandbox/client.ts';
import { closeBrowser, openPage, type PageOptions } from './browser.ts';
import { showEverything } from './showcase-bot.ts';

let sandbox: Sandbox;
let client: Client<true>;
let world: OperatorState;
const refusals: string[] = [];
const opened: { page: Page; errors: string[] }[] = [];

export const state = async (): Promise<OperatorState> =>
  (await (await fetch(`${sandbox.url}/operator/state`)).json()) as OperatorState;

/** Registers the hooks; to be called once in a test file. */
export const setStage = (): void => {
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    world = await state();
    client = await login(sandbox);
    await showEverything(client, refusals);
  }, 60_000);
  afterEach(async () => {
    refusals.length = 0;
    for (const { page } of opened.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await closeBrowser();
    await client.destroy();
    await sandbox.close();
  });
};

/** What the pages logged as errors, and what the bot was refused; both are to be empty at the end of a test. */
export const complaints = (): string[] => [...opened.flatMap((entry) => entry.errors), ...refusals];

export const bot = (): Client<true> => client;
export const idOf = (name: string): string => world.users.find((user) => user.name === name)!.id;
export const channelId = (name: string): string =>
  world.guilds.flatMap((guild) => guild.channels).find((channel) => channel.name === name)!.id;

/** Opens the page where it chooses to. */
export const openAnywhere = async (options: PageOptions = {}): Promise<Page> => {
  const entry = await openPage(sandbox.url, options);
  opened.push(entry);
  return entry.page;
};

/** Opens the page as a member in a channel. */
export const open = (as: string, channel: string, options: PageOptions = {}): Promise<Page> =>
  openAnywhere({ ...options, hash: `#as=${idOf(as)}&channel=${channelId(channel)}` });

export const composer = (page: Page): Locator => page.locator('#composer');
export const privateMessage = (page: Page, text: string): Locator =>
  page.locator('.message-ephemeral', { hasText: text }).last();

/** Types a command and sends it, all by keyboard. */
export const run = async (page: Page, command: string): Promise<void> => {
  await composer(page).focus();
  await page.keyboard.type(`/${command}`);
  await page.getByRole('option', { selected: true, name: `/${command}` }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.command-tail').waitFor();
  await page.keyboard.press('Enter');
};

/** Has the message with one of everything sent; the channel may hold others from before. */
export const gallery = async (page: Page): Promise<Locator> => {
  const galleries = page.locator('article[data-message]', { hasText: 'loss.csv' });
  const before = await galleries.count();
  await run(page, 'gallery');
  const sent = galleries.nth(before);
  await sent.waitFor();
  return page.locator(`[data-message="${await sent.getAttribute('data-message')}"]`);
};

export const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === element.ownerDocument.activeElement);
