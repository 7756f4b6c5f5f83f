/** Scaling laws: the largest model is trained only when the learner has said what it will reach. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { button, FAST, untilPhase, useLessons, verdict } from '../support/lesson-page.ts';

const { open } = useLessons();
const LESSON = 'lesson/scaling-laws';

const states = (page: Page): Promise<string[]> =>
  page.evaluate(() => document.querySelector('lab-plan-bar')!.entries.map(({ state }) => state));
const SEVEN = Array.from({ length: 7 }, () => 'done');

/** The seven are trained, and the eighth waits. */
async function waiting(page: Page): Promise<void> {
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await page.getByText('What loss will the eighth model reach?').first().waitFor();
  await untilPhase(page, 'paused');
  expect(await states(page)).toEqual([...SEVEN, 'waiting']);
}

test('the eighth model waits for the prediction, by keyboard too; then it is locked', async () => {
  const page = await open(LESSON, FAST);
  await waiting(page);
  expect(await violations(page)).toEqual([]);
  // The button that would go on asks instead.
  await button(page, 'Go on').click();
  const handle = page.getByRole('slider', { name: /Your prediction/ });
  await handle.waitFor();
  await page.waitForFunction(
    () => document.querySelector('lab-chart')!.shadowRoot!.activeElement?.getAttribute('role') === 'slider',
  );
  await page.keyboard.press('ArrowDown');
  expect(await states(page)).toEqual([...SEVEN, 'waiting']);
  await button(page, 'That is my prediction: train it').press('Enter');
  await untilPhase(page, 'finished');
  expect(await states(page)).toEqual([...SEVEN, 'done']);
  expect(await verdict(page).locator('.against').innerText()).toMatch(
    /^You predicted .+; your run gave 0\.\d+\.$/,
  );
  await page.getByText('Locked: the model').waitFor();
  expect(await button(page, 'Change it').count()).toBe(0);
  await button(page, 'Reset').click();
  await untilPhase(page, 'ready');
  await button(page, 'Change it').waitFor();
});

test('a number commits as well, and who has committed before is not asked', async () => {
  const page = await open(LESSON, FAST);
  await waiting(page);
  const field = page.getByLabel('Or as a number');
  await field.fill('0.55');
  await field.press('Enter');
  await untilPhase(page, 'finished');
  await page.reload();
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  expect(await states(page)).toEqual([...SEVEN, 'done']);
});

test('a prediction that is taken back on the way stops the run before the eighth', async () => {
  const page = await open(LESSON, { tickMs: 20, stepsPerTick: 200 });
  await untilPhase(page, 'ready');
  const field = page.getByLabel('Or as a number');
  await field.fill('0.55');
  await field.press('Enter');
  await button(page, 'Run').click();
  await page.waitForFunction(() => document.querySelector('lab-plan-bar')!.entries[1]!.state === 'running');
  await button(page, 'Take it back').click();
  await page.getByText('What loss will the eighth model reach?').first().waitFor();
  expect(await states(page)).toEqual([...SEVEN, 'waiting']);
});

test('the recorded run keeps its answer to itself until then', async () => {
  const page = await open(LESSON, {
    recorded: 'shipped',
    refuse: { name: 'NoGPUError', message: 'no WebGPU' },
  });
  const roles = (): Promise<string[]> =>
    page.evaluate(() => document.querySelector('lab-chart')!.series.map(({ label }) => label));
  await page.getByText('is shown when you have set your own line').waitFor();
  expect(await roles()).not.toContain('held-out model');
  expect(await verdict(page).innerText()).not.toContain('0.581');
  await page.getByLabel('Or as a number').fill('0.6');
  await page.getByLabel('Or as a number').press('Enter');
  await page.getByText('You predicted 0.6; the recorded run gave 0.581.').waitFor();
  expect(await roles()).toContain('held-out model');
});
