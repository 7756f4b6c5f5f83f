/**
 * The main thread's longest task, in pages that are busy. These tests run when no others do: what compiles beside a page
 * takes caches and clock from it, and so CPU time.
 */
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { SCRIPT, useEmbed } from '../support/embed.ts';
import { longestTasks } from '../support/main-thread.ts';

const FLAGS = ['--enable-unsafe-webgpu'];
const browser = useBrowser(FLAGS);
const embed = useEmbed(FLAGS);

const LONGEST_MS = 50;
const PATIENCE = { timeout: 90_000 };

test('two charts of eight curves that grow to 5,000 points each', async () => {
  const page = await browser.open('test/support/components.html');
  await page.waitForSelector('html[data-ready]');
  await page.evaluate(() => {
    for (const label of ['Loss', 'Accuracy']) {
      const element = document.createElement('lab-chart');
      element.label = label;
      element.axes = [{ id: 'steps', label: 'steps', convert: (step) => step }];
      document.querySelector('main')!.append(element);
    }
  });
  const tasks = await longestTasks(page, () =>
    page.evaluate(async () => {
      const charts = [...document.querySelectorAll('lab-chart')];
      const most = 5000;
      // As the worker would have sent them.
      const steps = Float64Array.from({ length: most }, (_, i) => i);
      const losses = Array.from({ length: 8 }, (_, curve) =>
        steps.map((step) => 4 / (1 + step / (100 * (curve + 1))) + 0.02 * Math.sin(step * (curve + 1))),
      );
      for (let points = 200; points <= most; points += 120) {
        const x = steps.subarray(0, points);
        for (const element of charts) {
          element.series = Array.from({ length: 8 }, (_, curve) => ({
            id: `run ${curve}`,
            label: `run ${curve}`,
            x,
            y: losses[curve]!.subarray(0, points),
            color: 'c1',
            dash: [],
          }));
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }),
  );
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll('lab-chart')].map(({ series }) => series.map(({ y }) => y.length)),
  );
  expect(shown).toEqual([Array(8).fill(5000), Array(8).fill(5000)]);
  expect(tasks.length).toBeGreaterThan(50);
  expect(tasks[0]).toBeLessThan(LONGEST_MS);
});

test('scrolling past ten figures', async () => {
  const figures = ['emergence-in-time', 'mirage', 'scaling-laws', 'learning', 'the-bill'].map(
    (lesson) => `<scaling-lab lesson="${lesson}"></scaling-lab><p style="height: 400px">Text.</p>`,
  );
  const page = await embed.open(`${SCRIPT}${figures.join('')}${figures.join('')}`);
  await page.getByText('Recorded run:').first().waitFor();
  const tasks = await longestTasks(page, async () => {
    for (let i = 0; i < 20; i++) {
      await page.mouse.wheel(0, 500);
      await page.waitForTimeout(60);
    }
  });
  expect(await page.getByText('Recorded run:').count()).toBe(10);
  expect(tasks.length).toBeGreaterThan(20);
  expect(tasks[0]).toBeLessThan(LONGEST_MS);
});

test('an experiment that trains', async () => {
  // On graphics, where a step takes longer than by plain loops: it must not end while it is looked at.
  const page = await browser.open('?device=gpu#/shape');
  const reached = (least: number): Promise<unknown> =>
    page.waitForFunction((n) => document.querySelector('lab-run-bar')!.step >= n, least, PATIENCE);
  await page.waitForFunction(
    () => document.querySelector('lab-run-bar')?.phase === 'ready',
    undefined,
    PATIENCE,
  );
  // Longer than what is looked at.
  await page.getByLabel('steps', { exact: true }).fill('8');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await reached(20);
  const tasks = await longestTasks(page, () => page.waitForTimeout(4000));
  expect(await page.evaluate(() => document.querySelector('lab-run-bar')!.phase)).toBe('running');
  expect(tasks.length).toBeGreaterThan(50);
  expect(tasks[0]).toBeLessThan(LONGEST_MS);
});
