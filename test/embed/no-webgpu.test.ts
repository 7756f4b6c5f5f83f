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

const run = { en: 'Run it here', zh: '在这里运行' };
const figure = (lang: keyof typeof run, attributes: string): string =>
  `<main lang="${lang}"><h1>A blog</h1>${SCRIPT}<scaling-lab ${attributes}></scaling-lab></main>`;

test.each([
  ['en', /^This lesson runs on graphics only\s+It compares kernels.*The recorded run stands\. \S.*WebGPU/],
  ['zh', /^这一课只能在显卡上运行\s+它比较的是.*预存的训练仍然可看。\S.*WebGPU/],
] as const)('a lesson that compares kernels says so in the language of the page: %s', async (lang, words) => {
  const page = await embed.open(figure(lang, 'answer="shown" lesson="kernels"'));
  await page.getByRole('button', { name: run[lang] }).click();
  const notice = page.getByRole('alert');
  await notice.waitFor();
  expect(await notice.innerText()).toMatch(words);
  expect(await notice.innerText()).not.toContain('CPU device');
});

test.each([
  ['en', /^That did not work\s+Nothing can be trained here: .*The recorded run stays\. \S.*WebGPU/],
  ['zh', /^没有成功\s+这里无法训练：.*预存的训练仍然可看。\S.*WebGPU/],
] as const)(
  'where not even the processor can train it says so, and why there are no graphics: %s',
  async (lang, words) => {
    const page = await embed.open(figure(lang, 'answer="shown" lesson="learning"'), {
      expected: /Failed to load resource|net::ERR/,
      refuse: /embedded/,
    });
    await page.getByRole('button', { name: run[lang] }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'WebGPU' });
    await notice.waitFor();
    expect(await notice.innerText()).toMatch(words);
    expect(await notice.innerText()).not.toContain('Nothing to train on');
  },
);

test('where the author asks for the processor nothing is said of settings that a figure does not have', async () => {
  const page = await embed.open(figure('en', `device="cpu" spec='${tinySpec()}'`));
  await page.getByRole('button', { name: run.en }).click();
  await page.getByText(/^Training on the processor.*was asked for\.$/).waitFor();
});
