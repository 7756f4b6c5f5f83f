/** Names stand at curves and points where there is room; then the legend does without them. Rows have theirs at the axis. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ChartSeries } from '../../src/components/index.ts';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser();

async function chart(series: readonly ChartSeries[], rows?: readonly string[]): Promise<Page> {
  const page = await browser.open('test/support/components.html');
  await page.waitForSelector('html[data-ready]');
  await page.evaluate(
    ({ series, rows }) => {
      const element = document.createElement('lab-chart');
      Object.assign(element, { label: 'Loss', series, rows, labelled: true });
      element.axes = [{ id: 'x', label: 'parameters', convert: (at) => at }];
      document.querySelector('main')!.append(element);
    },
    { series, rows },
  );
  return page;
}

const legend = (page: Page): Promise<string[]> => page.locator('lab-chart .legend li').allInnerTexts();
const line = (label: string, y: number[]): ChartSeries => ({
  id: label,
  label,
  x: [0, 1, 2, 3],
  y,
  color: 'c1',
});

test('curves that lie apart are named where they are, and read above the plot', async () => {
  const page = await chart([line('high', [9, 9, 9, 9]), line('low', [1, 1, 1, 1])]);
  await expect.poll(() => legend(page)).toEqual([]);
  await page.getByRole('slider').press('Home');
  await expect.poll(() => legend(page)).toEqual([expect.stringMatching(/0/), 'high\n9.000', 'low\n1.000']);
  expect(await violations(page)).toEqual([]);
});

test('curves that lie upon each other have a legend', async () => {
  const bundle = Array.from({ length: 9 }, (_, i) =>
    line(
      `one of many curves, number ${i}`,
      [0, 1, 2, 3].map((x) => Math.sin(9 * x + i) + i / 4),
    ),
  );
  const page = await chart(bundle.map((one) => ({ ...one, x: one.x, width: 8 })));
  await page.waitForFunction(() => document.querySelector('lab-chart')!.renderRoot.querySelector('canvas'));
  await expect.poll(async () => (await legend(page)).length).toBeGreaterThan(0);
});

test('rows have their names at the axis, from the top', async () => {
  const point = (label: string, y: number): ChartSeries => ({
    id: label,
    label,
    x: [y],
    y: [y],
    color: 'c2',
    line: false,
  });
  const page = await chart([point('a', 1), point('b', 0)], ['the first', 'the second']);
  await page.waitForFunction(() => document.querySelector('lab-chart')!.renderRoot.querySelector('canvas'));
  const [, , low, high] = await page.evaluate(() => document.querySelector('lab-chart')!.bounds);
  expect([low, high]).toEqual([-0.6, 1.6]);
});
