/** The wall of a hundred lives on the first page: it asks, trains on a press, and leaves nothing behind. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser();

const open = (options = ''): Promise<Page> =>
  browser.open(`test/support/fake.html?stepsPerTick=20${options}#/`, { waits: true });
const begin = async (page: Page, guess = '40'): Promise<void> => {
  await page.locator('lives-card input').fill(guess);
  await page.getByRole('button', { name: 'Train them' }).click();
};
const lab = <T>(page: Page, look: (lab: Window['lab']) => T): Promise<T> =>
  page.evaluate(`(${String(look)})(window.lab)`);

test('nothing trains before the press; then tiles turn green, and the guess stands beside what came', async () => {
  const page = await open('&tickMs=5');
  await page.locator('lives-card').waitFor();
  expect(await lab(page, ({ calls, openRuns }) => [calls.length, openRuns])).toEqual([0, 0]);
  await begin(page);
  const end = page.locator('.lives-end');
  await end.waitFor();
  // Half of the seeds of three sizes (fake-experiment.ts).
  expect(await end.innerText()).toContain('You said 40 of 96.');
  expect(await end.innerText()).toContain('24 of 96 turned green.');
  expect(await page.locator('lab-inside .wall .right').count()).toBe(24);
  expect(await violations(page)).toEqual([]);
  // Back in time by keys.
  await page.locator('lab-inside input[type=range]').focus();
  await page.keyboard.press('Home');
  await expect.poll(() => page.locator('lab-inside .wall .right').count()).toBe(0);
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByText('96 个里有 24 个变绿').waitFor();
});

test('a slow device trains fewer seeds, and says so', async () => {
  const page = await open('&tickMs=5&estimate=180');
  await begin(page, '48');
  await page.getByText('All 16 seeds of a size would take 3 min 0 s on this device').waitFor();
  await page.locator('.lives-end').waitFor();
  expect(await page.locator('.lives-end').innerText()).toContain('That is 12 of 24.');
  const sizes = await lab(page, ({ plans }) =>
    plans.map((plan) => plan.map((item) => ('spec' in item ? item.spec.replicas : 0))),
  );
  expect(sizes).toEqual([Array(6).fill(16), Array(6).fill(4)]);
  expect(await lab(page, ({ openRuns }) => openRuns)).toBe(1);
});

test('it is paused, goes on, and leaving the page closes it', async () => {
  const page = await open('&tickMs=100&stepsPerTick=1');
  await begin(page);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page.evaluate(() => (location.hash = '#/glossary'));
  await expect.poll(() => lab(page, ({ openRuns }) => openRuns)).toBe(0);
});

test('on a phone nothing leaves the screen sideways', async () => {
  const page = await open('&tickMs=5');
  await page.setViewportSize({ width: 390, height: 844 });
  await begin(page);
  await page.locator('.lives-end').waitFor();
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBe(0);
  expect(await violations(page)).toEqual([]);
});
