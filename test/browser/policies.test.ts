/** The built site under the headers that docs/deploy.md tells hosts to send: all pages work, all that trains trains. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { type OpenOptions, useBrowser } from '../support/browser.ts';
import { tinySpec } from '../support/embed.ts';
import { headersIn, useSite } from '../support/site.ts';

const site = useSite();
const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 120_000 };

const violated: string[] = [];
afterEach(() => {
  const seen = violated.splice(0);
  expect(seen, 'what the policy has refused').toEqual([]);
});

/** Any error that the page reports fails the test, too. */
async function open(path: string, options: OpenOptions = {}): Promise<Page> {
  const page = await browser.open('about:blank', options);
  await page.context().exposeBinding('violation', (_source, what: string) => void violated.push(what));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, sample }) => {
      const { violation } = window as unknown as { violation: (what: string) => void };
      violation([effectiveDirective, blockedURI, sourceFile, sample].join(' '));
    });
  });
  await page.goto(site.address + path);
  return page;
}

/** Presses Run, and waits until the run is some steps on. */
async function trains(page: Page, bar: 'lab-run-bar' | 'lab-plan-bar'): Promise<void> {
  await page.waitForFunction(
    (bar) => (document.querySelector(bar) as { phase?: string } | null)?.phase === 'ready',
    bar,
    PATIENCE,
  );
  await page.locator(bar).getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(
    (bar) => {
      const found = document.querySelector(bar) as { step?: number; progress?: { step: number } } | null;
      return (found?.step ?? found?.progress?.step ?? 0) > 5;
    },
    bar,
    PATIENCE,
  );
}

test('the documented headers are those that the build ships, and the pages carry the same policy', () => {
  const shipped = readFileSync(`${site.folder}/_headers`, 'utf8');
  expect(readFileSync('docs/deploy.md', 'utf8')).toContain(`\`\`\`\n${shipped}\`\`\``);
  const policy = headersIn(shipped)['content-security-policy']!;
  expect(policy).not.toMatch(/unsafe/);
  for (const page of ['index.html', 'embed.html']) {
    const html = readFileSync(`${site.folder}/${page}`, 'utf8');
    expect(html.replaceAll('&#39;', "'"), page).toContain(`content="${policy}"`);
  }
});

test('a page of the first steps trains', async () => {
  await trains(await open('#/shape'), 'lab-run-bar');
});

test('a lesson trains, and its formulas and tables stand as they should', async () => {
  const page = await open('#/lesson/learning?size=small');
  await page.waitForSelector('math');
  await trains(page, 'lab-plan-bar');
});

test('the sandbox trains', async () => {
  await trains(await open('#/sandbox'), 'lab-run-bar');
});

test('the other pages open, in both languages', async () => {
  const page = await open('');
  for (const [hash, element] of [
    ['#/teacher', 'teacher-page h2'],
    ['#/bench', 'bench-page h1'],
    ['#/lesson/scaling-laws', 'lesson-page h1'],
    ['#/lesson/kernels', 'lesson-page h1'],
  ] as const) {
    await page.evaluate((hash) => (location.hash = hash), hash);
    await page.waitForSelector(element);
  }
  await page.getByRole('button', { name: '中文' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'zh-Hans');
});

test('all is kept for visits without a network', async () => {
  const page = await open('', { serviceWorkers: 'allow' });
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active!.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

test('the page for frames trains, without a margin', async () => {
  const page = await open(`embed.html?spec=${encodeURIComponent(tinySpec())}`);
  await page.getByRole('button', { name: 'Run it here' }).click();
  await page.locator('lab-plan-bar').getByText('finished').waitFor(PATIENCE);
  expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px');
});
