/** Figures where nothing can be trained. */
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { SCRIPT, useEmbed } from '../support/embed.ts';

const embed = useEmbed(['--disable-features=WebGPU', '--disable-gpu', '--disable-software-rasterizer']);

test('without WebGPU a figure says so plainly, and keeps its recording', async () => {
  const page = await embed.open(
    `<main><h1>A blog</h1>${SCRIPT}<scaling-lab lesson="mirage"></scaling-lab></main>`,
  );
  await page.getByText('Recorded run:').waitFor();
  await page.getByRole('button', { name: 'Run it here' }).click();
  const notice = page.getByRole('alert');
  await notice.waitFor();
  expect(await notice.innerText()).toMatch(/Nothing can be trained in this browser.*The recorded run stays/s);
  await page.getByText('Recorded run:').waitFor();
  expect(await page.getByRole('slider').count()).toBeGreaterThan(0); // the chart of the recording, to be read
  expect(await violations(page)).toEqual([]);
});
