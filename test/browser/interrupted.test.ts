/**
 * What interrupts a run from outside: the browser's GPU process is killed, the page is frozen, or left and come back to.
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
}
const bar = (page: Page): Promise<Bar> =>
  page.evaluate(() => {
    const { phase, step } = document.querySelector('lab-run-bar') as unknown as Bar;
    return { phase, step };
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

/** A run that will not end by itself. */
async function training(): Promise<Page> {
  const page = await browser.open('#/sandbox', { expected: /GPU|WebGPU|adapter|404/i });
  await untilPhase(page, 'ready');
  const steps = page.getByLabel('steps', { exact: true });
  await steps.fill('2000000');
  await steps.press('Enter');
  await page.getByText('136 GFLOP in all').waitFor();
  await untilPhase(page, 'ready');
  await page.locator('lab-run-bar').getByRole('button', { name: 'Run', exact: true }).click();
  await goesOn(page, 50);
  return page;
}

async function killGPU(page: Page): Promise<void> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess' as never);
}

test('a page that was left and come back to goes on where it was', async () => {
  const page = await training();
  await page.evaluate(() => {
    Object.assign(window, { same: true });
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
  });
  const { step } = await bar(page);
  await page.goto(new URL('manifest.webmanifest', page.url()).href);
  await page.waitForTimeout(1000);
  await page.goBack({ waitUntil: 'commit' });
  // The driver finds its way into the page only after a moment.
  const isSame = (): Promise<boolean> =>
    page.evaluate(() => 'same' in window && 'persisted' in window).catch(() => false);
  await expect.poll(isSame, PATIENCE).toBe(true);
  await goesOn(page, step);
  await page.locator('lab-run-bar').getByRole('button', { name: 'Pause' }).click();
  await untilPhase(page, 'paused');
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
