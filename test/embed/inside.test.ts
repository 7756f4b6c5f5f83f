/** Figures with pictures of the inside: beside the curve, at the same moment, and not before the answer may be seen. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { SCRIPT, useEmbed } from '../support/embed.ts';

const embed = useEmbed();

const figure = (lesson: string, rest: string): string =>
  `<main><h1>A blog</h1><scaling-lab lesson="${lesson}" view="inside" device="cpu" ${rest}></scaling-lab></main>${SCRIPT}`;
const slider = (page: Page) => page.locator('lab-inside input[type=range]');
/** Where chart and pictures stand. */
const places = async (page: Page): Promise<{ chart: unknown; inside: unknown }> => ({
  chart: await page.locator('lab-chart').evaluate((chart) => (chart as unknown as { at: unknown }).at),
  inside: await page.locator('lab-inside').evaluate((inside) => (inside as unknown as { at: unknown }).at),
});

test('curve and pictures share their moment, whichever is moved; in both languages', async () => {
  const page = await embed.open(figure('emergence-in-time', 'answer="shown" loading="eager"'));
  await slider(page).waitFor();
  expect(page.workers()).toHaveLength(0);
  await slider(page).focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  const here = await places(page);
  expect(here.inside).toBeGreaterThan(0);
  await expect.poll(async () => (await places(page)).chart).toBe(here.inside);
  // The other way round, by the chart's own keys.
  await page.locator('lab-chart .plot').focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await places(page)).inside).toBeLessThan(here.inside as number);
  const moved = await places(page);
  expect(moved.chart).toBe(moved.inside);
  // Whoever leaves the chart leaves the moment where it is.
  await slider(page).focus();
  await expect.poll(() => places(page)).toEqual(moved);
  expect(await violations(page)).toEqual([]);
  await page.locator('scaling-lab').evaluate((element) => element.setAttribute('lang', 'zh'));
  await page.getByRole('button', { name: '播放' }).waitFor();
  await page.locator('scaling-lab').evaluate((element) => element.setAttribute('view', 'curve'));
  await slider(page).waitFor({ state: 'detached' });
});

test('while the answer waits there is nothing of it; what is trained here is shown as it comes', async () => {
  const asked: string[] = [];
  const page = await embed.open('');
  page.on('request', (request) => asked.push(request.url()));
  await page.setContent(figure('learning', 'size="small"').replaceAll('ORIGIN', embed.origin));
  await page.getByRole('button', { name: 'That is my prediction' }).waitFor();
  expect(await page.locator('lab-inside').count()).toBe(0);
  expect(asked.filter((url) => /\/(beside|pictures|inside)-/.test(url))).toEqual([]);
  await page.evaluate(() => void document.querySelector('scaling-lab')!.run());
  await page.locator('lab-inside').getByText('Your run').waitFor({ timeout: 240_000 });
});

test('pictures that do not come are named, and come when they are asked for again', async () => {
  const refuse = /\/beside-/;
  const page = await embed.open(figure('mirage', 'answer="shown" loading="eager"'), {
    refuse,
    expected: /Failed to load|ERR_FAILED/,
  });
  await page.getByRole('alert').getByText('A part of the figure could not be loaded.').waitFor();
  await page.locator('lab-chart').waitFor();
  await page.context().unroute(refuse);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('lab-inside').waitFor();
});

test('in an iframe its address asks for them', async () => {
  const page = await embed.open(
    `<iframe title="figure" width="700" height="900" src="ORIGIN/embed.html?lesson=mirage&answer=shown&view=inside"></iframe>`,
  );
  await page.frameLocator('[title=figure]').locator('lab-inside').waitFor();
});
