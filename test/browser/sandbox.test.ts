/**
 * The sandbox on the engine itself: a tiny run, the same run from its link, and a tiny sweep that is interrupted. The
 * device is asked for: of the processor and the browser's software adapter the faster is taken, not the same one twice.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { encodeLink } from '../../src/state/link.ts';
import { useBrowser } from '../support/browser.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 90_000 };

const tiny = { 'task.name': 'shapes', 'model.kind': 'mlp', 'model.hidden': [8], batch: 16, steps: 60 };
const link = async (changes: Record<string, unknown>): Promise<string> =>
  `?device=cpu#/sandbox?s=${await encodeLink({ lesson: 'sandbox', size: 'standard', seed: 3, changes, prediction: {}, view: {} })}`;

async function untilPhase(page: Page, phase: string, bar: 'lab-run-bar' | 'lab-plan-bar'): Promise<void> {
  await page.waitForFunction(
    ([bar, phase]) => (document.querySelector(bar!) as { phase?: string } | null)?.phase === phase,
    [bar, phase],
    PATIENCE,
  );
}

/** Trains the run that is open to its end. @returns its losses */
async function run(page: Page): Promise<number[]> {
  await untilPhase(page, 'ready', 'lab-run-bar');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await untilPhase(page, 'finished', 'lab-run-bar');
  return page.evaluate(() => {
    const { series } = document.querySelector('lab-chart')!;
    return Array.from(series.find(({ id }) => id === 'training')!.y);
  });
}

test('a run is trained and kept; its link gives a fresh visitor the same curve', async () => {
  const page = await browser.open(await link(tiny));
  const losses = await run(page);
  expect(losses).toHaveLength(60);
  await page.waitForFunction(() => document.querySelector('lab-runs-table')?.rows.length === 1);
  await page.getByRole('button', { name: 'Share' }).click();
  const shared = await page.getByRole('dialog').getByLabel('Link').inputValue();

  // Another profile: nothing is there but the link.
  const other = await browser.open(`?device=cpu${shared.slice(shared.indexOf('#'))}`);
  expect(await run(other)).toEqual(losses);
  await other.getByText('The same bits').waitFor();
});

test('a sweep that was left in its middle goes on where it was, in the next visit', async () => {
  const sweep = { axes: [[{ path: 'model.hidden', text: '4; 8; 12' }]] };
  const page = await browser.open(await link({ ...tiny, steps: 20_000, sweep }));
  await untilPhase(page, 'ready', 'lab-plan-bar');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(
    () => document.querySelector('lab-run-grid')!.cells.some(({ state }) => state === 'done'),
    undefined,
    PATIENCE,
  );
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await untilPhase(page, 'paused', 'lab-plan-bar');
  const before = await page.getByRole('cell', { name: /^\d/ }).allInnerTexts();

  await page.reload();
  await page.getByTestId('resume').waitFor(PATIENCE);
  expect(await page.getByRole('cell', { name: /^\d/ }).allInnerTexts()).toEqual(before);
  await page.getByTestId('resume').getByRole('button', { name: 'Go on' }).click();
  await untilPhase(page, 'finished', 'lab-plan-bar');
  expect(await page.getByRole('cell', { name: /^\d/ }).count()).toBe(3);
  await page.getByTestId('fit').getByText('at least 5').waitFor();
}, 240_000);
