/** A lesson in a real browser, on the engine itself: Chromium's own software GPU where there is no other. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { encodeLink } from '../../src/state/link.ts';
import { useBrowser } from '../support/browser.ts';
import { draw } from '../support/walk.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 90_000 };

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

async function untilPhase(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction(
    (phase) => document.querySelector('lab-plan-bar')?.phase === phase,
    wanted,
    PATIENCE,
  );
}

/** The lesson with few steps: one of its presets is given other settings, and pressed. */
async function openShort(): Promise<Page> {
  const page = await browser.open('#/lesson/learning');
  await untilPhase(page, 'ready');
  await page
    .locator('[data-try]')
    .first()
    .evaluate((word: HTMLElement) => {
      word.dataset.try = '{"steps": 150}';
      word.click();
    });
  await page.waitForFunction(() => document.querySelector('lab-changes') !== null);
  await untilPhase(page, 'ready');
  return page;
}

const losses = (page: Page): Promise<number[]> =>
  page.evaluate(() => Array.from(document.querySelector('lab-chart')?.series[0]?.y ?? []));

test('a lesson trains its runs, draws them, and comes to a verdict from them', async () => {
  const page = await openShort();
  await button(page, 'Run').click();
  await page.waitForFunction(
    () => document.querySelector('lab-plan-bar')!.progress !== undefined,
    undefined,
    PATIENCE,
  );
  await untilPhase(page, 'finished');
  const states = await page.evaluate(() =>
    document.querySelector('lab-plan-bar')!.entries.map(({ state }) => state),
  );
  expect(states).toEqual(states.map(() => 'done'));
  const curve = await losses(page);
  expect(curve.at(-1)!).toBeLessThan(curve[0]!);
  expect(await page.getByTestId('verdict').innerText()).toMatch(/in your run|Not enough evidence/);
  expect(await page.locator('.value[data-own]').count()).toBeGreaterThan(0);

  // The same plan again is there at once: nothing is trained twice.
  await page.evaluate(() => (location.hash = '#/'));
  await page.waitForSelector('home-page');
  await page.evaluate(() => (location.hash = '#/lesson/learning'));
  await page.waitForSelector('lesson-page');
  await untilPhase(page, 'ready');
  await page
    .locator('[data-try]')
    .first()
    .evaluate((word: HTMLElement) => {
      word.dataset.try = '{"steps": 150}';
      word.click();
    });
  await untilPhase(page, 'finished');
  expect(await losses(page)).toEqual(curve);
});

test('pause holds, going on continues, reset gives the same curve', async () => {
  const page = await openShort();
  const step = (): Promise<number> =>
    page.evaluate(() => document.querySelector('lab-plan-bar')!.progress?.step ?? 0);
  await button(page, 'Run').click();
  await page.waitForFunction(
    () => (document.querySelector('lab-plan-bar')!.progress?.step ?? 0) > 10,
    undefined,
    PATIENCE,
  );
  await button(page, 'Pause').click();
  await untilPhase(page, 'paused');
  const paused = await step();
  await page.waitForTimeout(300);
  expect(await step()).toBe(paused);
  await button(page, 'Go on').click();
  await untilPhase(page, 'finished');
  const first = await losses(page);
  await button(page, 'Reset').click();
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  expect(await losses(page)).toEqual(first);
});

/**
 * Little of everything, and on the processor: a software GPU takes minutes to compile eight models, and what is held
 * back does not depend on the device.
 */
const SHORT_FACTS = { steps: 2, batch: 32, 'task.facts': 512, 'task.pool': 64 };

test('scaling-laws holds its largest model back until the learner has said what it will reach', async () => {
  const link = await encodeLink({
    lesson: 'scaling-laws',
    size: 'standard',
    seed: 1,
    changes: SHORT_FACTS,
    prediction: {},
    view: {},
  });
  const page = await browser.open(`?device=cpu#/lesson/scaling-laws?s=${link}`, { waits: true });
  await untilPhase(page, 'ready');
  const states = (): Promise<string[]> =>
    page.evaluate(() => document.querySelector('lab-plan-bar')!.entries.map(({ state }) => state));
  const others = (await states()).slice(0, -1).map(() => 'done');
  expect(others.length).toBeGreaterThanOrEqual(7);
  await button(page, 'Train the others here first').click();
  await untilPhase(page, 'paused');
  expect(await states()).toEqual([...others, 'waiting']);
  await page.locator('.prompt').waitFor();
  // What would go on asks instead: the engine is given nothing to do.
  await button(page, 'Go on').click();
  await draw(page);
  await page.waitForTimeout(500);
  expect(await states()).toEqual([...others, 'waiting']);
  await button(page, 'That is my prediction').click();
  await untilPhase(page, 'finished');
  expect(await states()).toEqual([...others, 'done']);
});
