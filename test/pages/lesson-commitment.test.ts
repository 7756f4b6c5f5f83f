/** Scaling laws: the largest model is trained only when the learner has said what it will reach. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import recording from '../../src/lessons/scaling-laws/recording.json' with { type: 'json' };
import { violations } from '../support/browser.ts';
import { button, FAST, untilPhase, useLessons, verdict } from '../support/lesson-page.ts';

const { open } = useLessons();
const LESSON = 'lesson/scaling-laws';

const states = (page: Page): Promise<string[]> =>
  page.evaluate(() => document.querySelector('lab-plan-bar')!.entries.map(({ state }) => state));
/** All but the last are done: the seven, to several lengths. */
const isLast = (all: readonly string[], last: string): boolean =>
  all.length > 7 && all.every((state, i) => state === (i < all.length - 1 ? 'done' : last));

/** The seven are trained, and the eighth waits. */
async function waiting(page: Page): Promise<void> {
  await untilPhase(page, 'ready');
  await button(page, 'Train the others here first').click();
  await page.locator('.prompt').getByText('What loss will the eighth model reach?').waitFor();
  await untilPhase(page, 'paused');
  expect(await states(page)).toSatisfy((all: string[]) => isLast(all, 'waiting'));
}

test('the eighth model waits for the prediction, by keyboard too', async () => {
  const page = await open(LESSON, FAST, { waits: true });
  await waiting(page);
  expect(await violations(page)).toEqual([]);
  // The button that would go on asks instead.
  await button(page, 'Go on').click();
  await page.waitForFunction(
    () => document.querySelector('lab-chart')!.shadowRoot!.activeElement?.getAttribute('role') === 'slider',
  );
  await page.keyboard.press('ArrowDown');
  expect(await states(page)).toSatisfy((all: string[]) => isLast(all, 'waiting'));
  await button(page, 'That is my prediction').press('Enter');
  await untilPhase(page, 'finished');
  expect(await states(page)).toSatisfy((all: string[]) => isLast(all, 'done'));
  expect(await verdict(page).locator('.against').innerText()).toMatch(
    /^You predicted .+; your run gave 0\.\d+ nats\./,
  );
});

test('a number commits as well, and who has seen the answer is not asked', async () => {
  const page = await open(LESSON, FAST, { waits: true });
  await waiting(page);
  const field = page.getByLabel('Or as a number');
  await field.fill('0.55');
  await field.press('Enter');
  await button(page, 'That is my prediction').click();
  await untilPhase(page, 'finished');
  await page.reload();
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  expect(await states(page)).toSatisfy((all: string[]) => isLast(all, 'done'));
});

test('neither the eighth model nor the law is seen until then', async () => {
  const page = await open(
    LESSON,
    { recorded: 'shipped', refuse: { name: 'NoGPUError', message: 'no WebGPU' } },
    { waits: true },
  );
  const names = (): Promise<string[]> =>
    page.evaluate(() => document.querySelector('lab-chart')!.series.map(({ label }) => label));
  await page.waitForSelector('lab-chart');
  expect(await names()).toEqual(['fitted models', 'irreducible loss']);
  await page.getByLabel('Or as a number').fill('0.6');
  await page.getByLabel('Or as a number').press('Enter');
  await button(page, 'That is my prediction').click();
  await button(page, 'Show me').click();
  const { measured } = recording.findings.verdict.numbers;
  await page
    .getByText(`You predicted 0.6 nats; the recorded run gave ${measured.toFixed(3)} nats.`)
    .waitFor();
  // First from nearby: who was right.
  expect(await names()).toContain('the law');
  await page.locator('lab-segments[slot=first]').getByText('Loss against size').click();
  await expect.poll(names).toContain('held-out model');
});
