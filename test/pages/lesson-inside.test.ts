/** The inside on a lesson's page: beside the chart, with one place between them, and not before the answer may be seen. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { useLessons } from '../support/lesson-page.ts';

const lessons = useLessons();

const open = (options = {}): Promise<Page> =>
  lessons.open('lesson/emergence-in-time', { recorded: 'shipped', ...options });
/** Where chart and picture stand. */
const places = (page: Page): Promise<{ chart: unknown; inside: unknown }> =>
  page.evaluate(() => ({
    chart: document.querySelector('lab-chart')!.at,
    inside: document.querySelector('lab-inside')!.at,
  }));

test('nothing of the inside is there while the answer waits', async () => {
  const page = await lessons.open('lesson/emergence-in-time', { recorded: 'shipped' }, { waits: true });
  await page.locator('lab-chart').waitFor();
  expect(await page.locator('lab-inside').count()).toBe(0);
});

test('chart and pictures share their place, whichever is moved', async () => {
  const page = await open();
  const slider = page.locator('lab-inside input[type=range]');
  await slider.waitFor();
  await slider.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  const here = await places(page);
  expect(here.inside).toBeGreaterThan(0);
  await expect.poll(async () => (await places(page)).chart).toBe(here.inside);
  // The other way round, by the chart's own keys.
  await page.locator('lab-chart .plot').focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await places(page)).inside).toBeLessThan(here.inside as number);
  const moved = await places(page);
  expect(moved.chart).toBe(moved.inside);
  // Whoever leaves the chart leaves the place where it is.
  await slider.focus();
  await expect.poll(() => places(page)).toEqual(moved);
});

test('play goes to the end, and stops when the reader takes over', async () => {
  const page = await open();
  const play = page.getByRole('button', { name: 'Play', exact: true });
  await play.click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  const { inside } = await places(page);
  await expect.poll(async () => (await places(page)).inside).not.toBe(inside);
  await page.locator('lab-inside input[type=range]').focus();
  await page.keyboard.press('End');
  await play.waitFor();
  await expect.poll(async () => (await places(page)).inside).toBe(1000);
});

test.each(['light', 'dark'] as const)(
  'its words are said, and nothing is wrong for those who read by ear: %s',
  async (colorScheme) => {
    const page = await open();
    await page.emulateMedia({ colorScheme });
    await page.locator('lab-inside input[type=range]').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('每个点是钟上的一个钟点').waitFor();
  },
);
