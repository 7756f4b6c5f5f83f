/** The page where browsers have no WebGPU: it trains on the processor, and says why. */
import { expect, test } from 'vitest';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser(['--disable-features=WebGPU', '--disable-gpu', '--disable-software-rasterizer']);

test('without WebGPU the page trains on the processor, says why, and gives diagnostics', async () => {
  const page = await browser.open('#/shape', { permissions: ['clipboard-read', 'clipboard-write'] });
  const notice = page.locator('.notice[data-kind="slow"]');
  await notice.waitFor();
  const text = await notice.innerText();
  expect(text).toMatch(/Training on the processor, (about \d+ times )?slower than on a laptop’s graphics\./);
  expect(text).toMatch(/WebGPU|hardware acceleration/);
  await page.getByRole('button', { name: 'Run' }).click();
  await page
    .getByText(/^Finished|after \d+ steps|Pause/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Copy diagnostics' }).click();
  await page.locator('lab-diagnostics').getByText('nothing about you').waitFor();
  const shown = await page.evaluate(() => navigator.clipboard.readText());
  const told = JSON.parse(shown) as { device: { kind: string; tried: { kind: string; outcome: string }[] } };
  expect(told.device.kind).toBe('cpu');
  expect(told.device.tried.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    'core none',
    'compatibility none',
    'cpu chosen',
  ]);
  expect(await violations(page)).toEqual([]);
});

test.each(['en', 'zh-CN'])(
  'without graphics no kernels are compared: the recorded run stands, and the page says why (%s)',
  async (locale) => {
    const page = await browser.open('#/lesson/kernels', { locale, before: noteSlow });
    const notice = page.getByTestId('no-kernels');
    await notice.waitFor();
    const said = await notice.innerText();
    if (locale === 'en') {
      expect(said).toContain('This lesson runs on graphics only');
      expect(said).toContain('The recorded run stands.');
      expect(await page.getByTestId('verdict').locator('b').innerText()).toBe('What the recorded run says');
    } else expect(said).toContain('预存的训练仍然可看');
    expect(await page.locator('lab-plan-bar').getByRole('button').first().isDisabled()).toBe(true);
    expect(await page.evaluate(() => 'wasSlow' in window)).toBe(false);
    expect(await page.getByText('WGSL kernels, and the CPU').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  },
);

/** In the page: notes whether it ever said that the processor trains. */
function noteSlow(): void {
  new MutationObserver(() => {
    if (document.querySelector('details.slow')) Object.assign(window, { wasSlow: true });
  }).observe(document, { subtree: true, childList: true });
}

test('the first page says what it will train on', async () => {
  const page = await browser.open('');
  const device = page.locator('.device[data-state="slow"]');
  await device.waitFor();
  expect(await device.innerText()).toMatch(/lessons train on the processor/);
  await page.getByLabel('Train on').waitFor();
});
