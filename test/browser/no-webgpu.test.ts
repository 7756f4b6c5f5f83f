import { expect, test } from 'vitest';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser(['--disable-features=WebGPU', '--disable-gpu', '--disable-software-rasterizer']);

test.each(['shape', 'language'])('without WebGPU the page %s says plainly what to do', async (name) => {
  const page = await browser.open(`#/${name}`);
  await page.getByText('Nothing can be trained in this browser yet').waitFor();
  expect(await page.locator('body').innerText()).toMatch(/Chrome|Edge|Safari|Firefox|hardware acceleration/);
  expect(await violations(page)).toEqual([]);
});
