/** Predictions: drawn on the figure that has their axis, or written beside the verdict. */
import { expect, test } from 'vitest';
import { button, useLessons, verdict } from '../support/lesson-page.ts';

const { finished, open } = useLessons();

test('a prediction is drawn with pointer or keys, stays, and can be taken back', async () => {
  const page = await finished();
  await button(page, 'Draw it on the chart').click();
  const handles = page.getByRole('slider', { name: /Your prediction, point/ });
  await expect.poll(() => handles.count()).toBe(5);
  const read = (): Promise<number[]> =>
    page.evaluate(() => document.querySelector('lab-chart')!.prediction!.points.map(([, y]) => y));
  const start = await read();
  await handles.first().focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  const lifted = await read();
  expect(lifted[0]!).toBeGreaterThan(start[0]!);
  expect(lifted.slice(1)).toEqual(start.slice(1));
  const box = (await handles.nth(4).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 60, { steps: 4 });
  await page.mouse.up();
  const dragged = await read();
  expect(dragged[4]!).toBeLessThan(start[4]!);
  await button(page, 'That is my prediction').click();
  await expect.poll(() => handles.count()).toBe(0);
  await page.reload();
  await button(page, 'Change it').waitFor();
  await button(page, 'Take it back').click();
  await button(page, 'Draw it on the chart').waitFor();
  expect(await page.evaluate(() => localStorage.getItem('scaling-lab predictions'))).toBe('{}');
});

test('a plain number is drawn on no axis: it stands beside the verdict', async () => {
  const page = await open('lesson/kernels', { recorded: 'shipped' });
  await page.getByText('It lies on no axis').waitFor();
  expect(await button(page, /on the chart$/).count()).toBe(0);
  const field = page.getByLabel('Your number');
  await field.fill('4');
  await field.press('Enter');
  await page.getByText('Your prediction stands beside the verdict').waitFor();
  expect(await verdict(page).locator('.against').innerText()).toMatch(
    /^You predicted 4×; the recorded run gave \d+(\.\d+)?×\.$/,
  );
  expect(await page.evaluate(() => document.querySelector('lab-chart')!.prediction)).toBeUndefined();
  expect(await page.evaluate(() => localStorage.getItem('scaling-lab predictions'))).toContain('[[0,4]]');
  await button(page, 'Take it back').click();
  expect(await verdict(page).locator('.against').count()).toBe(0);
});

test('a prediction is drawn on the figure that has its axis, and on no other', async () => {
  const page = await open('lesson/efficiency-times-time', { recorded: 'shipped' });
  const drawn = (): Promise<[string, string | undefined]> =>
    page.evaluate(() => {
      const { yLabel, prediction } = document.querySelector('lab-chart')!;
      return [yLabel, prediction?.kind];
    });
  await page.waitForSelector('lab-chart');
  expect(await drawn()).toEqual(['loss, nats', undefined]);
  await button(page, 'Set the line on the chart').click();
  const handle = page.getByRole('slider', { name: /Your prediction/ });
  await handle.waitFor();
  expect(await drawn()).toEqual(['efficiency, Adam = 1', 'level']);
  const before = await handle.getAttribute('aria-valuenow');
  expect(Number(before)).toBeGreaterThan(0);
  expect(Number(before)).toBeLessThan(20);
  await handle.press('ArrowUp');
  await expect
    .poll(async () => Number(await handle.getAttribute('aria-valuenow')))
    .toBeGreaterThan(Number(before));
  await button(page, 'That is my prediction').click();
  await button(page, 'Data').click();
  await expect.poll(drawn).toEqual(['loss, nats', undefined]);
  expect(await verdict(page).locator('.against').innerText()).toContain('the recorded run gave 0.344');
});
