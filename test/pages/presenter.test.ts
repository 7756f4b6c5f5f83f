/** In a lecture hall: the figure takes the window, and a clicker goes through a lesson step by step. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { button, FAST, untilPhase, useLessons, verdict } from '../support/lesson-page.ts';
import { draw } from '../support/walk.ts';

const { open } = useLessons();
const HALL = { waits: true, viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' } as const;

const scrolled = (page: Page): Promise<number> => page.evaluate(() => scrollY);

test('the figure is as wide as the window, and higher than half of it', async () => {
  const page = await open('lesson/learning', { ...FAST, recorded: 'shipped' }, HALL);
  await button(page, 'Projector').click();
  await button(page, 'Full screen').waitFor();
  const plot = page.getByRole('slider', { name: /^Your prediction/ });
  await plot.waitFor();
  await expect
    .poll(async () => (await page.locator('.figure.card').boundingBox())!.width)
    .toBeGreaterThan(1800);
  await expect
    .poll(async () => (await page.locator('.figure.card lab-chart').boundingBox())!.height)
    .toBeGreaterThan(500);
});

test('Page Down says the prediction, trains, and reads on; Page Up goes back, and on to the lesson before', async () => {
  const page = await open('lesson/emergence-by-size', { ...FAST, recorded: 'shipped' }, HALL);
  await button(page, 'Projector').click();
  await button(page, 'Full screen').waitFor();
  const stage = (): Promise<string | null> => page.locator('.figure.card').getAttribute('data-answer');
  // Nothing is drawn yet, so nothing can be said.
  await page.keyboard.press('PageDown');
  expect(await stage()).toBe('waiting');
  await draw(page);
  await page.keyboard.press('PageDown');
  await expect.poll(stage).toBe('predicted');
  await untilPhase(page, 'ready');
  await page.keyboard.press('PageDown');
  await untilPhase(page, 'finished');
  await verdict(page).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.press('PageDown');
  await expect.poll(() => scrolled(page)).toBeGreaterThan(0);
  const first = await scrolled(page);
  await page.keyboard.press('PageDown');
  await expect.poll(() => scrolled(page)).toBeGreaterThan(first);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.keyboard.press('PageDown');
  await expect.poll(() => page.url()).toContain('#/lesson/emergence-in-time');
  await page.locator('lesson-page h1', { hasText: 'suddenly in training' }).waitFor();
  await expect.poll(() => scrolled(page)).toBe(0);
  await page.locator('.neighbours .before').waitFor();
  await page.keyboard.press('PageUp');
  await expect.poll(() => page.url()).toContain('#/lesson/emergence-by-size');
});

test('without the projector’s look the keys are the browser’s own', async () => {
  const page = await open('lesson/learning', { ...FAST, recorded: 'shipped' }, HALL);
  await draw(page);
  await page.keyboard.press('PageDown');
  expect(await page.locator('.figure.card').getAttribute('data-answer')).toBe('waiting');
  expect(await page.locator('presenter-tools').count()).toBe(0);
});
