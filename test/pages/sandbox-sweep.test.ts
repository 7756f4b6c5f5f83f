/** Sweeps in the sandbox with a pretended lab: axes, the grid, the law, files. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { encodeLink, type Shared } from '../../src/state/link.ts';
import { violations } from '../support/browser.ts';
import { hold } from '../support/hold.ts';
import { button, fill, openSweep, renderAnew, untilPhase, useSandbox } from '../support/sandbox-page.ts';

const open = useSandbox();

test('a sweep: axes, estimate, a grid that fills, the law through it, files', async () => {
  const page = await open('sandbox', { stepsPerTick: 1000 });
  await openSweep(page);
  await page.getByText('12 s expected here').waitFor();
  await page.getByLabel('Values of hidden layers').fill('4; 8; 16; 32; 64');
  await renderAnew(page, 'sandbox-sweep');
  await page.getByLabel('Values of hidden layers').press('Enter');
  await page.getByText(/^5 runs,/).waitFor();
  await button(page, 'Add an axis').click();
  await page.getByText(/^20 runs,/).waitFor();
  await page.waitForFunction(() => window.lab.plans.at(-1)?.length === 20);
  await untilPhase(page, 'ready', 'lab-plan-bar');
  const grid = page.getByRole('table', { name: /hidden layers down, seed across/ });
  expect(await grid.getByRole('cell', { name: 'waiting' }).count()).toBe(20);
  await page.locator('lab-plan-bar').getByRole('button', { name: 'Run' }).click();
  await untilPhase(page, 'finished', 'lab-plan-bar');
  expect(await grid.getByRole('cell', { name: 'waiting' }).count()).toBe(0);
  await button(page, 'isoFLOP').click();
  // No valleys: that is a sentence, not a curve.
  await page
    .getByTestId('fit')
    .getByText(/No fit/)
    .waitFor();
  const downloading = page.waitForEvent('download');
  await button(page, 'Results as CSV').click();
  const csv = readFileSync(await (await downloading).path(), 'utf8');
  expect(csv.split('\n')[0]).toMatch(/^model\.hidden,replica,seed,N,N without tables,D,C,6 N D,outcome,loss/);
  expect(csv.trim().split('\n')).toHaveLength(21);
  expect(await violations(page)).toEqual([]);
});

test('a sweep that was just edited is not what was planned before: its results stay, and Run runs the new one', async () => {
  const page = await open('sandbox', { stepsPerTick: 1000 });
  await openSweep(page);
  const bar = page.locator('lab-plan-bar');
  const primary = bar.getByRole('button').first();
  const values = page.getByLabel('Values of hidden layers');
  const plan = await hold(page, 'plan');
  await values.fill('4; 8');
  await primary.click();
  await plan.answer();
  await untilPhase(page, 'finished', 'lab-plan-bar');
  await values.fill('many');
  await primary.click();
  await page.getByText('“many” is no number.').waitFor();
  await values.fill('16');
  await primary.click();
  await page.waitForFunction(() => window.lab.plans.at(-1)?.length === 1);
  await untilPhase(page, 'finished', 'lab-plan-bar');
  expect(await page.evaluate(() => window.lab.plans.map(({ length }) => length))).toEqual([4, 2, 1]);
  expect(await page.evaluate(() => window.lab.calls)).not.toContainEqual(expect.stringContaining('reset'));
});

test('a sweep is paused, skipped, stopped; a wrong axis says so at its field', async () => {
  const page = await open('sandbox', { stepsPerTick: 20, tickMs: 20 });
  await openSweep(page);
  const bar = page.locator('lab-plan-bar');
  await bar.getByRole('button', { name: 'Run' }).click();
  await untilPhase(page, 'running', 'lab-plan-bar');
  await bar.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('cell', { name: 'left out' }).first().waitFor();
  await bar.getByRole('button', { name: 'Pause' }).click();
  await untilPhase(page, 'paused', 'lab-plan-bar');
  await button(page, 'Stop').click();
  await page.waitForFunction(
    () => !document.querySelector('lab-run-grid')!.cells.some(({ state }) => state === 'waiting'),
  );
  await page.getByLabel('Values of hidden layers').fill('many');
  await page.getByLabel('Values of hidden layers').press('Enter');
  await page.getByText('“many” is no number.').waitFor();
});

test('what was wrong with a sweep is said no more once it is as it was', async () => {
  const page = await open();
  await openSweep(page);
  const refuse = async (): Promise<void> => {
    await fill(page, 'Values of hidden layers', '0');
    await page.getByText('This sweep cannot be run').waitFor();
  };
  await refuse();
  await page.locator('.sweep input[type=file]').setInputFiles({
    name: 's.json',
    mimeType: 'application/json',
    buffer: Buffer.from('[]'),
  });
  await page.getByText('The file was not loaded').waitFor();
  // What cannot be run says so again.
  await page.locator('lab-plan-bar').getByRole('button', { name: 'Run' }).click();
  await page.getByText('This sweep cannot be run').waitFor();
  await fill(page, 'Values of hidden layers', '4; 8; 16; 32');
  await page.locator('.sweep .notice').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => window.lab.plans.length)).toBe(1);
});

test('a sweep file of the command line is loaded and saved', async () => {
  const page = await open();
  await openSweep(page);
  const file = {
    spec: { task: { name: 'factsworld', facts: 64 }, model: { kind: 'mlp', activation: 'gelu' } },
    axes: [{ 'model.embedding': [4, 8], 'model.hidden': [[16], [32]] }, { seed: [1, 2, 3] }],
  };
  const input = page.locator('.sweep input[type=file]');
  await input.setInputFiles({ name: 's.json', mimeType: 'application/json', buffer: Buffer.from('[]') });
  await page.getByText('The file was not loaded').waitFor();
  await input.setInputFiles({
    name: 's.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await page.waitForFunction(() => window.lab.plans.at(-1)?.length === 6);
  const downloading = page.waitForEvent('download');
  await button(page, 'Save the sweep file').click();
  expect(JSON.parse(readFileSync(await (await downloading).path(), 'utf8'))).toMatchObject(file);
});

test.each([
  [2, '1 of 3 replicas diverged (replica 2 at step 3); numbers are of the others'],
  [undefined, '3 of 3 replicas diverged (replica 0 at step 3, replica 1 at step 3, replica 2 at step 3)'],
])(
  'replicas of a sweep that diverged are named with their step, in its bar and its grid',
  async (replica, words) => {
    const one = {
      stepsPerTick: 1000,
      divergeAt: 3,
      ...(replica !== undefined && { divergeReplica: replica }),
    };
    const spec = { 'task.name': 'shapes', 'model.kind': 'mlp', replicas: 3, steps: 60 };
    const sweep = { axes: [[{ path: 'batch', text: '8; 16; 32; 64; 128' }]] };
    const link: Shared = {
      lesson: 'sandbox',
      size: 'standard',
      seed: 3,
      changes: { ...spec, sweep },
      prediction: {},
      view: {},
    };
    const page = await open(`sandbox?s=${await encodeLink(link)}`, one);
    await untilPhase(page, 'ready', 'lab-plan-bar');
    const bar = page.locator('lab-plan-bar');
    await bar.getByRole('button', { name: 'Run' }).click();
    await untilPhase(page, 'finished', 'lab-plan-bar');
    // Three are named below the bar, the rest by their marks; the grid has them all.
    await bar.getByText(`batch 8: ${words} · batch 128: ${words} · batch 32: ${words} · …`).waitFor();
    expect(await bar.getByRole('listitem').last().innerText()).toBe(`batch 64: done · ${words}`);
    const grid = page.locator('lab-run-grid');
    expect(await grid.getByRole('listitem').allInnerTexts()).toEqual(
      [8, 16, 32, 64, 128].map((batch) => `† ${batch}: ${words}`),
    );
    expect(await grid.getByRole('cell', { name: replica === undefined ? '–' : /\d/ }).count()).toBe(5);
    expect(await violations(page)).toEqual([]);
  },
);

test('a run of one replica that diverged says at which step, in the language that is chosen', async () => {
  const page = await open('sandbox', { stepsPerTick: 1000, divergeAt: 20 });
  await openSweep(page);
  await page.getByLabel('Values of hidden layers').fill('4; 8');
  await page.getByLabel('Values of hidden layers').press('Enter');
  await page.getByText(/^2 runs,/).waitFor();
  await untilPhase(page, 'ready', 'lab-plan-bar');
  await page.locator('lab-plan-bar').getByRole('button', { name: 'Run' }).click();
  await untilPhase(page, 'finished', 'lab-plan-bar');
  const grid = page.locator('lab-run-grid');
  expect(await grid.getByRole('listitem').allInnerTexts()).toEqual([
    '† 4: diverged at step 20',
    '† 8: diverged at step 20',
  ]);
  await button(page, '中文').click();
  await grid.getByText('在第 20 步发散').first().waitFor();
  await page.locator('lab-plan-bar').getByText('在第 20 步发散').first().waitFor();
});
