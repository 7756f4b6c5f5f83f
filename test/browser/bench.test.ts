/** The benchmark in a browser: peers are loaded, agree, are timed, and the result can be taken along. */
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 100_000 };

test('times this engine beside both peers, and copies the result', async () => {
  const page = await browser.open('#/bench', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.waitForSelector('bench-page h1');
  for (const name of ['mlp', 'tiny-mlp-64', 'matmul-512'])
    await page.getByLabel(name, { exact: true }).uncheck();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Done', { exact: true }).first().waitFor(PATIENCE);

  const rows = await page
    .locator('bench-page tbody tr')
    .evaluateAll((lines) => lines.map((line) => Array.from(line.children, (cell) => cell.textContent)));
  expect(rows.map(([workload, engine]) => `${workload} ${engine}`)).toEqual([
    'tiny-mlp scaling-lab',
    'tiny-mlp floor',
    'matmul-256 scaling-lab',
    'matmul-256 jax-js',
    'matmul-256 tfjs',
    'matmul-256 floor',
  ]);
  for (const [, , ms] of rows) expect(Number(ms)).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Copy result' }).click();
  await page.getByText('Copied', { exact: true }).first().waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^Scaling Lab benchmark, .*, \d{4}-\d\d-\d\d\n/);
  for (const [workload, engine, ms] of rows) expect(text).toContain(`| ${workload} | ${engine} | ${ms} |`);
});

test('stops at once, and says what failed', async () => {
  const page = await browser.open('#/bench');
  await page.waitForSelector('bench-page h1');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped', { exact: true }).first().waitFor();
  expect(await page.locator('bench-page table').count()).toBe(0);

  // A library that cannot be loaded costs its rows, no more.
  await page.route(/assets\/jax-/, (route) => route.abort());
  for (const name of ['mlp', 'tiny-mlp', 'tiny-mlp-64', 'matmul-512', 'tfjs'])
    await page.getByLabel(name, { exact: true }).uncheck();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Done', { exact: true }).first().waitFor(PATIENCE);
  expect(await page.locator('bench-page .notice').textContent()).toMatch(/^jax-js failed: /);
  expect(await page.locator('bench-page tbody tr').count()).toBe(2);
});
