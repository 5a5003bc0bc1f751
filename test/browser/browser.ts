/** One Chromium for all the tests of a file, and pages in it. */
import chromium from '@sparticuz/chromium';
import axe from 'axe-core';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as driver, type Browser, type Page } from 'playwright-core';

/** Keep Chromium from calling home. */
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Fit for AWS Lambda, but tests open several pages at once, and check what a browser really allows. */
const unwanted = ['--single-process', '--disable-web-security', '--allow-running-insecure-content'];

/**
 * The Chromium of the npm package, unpacked once for each version. It is unpacked in a folder of its own and then
 * moved into place in one step, since several test files may do this at once.
 */
const unpackChromium = async (): Promise<string> => {
  const packageFile = new URL('../package.json', import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const home = join(tmpdir(), `epoch-chromium-${version}`);
  if (existsSync(home)) return join(home, 'chromium');
  const folder = mkdtempSync(`${home}-`);
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    await chromium.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
  try {
    renameSync(folder, home);
  } catch {
    // Another was faster.
    rmSync(folder, { recursive: true });
  }
  return join(home, 'chromium');
};

const launch = async (): Promise<Browser> => {
  const installed = process.env['CHROME_PATH'];
  if (installed !== undefined) return driver.launch({ executablePath: installed, args: quiet });
  if (process.platform !== 'linux')
    throw new Error(
      'The Chromium in node_modules runs on Linux only: set CHROME_PATH to an installed Chrome.',
    );
  chromium.setGraphicsMode = false;
  return driver.launch({
    executablePath: await unpackChromium(),
    args: [...chromium.args.filter((flag) => !unwanted.includes(flag)), ...quiet],
  });
};

let browser: Promise<Browser> | undefined;

export interface PageOptions {
  width?: number;
  height?: number;
  theme?: 'dark' | 'light';
  locale?: 'zh-CN' | 'en-US';
  /** `#as=USER&channel=CHANNEL`; default: what the page chooses. */
  hash?: string;
}

/** Opens an address in a profile of its own. What the page logs as an error fails the test through `errors`. */
export const openPage = async (
  url: string,
  options: PageOptions = {},
): Promise<{ page: Page; errors: string[] }> => {
  browser ??= launch();
  const { width = 1280, height = 800, theme = 'dark', locale = 'en-US', hash = '' } = options;
  const context = await (
    await browser
  ).newContext({ viewport: { width, height }, colorScheme: theme, locale, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`${url}/${hash}`);
  await page.getByRole('main').waitFor();
  return { page, errors };
};

export const closeBrowser = async (): Promise<void> => {
  await (await browser)?.close();
  browser = undefined;
};

interface Violation {
  id: string;
  help: string;
  nodes: { target: unknown; failureSummary?: string }[];
}

/** axe-core's violations on the page as it is, a line each; none when all is well. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  // Evaluated, since the page's content security policy takes no scripts from elsewhere.
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>('axe.run().then((result) => result.violations)');
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`),
  );
};

/** Where screenshots of a run go. */
export const screenshotFolder = join(tmpdir(), 'epoch-screenshots');

export const screenshot = async (page: Page, name: string): Promise<string> => {
  mkdirSync(screenshotFolder, { recursive: true });
  const path = join(screenshotFolder, `${name}.png`);
  await page.screenshot({ path });
  return path;
};
