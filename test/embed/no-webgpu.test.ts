/** Figures in browsers without WebGPU: they train on the processor. */
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { SCRIPT, tinySpec, useEmbed } from '../support/embed.ts';

const embed = useEmbed(['--disable-features=WebGPU', '--disable-gpu', '--disable-software-rasterizer']);

test('without WebGPU a figure trains on the processor, and says so', async () => {
  const page = await embed.open(
    `<main><h1>A blog</h1>${SCRIPT}<scaling-lab spec='${tinySpec()}'></scaling-lab></main>`,
  );
  await page.getByRole('button', { name: 'Run it here' }).click();
  await page.getByText('Finished: these curves were trained on your device.').waitFor();
  await page.getByText(/^Training on the processor.*WebGPU/).waitFor();
  expect(await violations(page)).toEqual([]);
});
