/**
 * Broken and slow networks at a first visit, and hosts in the middle of a new version: whichever script does not come,
 * the page says so, and "Try again" finds it once the server is well.
 */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { built } from '../support/built.ts';
import { useSite } from '../support/site.ts';

/** What is wrong with a server. Wrong answers say that they may be kept. */
const FAULTS = {
  '404': (response: ServerResponse) => response.writeHead(404, KEEP).end(),
  '500': (response: ServerResponse) => response.writeHead(500, KEEP).end('no'),
  'a page': (response: ServerResponse) =>
    response
      .writeHead(200, { ...KEEP, 'content-type': 'text/html' })
      .end(readFileSync(join(site.folder, 'index.html'))),
  'an end': (response: ServerResponse) => response.destroy(),
  'half of it': (response: ServerResponse) => {
    response.writeHead(200, { ...KEEP, 'content-type': 'text/javascript', 'content-length': '100000' });
    response.write('export const a = 1;');
    setTimeout(() => response.destroy(), 50);
  },
  nothing: () => undefined,
};
const KEEP = { 'cache-control': 'public, max-age=31536000, immutable' };
type Fault = keyof typeof FAULTS;

/** The faults of now, by what a path has in it. */
const faults = new Map<string, Fault>();
const asked: string[] = [];
const site = useSite((path, response) => {
  asked.push(path);
  const [, fault] = [...faults].find(([part]) => path.includes(part)) ?? [];
  if (fault) FAULTS[fault](response);
  return fault !== undefined;
});
afterEach(() => faults.clear());

const browser = useBrowser();
const LESSON = '#/lesson/learning';
const THERE = 'lesson-page h1';
const open = (hash = LESSON): Promise<Page> =>
  browser.open(site.address + hash, { expected: EXPECTED, waitUntil: 'commit' });
const EXPECTED = /Failed to load|MIME type|fetch/;
const button = (page: Page) => page.getByRole('button', { name: 'Try again' });

/** The scripts that a first visit to a lesson needs; what comes later is the lab's, not the page's. */
async function scripts(): Promise<string[]> {
  asked.length = 0;
  const page = await open();
  await page.waitForSelector('lesson-page lab-plan-bar');
  await page.context().close();
  const needed = await importedBy(...NEEDED);
  return [...new Set(asked)].filter((path) => needed.has(path.slice(1)));
}

/** What a lesson is not there without; the question of a class and the view of the inside come later, if they come. */
const NEEDED = [
  'index.html',
  'src/app/lesson/register.ts',
  ...['en.md', 'lesson.ts', 'recording.json'].map((file) => `src/lessons/learning/${file}`),
];

type Manifest = Record<string, { file: string; imports?: string[] }>;
const manifest = async (): Promise<Manifest> =>
  JSON.parse(readFileSync(join(await built('lab'), '.vite/manifest.json'), 'utf8')) as Manifest;

/** The files of the page that these need before they run. */
async function importedBy(...sources: string[]): Promise<ReadonlySet<string>> {
  const parts = await manifest();
  const files = new Set<string>();
  const follow = (source: string): void => {
    const { file, imports = [] } = parts[source]!;
    if (files.has(file)) return;
    files.add(file);
    imports.forEach(follow);
  };
  sources.forEach(follow);
  return files;
}

test('whichever script of a page does not come, the page says so, and finds it when it is there', async () => {
  const kinds: Fault[] = ['404', '500', 'a page', 'an end', 'half of it'];
  const all = await scripts();
  expect(all.length).toBeGreaterThan(8);
  for (const [i, path] of all.entries()) {
    const fault = kinds[i % kinds.length]!;
    faults.set(path, fault);
    const page = await open();
    await button(page)
      .waitFor({ timeout: 60_000 })
      .catch((error: unknown) => {
        throw new Error(`nothing is said of ${path}: ${fault}`, { cause: error });
      });
    expect(await page.locator('body').innerText(), `${path}: ${fault}`).toContain('could not be loaded');
    if (i < 2) {
      // Too early: it is said again.
      asked.length = 0;
      await button(page).click();
      await expect.poll(() => asked).toContain(path);
      await page.getByText('could not be loaded').waitFor();
    }
    faults.clear();
    await button(page).click();
    await page.waitForSelector(THERE, { timeout: 60_000 }).catch((error: unknown) => {
      throw new Error(`${path}: ${fault}`, { cause: error });
    });
    await page.context().close();
  }
});

test('a server that never answers: the page says that it takes long, and finds the script when it is there', async () => {
  const all = await scripts();
  for (const part of ['/index-', '/lesson-']) {
    faults.set(
      all.find((path) => path.includes(part))!,
      'nothing',
    );
    const page = await open();
    await button(page).waitFor();
    faults.clear();
    await button(page).click();
    await page.waitForSelector(THERE);
    await page.context().close();
  }
});

test('a page that cannot be opened leaves the way to the others open', async () => {
  const page = await open('');
  await page.waitForSelector('home-page h1');
  faults.set('/assets/register', '500');
  await page.evaluate(() => (location.hash = '#/shape'));
  await button(page).waitFor();
  await page.evaluate(() => (location.hash = '#/'));
  await page.waitForSelector('home-page h1');
  faults.clear();
  await page.evaluate(() => (location.hash = '#/shape'));
  // The browser may have kept the wrong answer, as it was told.
  await page.locator('shape-page h1').or(button(page)).waitFor();
  if (await button(page).isVisible()) await button(page).click();
  await page.waitForSelector('shape-page h1');
});

test('what a lesson can do without does not come: the lesson is whole, and trains', async () => {
  for (const source of [
    'src/app/class/lesson-parts.ts',
    'src/lessons/learning/inside.ts',
    'src/running/inside-view.ts',
  ]) {
    const { file } = (await manifest())[source]!;
    faults.set(file, '404');
    const page = await open(`?device=cpu${LESSON}`);
    await ready(page);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    expect(await page.getByRole('alert').count(), source).toBe(0);
    await page.context().close();
    faults.clear();
  }
});

/** The scripts that the worker needs until a run is open, by page. */
async function workersScripts(hash: string): Promise<string[]> {
  asked.length = 0;
  const page = await open(`?device=cpu${hash}`);
  await ready(page);
  await page.context().close();
  const pages = new Set(Object.values(await manifest()).map(({ file }) => `/${file}`));
  const later = asked.slice(asked.findIndex((path) => path.includes('worker')));
  return [...new Set(later)].filter((path) => path.includes('.worker-') || !pages.has(path));
}

/** A run can be begun, or has been. */
const ready = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () =>
      [...document.querySelectorAll('lab-plan-bar, lab-run-bar')].some((bar) =>
        ['ready', 'running', 'finished'].includes((bar as HTMLElement & { phase: string }).phase),
      ),
    undefined,
    { timeout: 90_000 },
  );

const press = (page: Page): Promise<unknown> =>
  button(page)
    .first()
    .click({ timeout: 1000 })
    .catch(() => undefined);

test('whichever script of the worker does not come, the page says so, and finds it when it is there', async () => {
  const kinds: Fault[] = ['a page', '404', 'an end', 'half of it', '500'];
  const met = new Set<string>();
  for (const hash of [LESSON, '#/sandbox']) {
    const all = (await workersScripts(hash)).filter((path) => !met.has(path));
    for (const path of all) {
      const fault = kinds[met.size % kinds.length]!;
      met.add(path);
      faults.set(path, fault);
      const page = await open(`?device=cpu${hash}`);
      const said = page.locator('[data-problem="WorkerCrash"]').first();
      const context = (error: unknown): never => {
        throw new Error(`${path}: ${fault}`, { cause: error });
      };
      await said.waitFor().catch(context);
      // Too early: it is said again.
      asked.length = 0;
      await button(page).first().click();
      await expect.poll(() => asked, { message: `${path}: ${fault}` }).toContain(path);
      await said.waitFor().catch(context);
      faults.clear();
      // What was to be opened runs at once. A press while the one before is still tried is none: one presses again.
      const pressing = setInterval(() => void press(page), 500);
      await press(page);
      await ready(page)
        .catch(context)
        .finally(() => clearInterval(pressing));
      await said.waitFor({ state: 'detached' }).catch(context);
      await page.context().close();
    }
  }
  const names = [...met].join();
  for (const name of ['worker', 'handle', 'session']) expect(names).toContain(name);
});

test('a figure’s part for the processor does not come: the figure says so, and the next press finds it when it is there', async () => {
  for (const fault of ['a page', '404'] as const) {
    faults.set('/embedded-', fault);
    const page = await browser.open(
      `${site.address}embed.html?lesson=learning&size=small&answer=shown&device=cpu`,
      {
        expected: EXPECTED,
      },
    );
    await page.getByRole('button', { name: 'Run it here' }).click();
    await page.getByRole('alert').filter({ hasText: 'Nothing can be trained here' }).waitFor();
    faults.clear();
    await page
      .locator('lab-plan-bar')
      .getByRole('button', { name: /^(Run|Restart)/ })
      .first()
      .click();
    await page.getByText(/^Training on the processor/).waitFor();
    await page.context().close();
  }
});

test('a language that does not come: the page stays as it is, says so, and the next press finds it', async () => {
  const page = await open('');
  await page.waitForSelector('home-page h1');
  faults.set('/assets/zh-', '404');
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByText('Chinese could not be loaded').waitFor();
  faults.clear();
  await page.getByRole('button', { name: '中文' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'zh-Hans');
});

test('visitors who read Chinese need not wait for a translation that hangs', async () => {
  faults.set('/assets/zh-', 'nothing');
  const page = await browser.open(site.address, { locale: 'zh-CN', waitUntil: 'commit' });
  await page.waitForSelector('home-page h1');
});
