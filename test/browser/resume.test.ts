/** A tab that is closed in the middle of a run: the next visit offers to go on, and the curve is the same. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 120_000 };
/** The device is asked for: which of those that compute on the CPU is the faster may change between visits. */
const LESSON = '?device=cpu#/lesson/learning';

async function untilPhase(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction(
    (phase) => document.querySelector('lab-plan-bar')?.phase === phase,
    wanted,
    PATIENCE,
  );
}

/** The lesson with other settings than its own: those too are found again. */
async function change(page: Page): Promise<void> {
  await untilPhase(page, 'ready');
  await page
    .locator('[data-try]')
    .first()
    .evaluate((word: HTMLElement) => {
      word.dataset.try = '{"steps": 1500}';
      word.click();
    });
  await page.waitForFunction(() => document.querySelector('lab-changes') !== null);
  await untilPhase(page, 'ready');
}

const run = (page: Page): Promise<void> => page.getByRole('button', { name: 'Run', exact: true }).click();
/** All that is on the chart, recorded runs behind it included. */
const losses = (page: Page): Promise<number[]> =>
  page.evaluate(() => document.querySelector('lab-chart')?.series.flatMap(({ y }) => Array.from(y)) ?? []);

/** Whether the middle of a run is in the browser's database. */
const isKept = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const [{ name }] = (await indexedDB.databases()) as [{ name: string }];
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
    });
    const count = await new Promise<number>((resolve) => {
      const request = database.transaction('parts').objectStore('parts').count();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return count > 0;
  });

test('a closed tab loses nothing: the next one offers to go on, and ends with the same curve', async () => {
  const first = await browser.open(LESSON);
  await change(first);
  await run(first);
  await expect.poll(() => isKept(first), PATIENCE).toBe(true);
  const context = first.context();
  await first.close();

  const second = await context.newPage();
  await second.goto(first.url());
  await untilPhase(second, 'paused');
  await second.getByTestId('resume').waitFor();
  await second.waitForFunction(() => document.querySelector('lab-changes') !== null);
  await expect.poll(async () => (await losses(second)).length).toBeGreaterThan(10);
  const before = await losses(second);
  await second.getByRole('button', { name: 'Go on where it stopped' }).click();
  await untilPhase(second, 'finished');
  expect(await second.getByTestId('resume').count()).toBe(0);
  const resumed = await losses(second);
  expect(resumed.length).toBeGreaterThan(before.length);
  // What is finished is not offered again.
  await second.reload();
  await untilPhase(second, 'ready');
  expect(await second.getByTestId('resume').count()).toBe(0);
  await context.close();

  const whole = await browser.open(LESSON);
  await change(whole);
  await run(whole);
  await untilPhase(whole, 'finished');
  expect(await losses(whole)).toEqual(resumed);
}, 300_000);
