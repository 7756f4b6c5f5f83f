/** A lesson from its run to its link, and again in another profile, on the engine itself: bit for bit. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { encodeLink } from '../../src/state/link.ts';
import { useBrowser } from '../support/browser.ts';
import { button } from '../support/lesson-page.ts';
import { curves, predict, share } from '../support/walk.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 90_000 };

async function untilPhase(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction(
    (phase) => document.querySelector('lab-plan-bar')?.phase === phase,
    wanted,
    PATIENCE,
  );
}

async function run(page: Page): Promise<void> {
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
}

test('learning: predicted, trained, shared, and trained again from the link', async () => {
  const short = { lesson: 'learning', size: 'small', seed: 3, changes: { steps: 150 } } as const;
  const page = await browser.open(
    `#/lesson/learning?s=${await encodeLink({ ...short, prediction: {}, view: {} })}`,
  );
  await untilPhase(page, 'ready');
  await predict(page);
  await run(page);
  expect(await page.getByTestId('verdict').innerText()).toMatch(/in your run|Not enough evidence/);
  const hash = await share(page);

  const fresh = await browser.open(`#/${hash}`);
  await run(fresh);
  await fresh.getByText('The same bits').waitFor();
  expect(await curves(fresh)).toEqual(await curves(page));
  expect((await curves(fresh))[0]!.y.length).toBeGreaterThan(10);
});
