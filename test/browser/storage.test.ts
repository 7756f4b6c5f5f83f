/**
 * What the browser's storage may do to a page that trains: be full, be held by another tab, be cleared in the middle, be
 * refused. The run goes on each time, the page says what is not kept, and it is kept once it can be.
 */
import type { CDPSession, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { encodeLink, type Shared } from '../../src/state/link.ts';
import { onOneCore, useBrowser } from '../support/browser.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 120_000 };

/** Two runs of so many steps. */
async function sweep(steps: number): Promise<string> {
  const model = {
    'model.kind': 'mlp',
    'model.hidden': [8],
    'task.name': 'shapes',
    batch: 16,
    steps,
  };
  const changes = { ...model, sweep: { axes: [[{ path: 'seed', text: '1; 2' }]] } };
  const shared: Shared = { lesson: 'sandbox', size: 'standard', seed: 3, changes, prediction: {}, view: {} };
  return `?device=cpu#/sandbox?s=${await encodeLink(shared)}`;
}

async function untilPhase(page: Page, phase: string): Promise<void> {
  await page.waitForFunction(
    (phase) => document.querySelector('lab-plan-bar')?.phase === phase,
    phase,
    PATIENCE,
  );
}

async function run(page: Page): Promise<void> {
  await untilPhase(page, 'ready');
  await page.locator('lab-plan-bar').getByRole('button', { name: 'Run', exact: true }).click();
}

/** So many steps that a run takes about twenty seconds on this machine: what takes over ten is kept in its middle. */
async function stepsToBeKept(): Promise<number> {
  const page = await browser.open(await sweep(1_000_000), { before: onOneCore });
  await run(page);
  const step = (): Promise<number> =>
    page.evaluate(() => document.querySelector('lab-plan-bar')!.progress?.step ?? 0);
  await expect.poll(step, PATIENCE).toBeGreaterThan(0);
  const [began, before] = [performance.now(), await step()];
  await page.waitForTimeout(3000);
  const perSecond = ((await step()) - before) / ((performance.now() - began) / 1000);
  await page.context().close();
  return Math.ceil(perSecond * 20);
}

/** How many records each table has. */
const kept = (page: Page): Promise<{ results: number; parts: number }> =>
  page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const database = await asked(indexedDB.open('scaling-lab'));
    const count = (table: string): Promise<number> =>
      asked(database.transaction(table).objectStore(table).count());
    const counts = { results: await count('results'), parts: await count('parts') };
    database.close();
    return counts;
  });

const origin = (): string => new URL(inject('pages')).origin;
const session = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page);

test('without room the run goes on and the page says so; with room again all is kept', async () => {
  const page = await browser.open('#/', { before: onOneCore });
  const cdp = await session(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: origin(), quotaSize: 1 });
  await page.goto(new URL(await sweep(30_000), inject('pages')).href);
  await page.reload();
  await run(page);
  await page.getByText('The browser has no room left for this page’s data.').first().waitFor(PATIENCE);
  await page.waitForFunction(
    () => document.querySelector('lab-plan-bar')!.entries.some(({ state }) => state === 'done'),
    undefined,
    PATIENCE,
  );
  expect((await kept(page)).results).toBe(0);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: origin() });
  await untilPhase(page, 'finished');
  await expect.poll(() => kept(page), PATIENCE).toEqual({ results: 2, parts: 0 });
  await page.getByText('no room left').waitFor({ state: 'detached' });
}, 300_000);

test('an older tab that holds the database keeps nobody waiting; when it is closed all is kept', async () => {
  const older = await browser.open('manifest.webmanifest', { before: onOneCore, expected: /404/ });
  await older.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // Deaf to the wish of a newer page to change the tables.
        const request = indexedDB.open('scaling-lab', 1);
        request.onsuccess = () => {
          Object.assign(window, { held: request.result });
          resolve();
        };
      }),
  );
  const page = await older.context().newPage();
  await page.goto(new URL(await sweep(30_000), inject('pages')).href);
  await run(page);
  // Requests of the page and of its worker wait in one queue, and only the first of them hears why.
  await page
    .getByText(/another tab (with an older version|of this page)/i)
    .first()
    .waitFor(PATIENCE);
  await older.close();
  await untilPhase(page, 'finished');
  await page.getByText(/another tab (with|of)/i).waitFor({ state: 'detached' });
  expect(await kept(page)).toEqual({ results: 2, parts: 0 });
}, 300_000);

test('what is cleared in the middle of a run is made again: the run ends and is kept', async () => {
  const page = await browser.open(await sweep(await stepsToBeKept()), { before: onOneCore });
  await run(page);
  await expect.poll(async () => (await kept(page)).parts, PATIENCE).toBe(1);
  const cdp = await session(page);
  await cdp.send('Storage.clearDataForOrigin', { origin: origin(), storageTypes: 'all' });
  await untilPhase(page, 'finished');
  expect(await page.locator('[role="alert"]').count()).toBe(0);
  await expect.poll(async () => (await kept(page)).results, PATIENCE).toBeGreaterThan(0);
}, 300_000);
