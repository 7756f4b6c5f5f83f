/** The built page under a path of its own: after one visit it works without its server; updates wait to be asked. */
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findChromium } from '../support/browser.ts';
import { built, BUILDING_MS } from '../support/built.ts';
import { listen, portOf, sendFile } from '../support/serve.ts';

const BASE = '/some/class/';

const outDir = mkdtempSync(join(tmpdir(), 'scaling-lab-'));
let browser: Browser | undefined;
let server: Server;
let context: BrowserContext;
let address: string;
/** what answers with a page in the place of a script */
let isMissing: (path: string) => boolean = () => false;

beforeAll(async () => {
  cpSync(await built('site'), outDir, { recursive: true });
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  });
}, BUILDING_MS);
afterAll(async () => {
  await browser?.close();
  rmSync(outDir, { recursive: true });
});

beforeEach(async () => {
  isMissing = () => false;
  server = createServer((request, response) => {
    if (isMissing(request.url!)) {
      // As some hosts do, and they let it be kept.
      response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'max-age=31536000' });
      response.end(readFileSync(join(outDir, 'index.html')));
    } else sendFile(outDir, request, response, BASE);
  });
  await listen(server);
  address = `http://127.0.0.1:${portOf(server)}${BASE}`;
  context = await browser!.newContext({ locale: 'en' });
});
afterEach(async () => {
  await context.close();
  await stop();
});

async function stop(): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}

async function open(): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(address);
  await page.waitForSelector('h1');
  return page;
}

const untilKept = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active!.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });

/** A first visit, until all files are kept. */
async function visit(): Promise<Page> {
  const page = await open();
  await untilKept(page);
  return page;
}

/** What is kept of scripts, by address: how it begins. */
const keptScripts = (page: Page): Promise<[string, string][]> =>
  page.evaluate(async () => {
    const found: [string, string][] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname } = new URL(request.url);
        if (!pathname.endsWith('.js')) continue;
        found.push([pathname, (await (await cache.match(request))!.text()).slice(0, 15)]);
      }
    }
    return found;
  });
const wrong = async (page: Page): Promise<string[]> =>
  (await keptScripts(page)).filter(([, text]) => /^<!doctype/i.test(text)).map(([path]) => path);

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
  await page.getByText('一次训练').waitFor();
});

test('figures for other pages are there without the server, too', async () => {
  const page = await visit();
  await stop();
  await page.goto(`${address}embed.html?lesson=mirage`);
  await page.getByRole('button', { name: 'Show me' }).click();
  await page.getByText('Recorded run:').waitFor();
  await page.getByRole('button', { name: 'Read the points' }).click();
  await page.waitForSelector('lab-chart');
});

test('all that was built is in the list of what is kept, but for what no page asks for', () => {
  const worker = readFileSync(join(outDir, 'sw.js'), 'utf8');
  const missing = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(outDir, name)).isFile())
    .filter((name) => !worker.includes(`url:\`${name}\``))
    // Pictures for messengers.
    .filter((name) => !name.startsWith('cards/'));
  expect(missing.map((name) => name.replace(/-[\w-]{8}\.js$/, '.js')).toSorted()).toEqual([
    '404.html',
    'THIRD-PARTY.txt',
    '_headers',
    'assets/jax.js',
    'assets/tfjs-browser.js',
    'integrity.json',
    'robots.txt',
    'sw.js',
  ]);
});

test('a host that answers with a page for what is not there yet: that is never kept, and the next visit has all', async () => {
  isMissing = (path) => /assets\/(lesson|en)-/.test(path);
  const page = await open();
  // The worker cannot get all, and is given up.
  await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration()));
  expect(await wrong(page)).toEqual([]);
  isMissing = () => false;
  await page.reload();
  await untilKept(page);
  expect(await wrong(page)).toEqual([]);
  await stop();
  await page.goto(`${address}#/lesson/learning`);
  await page.reload();
  await page.waitForSelector('lesson-page lab-prose');
});

test('a wrong answer that is kept all the same is not used, and made good', async () => {
  const page = await visit();
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      const headers = { 'content-type': 'text/html' };
      for (const request of await cache.keys())
        if (request.url.endsWith('.js'))
          await cache.put(request, new Response('<!doctype html>', { headers }));
    }
  });
  expect((await wrong(page)).length).toBeGreaterThan(50);
  await page.goto(`${address}#/lesson/learning`);
  await page.reload();
  await page.waitForSelector('lesson-page lab-prose');
  expect(await wrong(page)).not.toContain(expect.stringMatching(/index-/));
  // Without the server there is nothing better, and the page says so.
  await stop();
  await page.evaluate(() => (location.hash = '#/teacher'));
  await page.getByRole('button', { name: 'Try again' }).waitFor();
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
