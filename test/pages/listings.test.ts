/** The source of the kernels beside their speed: recorded at first, then what the learner's own run compiled. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import recording from '../../src/lessons/kernels/recording.json' with { type: 'json' };
import { violations } from '../support/browser.ts';
import { button, FAST, untilPhase, useLessons } from '../support/lesson-page.ts';

const { open } = useLessons();
const RECORDED = { ...FAST, recorded: 'shipped' } as const;

const code = (page: Page): Promise<string> =>
  page.locator('lab-listings code').evaluate((element) => element.textContent);
const kernel = (page: Page, title: string): Locator =>
  page.locator('lab-listings').getByRole('button', { name: title, exact: true });
const note = (page: Page): Promise<string> => page.locator('lab-listings .note').innerText();

test('the recorded texts stand there at once, each with what it reached', async () => {
  const page = await open('lesson/kernels', RECORDED);
  await untilPhase(page, 'ready');
  for (const { title, measured, code: text } of recording.findings.listings) {
    await kernel(page, title.en).click();
    expect(await note(page)).toBe(measured.en);
    expect(await code(page)).toBe(`${text.trimEnd()}\n`);
  }
});

test('a run puts its own texts there, and keeps the kernel that was chosen', async () => {
  const page = await open('lesson/kernels', RECORDED);
  await untilPhase(page, 'ready');
  await kernel(page, 'attention').click();
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  expect(await note(page)).toBe('60 GFLOP/s over 1024 tokens (tiled)');
  expect(await code(page)).toContain('const T = 1024u;');
  await kernel(page, 'naive kernel').click();
  expect(await note(page)).toBe('20 GFLOP/s with 2048 rows');
});

test('a text is read and copied by keyboard', async () => {
  const page = await open('lesson/kernels', RECORDED, { permissions: ['clipboard-read', 'clipboard-write'] });
  await untilPhase(page, 'ready');
  const box = page.getByRole('group', { name: 'Source: naive kernel' });
  await box.focus();
  const top = (): Promise<number> => box.evaluate((element) => element.scrollTop);
  expect(await top()).toBe(0);
  await page.keyboard.press('PageDown');
  await expect.poll(top).toBeGreaterThan(0);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('lab-listings').getByText('Copied.').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    recording.findings.listings[0]!.code,
  );
});

test.each([
  ['light', 'en-US'],
  ['dark', 'zh-CN'],
] as const)('in %s, %s: nothing that axe finds, and no wider than a phone', async (colorScheme, locale) => {
  const page = await open('lesson/kernels', RECORDED, {
    colorScheme,
    locale,
    viewport: { width: 390, height: 844 },
  });
  await untilPhase(page, 'ready');
  const title = recording.findings.listings[0]!.title[locale === 'zh-CN' ? 'zh' : 'en'];
  await kernel(page, title).click();
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
