/**
 * A lesson from its run to its link, and again in another profile, on the engine itself: bit for bit. The device is asked
 * for: of the processor and the browser's software adapter the faster is taken, which need not be the same one twice.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Changes } from '../../src/lessons/changes.ts';
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
    `?device=gpu#/lesson/learning?s=${await encodeLink({ ...short, prediction: {}, view: {} })}`,
    { waits: true },
  );
  await untilPhase(page, 'ready');
  await predict(page);
  await run(page);
  expect(await page.getByTestId('verdict').innerText()).toMatch(/in your run|Not enough evidence/);
  const hash = await share(page);

  const fresh = await browser.open(`?device=gpu#/${hash}`);
  await run(fresh);
  await fresh.getByText('The same bits').waitFor();
  expect(await curves(fresh)).toEqual(await curves(page));
  expect((await curves(fresh))[0]!.y.length).toBeGreaterThan(10);
});

test('kernels: what is listed after a run is what this device compiled, with the sizes of this run', async () => {
  const page = await browser.open(
    `?device=gpu#/lesson/kernels?s=${await encodeLink({ lesson: 'kernels', size: 'small', seed: 1, changes: { steps: 20 }, prediction: {}, view: {} })}`,
    { waits: true },
  );
  const listings = page.locator('lab-listings');
  const code = (): Promise<string> => listings.locator('code').evaluate((element) => element.textContent);
  await untilPhase(page, 'ready');
  await predict(page);
  await run(page);
  await listings.getByRole('button', { name: 'naive kernel' }).click();
  expect(await listings.locator('.note').innerText()).toMatch(/^[\d.]+ GFLOP\/s with (128|256) rows$/);
  expect(await code()).toMatch(/^const M = (128|256)u;/);
  await listings.getByRole('button', { name: 'attention' }).click();
  expect(await listings.locator('.note').innerText()).toMatch(/^[\d.]+ GFLOP\/s over (64|128) tokens/);
  expect(await code()).toMatch(/const T = (64|128)u;/);
});

/**
 * Small enough for a browser that computes on the CPU: the shape of the lesson stays, its claim need not. Lessons with
 * transformers or a dozen networks compile for a minute or more there: test/pages/walk.test.ts has those.
 */
const REDUCED: Changes = { steps: 40, batch: 32, 'task.facts': 512, 'task.pool': 2048 };

test.each(['loss-decides', 'compute-optimal', 'overtraining'] as const)(
  '%s: trained with a reduced plan, shared, and again from the link',
  async (lesson) => {
    const link = await encodeLink({
      lesson,
      size: 'small',
      seed: 3,
      changes: REDUCED,
      prediction: {},
      view: {},
    });
    const page = await browser.open(`?device=cpu#/lesson/${lesson}?s=${link}`, { waits: true });
    await untilPhase(page, 'ready');
    await predict(page);
    await run(page);
    expect(await page.getByTestId('verdict').innerText()).toMatch(/in your run|Not enough evidence/);
    const fresh = await browser.open(`?device=cpu#/${await share(page)}`);
    await run(fresh);
    await fresh.getByText('The same bits').waitFor();
    expect(await curves(fresh)).toEqual(await curves(page));
  },
);
