import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser();

/** A chart of given curves, drawn. */
async function chart(series: { x: number[]; y: number[]; label?: string }[]): Promise<Page> {
  const page = await browser.open('test/support/components.html');
  await page.waitForSelector('html[data-ready]');
  await page.evaluate((given) => {
    const element = document.createElement('lab-chart');
    element.label = 'Loss';
    element.yLabel = 'loss (nats)';
    element.series = given.map(({ x, y, label = 'training' }, i) => ({
      id: label,
      label,
      x,
      y,
      color: `c${i + 1}`,
      dash: i ? [6, 4] : [],
    }));
    element.axes = [
      { id: 'steps', label: 'steps', convert: (step) => step },
      { id: 'tokens', label: 'tokens', convert: (step) => 32 * step },
    ];
    document.querySelector('main')!.append(element);
  }, series);
  await drawn(page);
  return page;
}

/** Two frames later. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

const curves = [
  { x: [0, 10, 20, 30], y: [4, 3, 2.5, 2.25], label: 'training' },
  { x: [0, 20], y: [4.1, 2.75], label: 'held out' },
];

test('draws, says what it shows, and axe finds nothing', async () => {
  const page = await chart(curves);
  const plot = page.getByRole('slider', { name: /^Loss/ });
  expect(await plot.getAttribute('aria-valuetext')).toBe('step 30: training 2.250, held out 2.750 (step 20)');
  expect(await page.locator('lab-chart canvas').count()).toBe(1);
  expect(await violations(page)).toEqual([]);
});

test('arrow keys move from measured point to measured point', async () => {
  const page = await chart(curves);
  const plot = page.getByRole('slider');
  await plot.focus();
  const readAfter = async (key: string): Promise<string | null> => {
    await plot.press(key);
    return plot.getAttribute('aria-valuetext');
  };
  expect(await readAfter('Home')).toMatch(/^step 0: training 4.000, held out 4.100$/);
  expect(await readAfter('ArrowRight')).toMatch(/^step 10: training 3.000/);
  expect(await readAfter('End')).toMatch(/^step 30/);
  expect(await readAfter('ArrowLeft')).toBe('step 20: training 2.500, held out 2.750');
  await drawn(page);
  expect(await page.locator('lab-chart .dot').count()).toBe(2);
  // A redrawing that training causes does not take the place away.
  await page.evaluate(() => {
    const element = document.querySelector('lab-chart')!;
    element.series = [...element.series];
  });
  await drawn(page);
  expect(await plot.getAttribute('aria-valuetext')).toMatch(/^step 20/);
});

test('a place that is marked from outside is marked where it is, on a chart that is built anew for it, too', async () => {
  const page = await chart(curves);
  await page.evaluate(() => {
    const element = document.querySelector('lab-chart')!;
    element.emphasis = 'held out';
    element.read(20);
  });
  await page.locator('lab-chart .cursor').waitFor();
  const places = await page
    .locator('lab-chart .cursor, lab-chart .dot')
    .evaluateAll((marks) => marks.map((element) => parseFloat((element as HTMLElement).style.left)));
  expect(places).toHaveLength(3);
  for (const place of places) expect(place).toBeCloseTo(places[0]!, 0);
  expect(places[0]).toBeGreaterThan(50);
});

test('the pointer reads the nearest measured point, never one between', async () => {
  const page = await chart(curves);
  const box = (await page.locator('lab-chart .u-over').boundingBox())!;
  await page.mouse.move(box.x + 0.36 * box.width, box.y + 20);
  await drawn(page);
  expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/^step 10: training 3.000/);
  await page.mouse.move(0, 0);
  await drawn(page);
  expect(await page.locator('lab-chart .dot').count()).toBe(0);
});

test.each([
  ['nothing', [], []],
  ['one point', [0], [2]],
  ['equal values', [0, 1, 2], [1, 1, 1]],
  ['zeros and negatives', [0, 1, 2], [0, -1, 0]],
  ['values that are not numbers', [0, 1, 2], [1, NaN, Infinity]],
])('linear and logarithmic axes can show %s', async (_name, x, y) => {
  const page = await chart([{ x, y }]);
  for (const name of ['log x', 'log y', 'log x', 'log y']) {
    await page.getByRole('button', { name }).click();
    await drawn(page);
    expect(await page.locator('lab-chart canvas').count()).toBe(1);
  }
});

test('the table has the points, and is only made when asked for', async () => {
  const page = await chart(curves);
  expect(await page.locator('lab-chart table').count()).toBe(0);
  await page.getByText('Table of the points').click();
  await page.locator('lab-chart tbody tr').first().waitFor();
  const cells = await page.locator('lab-chart tbody tr').allInnerTexts();
  expect(cells.map((row) => row.split(/\s+/))).toEqual([
    ['0', '4.000', '4.100'],
    ['20', '2.500', '2.750'],
  ]);
  expect(await violations(page)).toEqual([]);
});

test('another axis, PNG and CSV', async () => {
  const page = await chart(curves);
  await page.getByRole('button', { name: 'tokens' }).click();
  await drawn(page);
  expect(await page.getByRole('button', { name: 'tokens' }).getAttribute('aria-pressed')).toBe('true');
  const result = await page.evaluate(async () => {
    const element = document.querySelector('lab-chart')!;
    const blob = await element.toBlob();
    return { csv: await element.toCSV(), type: blob.type, size: blob.size };
  });
  expect(result.csv.split('\n')[2]).toBe('10,320,3,');
  expect(result.type).toBe('image/png');
  expect(result.size).toBeGreaterThan(3000);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('scaling-lab Loss.csv');
});

test('redraws when the theme changes, follows its width, and may be moved', async () => {
  const page = await chart(curves);
  const picture = (): Promise<string> =>
    page.evaluate(() =>
      document.querySelector('lab-chart')!.shadowRoot!.querySelector('canvas')!.toDataURL(),
    );
  const light = await picture();
  await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
  await drawn(page);
  expect(await picture()).not.toBe(light);
  await page.setViewportSize({ width: 420, height: 800 });
  await drawn(page);
  const width = await page.locator('lab-chart canvas').evaluate((canvas) => canvas.clientWidth);
  expect(width).toBeLessThanOrEqual(420);
  await page.evaluate(() => {
    const element = document.querySelector('lab-chart')!;
    element.remove();
    document.querySelector('main')!.append(element);
  });
  await drawn(page);
  expect(await page.locator('lab-chart canvas').count()).toBe(1);
});
