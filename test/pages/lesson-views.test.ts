/** Views: another metric, axis or power of the same results, recorded or live, without another training. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { button, calls, FAST, untilPhase, useLessons } from '../support/lesson-page.ts';

const { open } = useLessons();

const labels = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .querySelector('lab-chart')!
      .series.filter(({ thin }) => !thin)
      .map(({ label }) => label),
  );

test('mirage: slider and switch score the recorded models again, then the live ones', async () => {
  const page = await open('lesson/mirage', { ...FAST, recorded: 'shipped' });
  const slider = page.getByLabel('questions of an exam, m');
  await slider.waitFor();
  expect(await labels(page)).toEqual(['single questions', 'exams of 10, all right']);
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => labels(page)).toEqual(['single questions', 'exams of 11, all right']);
  await page.getByText('exams of 11 take').waitFor();
  await button(page, 'exams').click();
  await expect.poll(() => labels(page)).toEqual(['exams of 11, all right']);
  expect(await violations(page)).toEqual([]);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await expect.poll(() => labels(page)).toEqual(['exams of 11, all right']);
  await slider.fill('3');
  await expect.poll(() => labels(page)).toEqual(['exams of 3, all right']);
  expect((await calls(page)).filter((call) => call.startsWith('run'))).toHaveLength(1);
  // A word of the text shows what it names.
  await button(page, '10%').click();
  await expect.poll(() => labels(page)).toEqual(['single questions', 'exams of 3, all right']);
});

test('loss-decides: one axis or another', async () => {
  const page = await open('lesson/loss-decides', { recorded: 'shipped' });
  const axis = (): Promise<string> =>
    page.evaluate(() => document.querySelector('lab-chart')!.axes[0]!.label);
  await page.waitForSelector('lab-chart');
  expect(await axis()).toBe('parameters N');
  await button(page, 'loss').click();
  await expect.poll(axis).toBe('loss, nats');
  await page.getByText('By loss, a curve that never turns back explains 0.99').waitFor();
  await button(page, 'column').click();
  await expect.poll(axis).toBe('parameters N');
});

test('the-bill: power and price are the learner’s, and the text counts with them', async () => {
  const page = await open('lesson/the-bill', FAST);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  const energy = (): Promise<string> => page.locator('.value[data-value=kilowattHours]').first().innerText();
  const before = await energy();
  const watts = page.getByLabel('power of the device');
  await watts.fill('60');
  await watts.press('Enter');
  await expect.poll(energy).not.toBe(before);
  await page.getByText('At 60 W, 0.16 US dollars and').waitFor();
  await page.getByLabel('price of electricity').fill('0.4');
  await page.getByLabel('price of electricity').press('Enter');
  await page.getByText('At 60 W, 0.4 US dollars and').waitFor();
});
