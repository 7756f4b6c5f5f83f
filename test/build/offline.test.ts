/** The built page under a path of its own: after one visit it works without its server; updates wait to be asked. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findChromium } from '../support/browser.ts';
import { buildPage } from '../support/build.ts';
import { listen, portOf, sendFile } from '../support/serve.ts';

const BASE = '/some/class/';

const outDir = mkdtempSync(join(tmpdir(), 'scaling-lab-'));
let browser: Browser;
let server: Server;
let context: BrowserContext;
let address: string;

beforeAll(async () => {
  await buildPage({ outDir });
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  });
});
afterAll(async () => {
  await browser.close();
  rmSync(outDir, { recursive: true });
});

beforeEach(async () => {
  server = createServer((request, response) => sendFile(outDir, request, response, BASE));
  await listen(server);
  address = `http://127.0.0.1:${portOf(server)}${BASE}`;
  context = await browser.newContext({ locale: 'en' });
});
afterEach(async () => {
  await context.close();
  await stop();
});

async function stop(): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}

/** A first visit, until all files are kept. */
async function visit(): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  await page.waitForSelector('h1');
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active!.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });
  return page;
}

test('after one visit every page opens without the server, in both languages', async () => {
  const page = await visit();
  await stop();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const [hash, element] of [
    ['#/lesson/kernels', 'lesson-page h1'],
    ['#/shape', 'lab-run-bar'],
    ['#/teacher', 'teacher-page h2'],
    // Its forms come from the worker.
    ['#/sandbox', 'lab-form'],
  ] as const) {
    await page.evaluate((hash) => (location.hash = hash), hash);
    await page.waitForSelector(element);
  }
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByText('一次运行').waitFor();
});

test('the manifest names the page, its icons and its colours, relative to itself', async () => {
  const manifest = JSON.parse(readFileSync(join(outDir, 'manifest.webmanifest'), 'utf8')) as {
    start_url: string;
    icons: { src: string }[];
  };
  expect(manifest).toMatchObject({ name: 'Scaling Lab', display: 'standalone', start_url: './' });
  for (const { src } of manifest.icons) expect(readFileSync(join(outDir, src)).length).toBeGreaterThan(100);
  const page = await visit();
  const session = await context.newCDPSession(page);
  const { errors } = (await session.send('Page.getAppManifest')) as { errors: unknown[] };
  expect(errors).toEqual([]);
});

test('a new version is offered and waits; nothing is reloaded before it is asked for', async () => {
  const page = await visit();
  await page.reload();
  await page.evaluate(() => Object.assign(window, { before: true }));
  appendFileSync(join(outDir, 'sw.js'), '\n// another version\n');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  const prompt = page.getByRole('complementary', { name: 'New version' });
  await prompt.waitFor();
  expect(await page.evaluate(() => 'before' in window)).toBe(true);
  await prompt.getByRole('button', { name: 'Later' }).click();
  await prompt.waitFor({ state: 'hidden' });

  const other = await context.newPage();
  await other.goto(address);
  const again = other.getByRole('complementary', { name: 'New version' });
  await other.evaluate(() => Object.assign(window, { before: true }));
  await again.getByRole('button', { name: 'Reload now' }).click();
  await other.waitForFunction(() => !('before' in window));
  await other.waitForSelector('h1');
  expect(await again.count()).toBe(0);

  // The version is there for all tabs now: one that did not ask for it is told, and can follow.
  await prompt.waitFor();
  expect(await page.evaluate(() => 'before' in window)).toBe(true);
  await prompt.getByRole('button', { name: 'Reload now' }).click();
  await page.waitForFunction(() => !('before' in window));
  await page.waitForSelector('h1');
  expect(await prompt.count()).toBe(0);
});
