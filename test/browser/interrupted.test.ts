/**
 * What interrupts a run from outside: the browser's GPU process is killed, the page is frozen, hidden, or left and come
 * back to, the computer sleeps, the clock is set.
 * On the engine itself.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';

// The driver turns off that pages are kept for the way back.
const browser = useBrowser(['--enable-unsafe-webgpu'], ['--disable-back-forward-cache']);
const PATIENCE = { timeout: 60_000 };

interface Bar {
  phase: string;
  step: number;
  steps: number;
}
const bar = (page: Page): Promise<Bar> =>
  page.evaluate(() => {
    const { phase, step, steps } = document.querySelector('lab-run-bar') as unknown as Bar;
    return { phase, step, steps };
  });

async function untilPhase(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.querySelector('lab-run-bar') as Partial<Bar> | null)?.phase === wanted,
    wanted,
    PATIENCE,
  );
}

const goesOn = (page: Page, from: number): Promise<void> =>
  expect.poll(async () => (await bar(page)).step, PATIENCE).toBeGreaterThan(from);

/** A run that will not end by itself. @param clock of the page is the test's, and goes on by itself as well */
async function training({ clock = false } = {}): Promise<Page> {
  const page = await browser.open('#/sandbox', { expected: /GPU|WebGPU|adapter|404/i });
  await untilPhase(page, 'ready');
  const steps = page.getByLabel('steps', { exact: true });
  await steps.fill('2000000');
  await steps.press('Enter');
  await page.waitForFunction(
    (steps) => (document.querySelector('lab-run-bar') as Partial<Bar> | null)?.steps === steps,
    2_000_000,
  );
  await untilPhase(page, 'ready');
  if (clock) await page.clock.install();
  await page.locator('lab-run-bar').getByRole('button', { name: 'Run', exact: true }).click();
  await goesOn(page, 50);
  return page;
}

async function killGPU(page: Page): Promise<void> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess' as never);
}

/** Leaves a page that trains, and comes back. @returns whether the browser had kept it, which it need not, and why not */
async function leftAndBack(page: Page): Promise<{ kept: boolean; reasons: unknown }> {
  await page.evaluate(() => Object.assign(window, { same: true }));
  await page.goto(new URL('manifest.webmanifest', page.url()).href);
  await page.waitForTimeout(1000);
  await page.goBack({ waitUntil: 'commit' });
  const look = (): Promise<{ kept: boolean; reasons: unknown }> =>
    page.evaluate(() => {
      const [visit] = performance.getEntriesByType('navigation') as { notRestoredReasons?: unknown }[];
      return { kept: 'same' in window, reasons: visit?.notRestoredReasons };
    });
  // The driver finds its way into the page only after a moment.
  await expect.poll(() => look().catch(() => undefined), PATIENCE).toBeDefined();
  return look();
}

test('a page that was left and come back to goes on where it was', async () => {
  const refusals: unknown[] = [];
  while (refusals.length < 3) {
    const page = await training();
    const { step } = await bar(page);
    const { kept, reasons } = await leftAndBack(page);
    if (kept) {
      await goesOn(page, step);
      await page.locator('lab-run-bar').getByRole('button', { name: 'Pause' }).click();
      await untilPhase(page, 'paused');
      return;
    }
    refusals.push(reasons);
    await page.context().close();
  }
  expect(refusals, 'why the browser kept the page none of three times').toEqual([]);
});

test('a frozen tab shows on waking what was trained meanwhile, and obeys', async () => {
  const page = await training();
  const session = await page.context().newCDPSession(page);
  const { step } = await bar(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await goesOn(page, step + 100);
  await page.locator('lab-run-bar').getByRole('button', { name: 'Pause' }).click();
  await untilPhase(page, 'paused');
});

/** Trained on without a word, and obeys. */
async function goesOnQuietly(page: Page): Promise<void> {
  const { step } = await bar(page);
  await goesOn(page, step);
  expect(await page.getByText('No answer').count()).toBe(0);
  expect(await page.locator('[role="alert"]').count()).toBe(0);
  await page.locator('lab-run-bar').getByRole('button', { name: 'Pause' }).click();
  await untilPhase(page, 'paused');
  const steps = await page.evaluate(() => {
    const { x } = document.querySelector('lab-chart')!.series.find(({ id }) => id === 'training')!;
    return Array.from(x).every((step, i) => i === 0 || step > x[i - 1]!);
  });
  expect(steps).toBe(true);
}

test('a tab that is hidden for minutes, whose timers tick on, takes the worker for alive and shows all afterwards', async () => {
  const page = await training({ clock: true });
  const look = (hidden: boolean): Promise<void> =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
      const visibilityState = hidden ? 'hidden' : 'visible';
      Object.defineProperty(document, 'visibilityState', { get: () => visibilityState, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await look(true);
  // Five minutes of ticks without a moment in which the worker could be heard.
  await page.clock.runFor('05:00');
  expect(await page.getByText('No answer').count()).toBe(0);
  await look(false);
  await goesOnQuietly(page);
});

test.each<[string, (page: Page) => Promise<void>]>([
  ['a computer that slept for an hour', (page) => page.clock.fastForward('01:00:00')],
  ['a clock that is set back by years', (page) => page.clock.setSystemTime(new Date('2001-02-03'))],
  ['a clock that is set forward by years', (page) => page.clock.setSystemTime(new Date('2099-02-03'))],
])('%s takes nobody for dead', async (_, happens) => {
  const page = await training({ clock: true });
  await happens(page);
  await goesOnQuietly(page);
});

// The last one here: the browser remembers it.
test('the GPU process is killed: the run goes on by itself', async () => {
  const page = await training();
  const { step } = await bar(page);
  await killGPU(page);
  await goesOn(page, step + 100);
  // Once more, a browser may give none; then the page says so, and nothing of before is lost.
  const before = (await bar(page)).step;
  await killGPU(page);
  const words = page.locator('.notice', { hasText: /GPU was lost/ });
  await expect
    .poll(async () => (await bar(page)).step > before + 100 || (await words.isVisible()), PATIENCE)
    .toBe(true);
  const now = await bar(page);
  expect(now.step).toBeGreaterThan(0);
  if (now.phase === 'running') return;
  expect(now.phase).toBe('failed');
  expect(await words.innerText()).toMatch(/kept/);
});
