/** Both experiments in a real browser, on the engine itself: Chromium's own software GPU where there is no other. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Lab } from '../../src/worker/protocol.ts';
import { useBrowser } from '../support/browser.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);

const PAGES = ['shape', 'language'];
const PATIENCE = { timeout: 90_000 };

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const phase = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector('lab-run-bar')!.phase);
const step = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector('lab-run-bar')!.step);

async function untilPhase(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction(
    (phase) => document.querySelector('lab-run-bar')?.phase === phase,
    wanted,
    PATIENCE,
  );
}

async function untilStep(page: Page, least: number): Promise<void> {
  await page.waitForFunction((n) => document.querySelector('lab-run-bar')!.step >= n, least, PATIENCE);
}

/** The losses on the chart, as measured: one for each step. */
const losses = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const { series } = document.querySelector('lab-chart')!;
    return Array.from(series.find(({ label }) => label.includes('training'))!.y);
  });

/** The page, ready for a run that does not end by itself: at its small sizes where the GPU is software. */
async function open(name: string): Promise<Page> {
  const page = await browser.open(`#/${name}`);
  await untilPhase(page, 'ready');
  await page.getByLabel('steps', { exact: true }).fill('8');
  await page.waitForFunction(
    () => document.querySelector('lab-run-bar')?.steps === 50_000,
    undefined,
    PATIENCE,
  );
  await untilPhase(page, 'ready');
  return page;
}

describe.each(PAGES)('the page %s', (name) => {
  test('trains: the loss falls; pause freezes it; reset repeats the same curve', async () => {
    const page = await open(name);
    await button(page, 'Run').click();
    await untilStep(page, 60);
    await button(page, 'Pause').click();
    await untilPhase(page, 'paused');
    const paused = await step(page);
    await page.waitForTimeout(500);
    expect(await step(page)).toBe(paused);

    const first = await losses(page);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(first.slice(-10))).toBeLessThan(mean(first.slice(0, 3)));

    await button(page, 'Reset').click();
    await untilPhase(page, 'ready');
    await button(page, 'Run').click();
    await untilStep(page, 30);
    await button(page, 'Pause').click();
    await untilPhase(page, 'paused');
    const again = await losses(page);
    const common = Math.min(first.length, again.length);
    expect(common).toBeGreaterThanOrEqual(30);
    expect(again.slice(0, common)).toEqual(first.slice(0, common));
  });

  test('frees the GPU when it is left', async () => {
    const page = await open(name);
    await button(page, 'Run').click();
    await untilStep(page, 3);
    const held = (): Promise<number> =>
      page.evaluate(async () => {
        const { lab } = (document.querySelector('lab-app') as unknown as { services: { lab: Lab } }).services;
        return (await lab.device()).gpuBytes;
      });
    expect(await held()).toBeGreaterThan(10_000);
    await page.evaluate(() => (location.hash = '#/'));
    await page.waitForSelector('home-page');
    await expect.poll(held, PATIENCE).toBe(0);
  });
});

test('the language shows its floor, the attention and samples', async () => {
  const page = await open('language');
  await button(page, 'Run').click();
  await untilStep(page, 5);
  await page.waitForSelector('lab-attention', PATIENCE);
  await page.waitForFunction(
    () => document.querySelector('lab-samples')?.textContent !== undefined,
    undefined,
    PATIENCE,
  );
  const lines = await page.evaluate(() =>
    document.querySelector('lab-chart')!.lines.map(({ label }) => label),
  );
  expect(lines.join(' ')).toMatch(/entropy/);
  expect(await phase(page)).toBe('running');
});
