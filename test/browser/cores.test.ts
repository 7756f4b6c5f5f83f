/** Lessons on the processor in a real browser: one core and several come to the same. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser(['--disable-features=WebGPU', '--disable-gpu', '--disable-software-rasterizer']);
const PATIENCE = { timeout: 120_000 };

const untilPhase = (page: Page, wanted: string): Promise<unknown> =>
  page.waitForFunction((phase) => document.querySelector('lab-plan-bar')?.phase === phase, wanted, PATIENCE);

/** The lesson in short, on so many cores as the settings say. */
async function open(cores: string): Promise<Page> {
  const page = await browser.open('');
  await page.evaluate((cores) => {
    localStorage.setItem('scaling-lab settings', JSON.stringify({ cores, device: 'cpu', language: 'en' }));
  }, cores);
  await page.goto(new URL('#/lesson/learning', page.url()).href);
  await page.reload();
  await untilPhase(page, 'ready');
  await page
    .locator('[data-try]')
    .first()
    .evaluate((word: HTMLElement) => {
      word.dataset.try = JSON.stringify({ steps: 300 });
      word.click();
    });
  await page.waitForFunction(() => document.querySelector('lab-changes') !== null);
  await untilPhase(page, 'ready');
  return page;
}

/** Presses the first button of the bar: run, pause, go on. */
const run = (page: Page): Promise<void> =>
  page.locator('lab-plan-bar').getByRole('button').first().click(PATIENCE);

/** All that the charts hold. */
const curves = (page: Page): Promise<string> =>
  page.evaluate(() =>
    JSON.stringify(
      [...document.querySelectorAll('lab-chart')].map(({ series }) =>
        series.map(({ x, y }) => [Array.from(x), Array.from(y)]),
      ),
    ),
  );

/** Workers that workers have started are targets of theirs. */
async function nested(page: Page): Promise<number> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'worker' }] });
  await session.detach();
  return targetInfos.length;
}

test('several cores draw what one draws, pause at a step, and end with the lesson', async () => {
  const one = await open('one');
  await run(one);
  await untilPhase(one, 'finished');
  expect(await nested(one)).toBe(1);
  const expected = await curves(one);
  await one.context().close();

  const page = await open('many');
  await run(page);
  await page.waitForFunction(() => document.querySelector('lab-plan-bar')!.progress !== undefined, PATIENCE);
  expect(await nested(page)).toBeGreaterThan(1);
  await run(page);
  await untilPhase(page, 'paused');
  await run(page);
  await untilPhase(page, 'finished');
  expect(await curves(page)).toBe(expected);

  await page.evaluate(() => (location.hash = '#/'));
  await expect.poll(() => nested(page), PATIENCE).toBeLessThanOrEqual(1);
});

test.each([
  ['en', 'Processor cores', 'To spare the battery'],
  ['zh-CN', '处理器核心', '为了省电'],
])('a hidden tab rests on battery and says so; the setting is there (%s)', async (locale, label, words) => {
  const page = await browser.open('#/lesson/learning', {
    locale,
    before: () => {
      const battery = Object.assign(new EventTarget(), { charging: false });
      Object.assign(navigator, { getBattery: () => Promise.resolve(battery) });
      const hidden = { now: false };
      Object.defineProperty(document, 'hidden', { get: () => hidden.now });
      Object.assign(window, {
        hide: (now: boolean) => {
          hidden.now = now;
          document.dispatchEvent(new Event('visibilitychange'));
        },
      });
    },
  });
  await untilPhase(page, 'ready');
  await page.getByLabel(label).waitFor();
  const hide = (now: boolean): Promise<void> =>
    page.evaluate((now) => (window as unknown as { hide: (now: boolean) => void }).hide(now), now);
  await page.locator('lab-plan-bar').getByRole('button').first().click();
  await page.waitForFunction(() => document.querySelector('lab-plan-bar')!.progress !== undefined, PATIENCE);
  await hide(true);
  await untilPhase(page, 'paused');
  await hide(false);
  await untilPhase(page, 'running');
  expect(await page.getByTestId('run-notices').innerText()).toContain(words);
  expect(await violations(page)).toEqual([]);
});
